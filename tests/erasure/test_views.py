"""Pages of erasure: what each office sees, what its acts leave."""

from datetime import date

import pytest

from tests.erasure.conftest import TOKEN
from vigie import times
from vigie.erasure import actions, queries
from vigie.erasure.models import Request
from vigie.reports import queries as kept


def text(answer):
    return answer.content.decode()


def test_two_persons_erase_a_report_from_its_entry_and_its_page_says_so(sign_in, report):
    seq = report.removeprefix("report-")
    first, second = sign_in("privacy"), sign_in("audit")
    assert f"/erasure/propose/?entry={seq}" in text(first.get(f"/record/{seq}/"))
    assert "/erasure/propose/" not in text(second.get(f"/record/{seq}/"))
    assert f'value="{seq}"' in text(first.get(f"/erasure/propose/?entry={seq}"))
    given = {
        "entries": seq,
        "ground": "The person concerned asked for it.",
        "authority": "DPO",
        "request": "",
    }
    page = first.post("/erasure/propose/", given)
    assert page.status_code == 302
    assert "carry-out" not in text(first.get(page["Location"]))
    assert "carry-out" in text(second.get(page["Location"]))
    assert TOKEN in text(sign_in("analysis").get(f"/reports/{report}/"))
    assert second.post(page["Location"] + "carry-out/").status_code == 302
    shown = text(sign_in("analysis").get(f"/reports/{report}/"))
    assert TOKEN not in shown
    assert "was erased" in shown
    assert TOKEN not in text(sign_in("analysis").get("/reports/"))
    assert "What it said was erased" in text(second.get(f"/record/{seq}/"))
    assert "What these entries said is gone" in text(second.get(page["Location"]))


@pytest.mark.parametrize("office", ["analysis", "prime-minister", "machine-room", "watch"])
def test_the_pages_open_to_who_watches_over_personal_data_alone(sign_in, office):
    assert sign_in(office).get("/erasure/").status_code == 403
    assert sign_in(office).post("/erasure/requests/", {}).status_code == 403


def test_a_form_that_says_too_little_comes_back_with_its_sentence(sign_in, report):
    seq = report.removeprefix("report-")
    client = sign_in("privacy")
    for change, says in (
        ({"ground": "because"}, "needs its ground"),
        ({"entries": "twelve"}, "Give numbers"),
        ({"entries": "0"}, "kept for good"),
        ({"entries": "999999"}, "no entry"),
    ):
        given = {"entries": seq, "ground": "The person concerned asked for it.", "authority": "DPO"} | change
        answer = client.post("/erasure/propose/", given)
        assert (answer.status_code, says in text(answer)) == (400, True), text(answer)
    assert queries.waiting() == []


def test_an_erasure_can_be_refused_with_its_reason(sign_in, people, report):
    made = actions.propose(
        people["privacy"], [int(report.removeprefix("report-"))], ground="It was asked for.", authority="DPO"
    )
    client = sign_in("audit")
    assert client.post(f"/erasure/{made}/refuse/", {"reason": ""}).status_code == 400
    client.post(f"/erasure/{made}/refuse/", {"reason": "A court asked for it to be kept."})
    assert "A court asked" in text(client.get(f"/erasure/{made}/"))
    assert not kept.report(report).erased


def test_requests_show_the_day_of_their_answer_and_are_answered(sign_in, people):
    client = sign_in("privacy")
    given = {"what": "rectification", "reference": "letter 9", "received": "2024-02-25", "entries": ""}
    assert client.post("/erasure/requests/", given).status_code == 302
    row = Request.objects.get()
    assert row.due == date(2024, 3, 25)
    assert "3 days left" in text(client.get("/erasure/"))
    with times.held("2024-03-27T12:00:00Z"):
        assert "overdue" in text(client.get("/erasure/"))
    answer = client.post(f"/erasure/requests/{row.id}/answer/", {"outcome": "done", "words": ""})
    assert answer.status_code == 400
    client.post(
        f"/erasure/requests/{row.id}/answer/", {"outcome": "done", "words": "It was set right on 22 March."}
    )
    assert "It was set right" in text(client.get("/erasure/"))
    assert client.post("/erasure/requests/", given | {"received": "soon"}).status_code == 400


def test_the_page_lists_the_terms_and_what_is_kept_beyond_them(sign_in, cannot):
    shown = text(sign_in("audit").get("/erasure/"))
    assert "365" in shown
    assert "Nothing is." in shown
    with times.held("2025-06-01T12:00:00Z"):
        shown = text(sign_in("audit").get("/erasure/"))
    assert cannot in shown
    assert "is not closed" in shown
