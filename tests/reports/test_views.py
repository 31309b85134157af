"""Pages and API of reports."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.reports.test_actions import REPRINT, WIRE
from vigie.reports import actions, queries
from vigie.reports.models import Report


@pytest.fixture
def kept(people):
    return actions.add(people["analysis"], WIRE.encode(), name="wire.txt")


def test_an_upload_is_read_kept_and_shown(sign_in):
    client = sign_in("analysis")
    answer = client.post("/reports/", {"file": SimpleUploadedFile("wire.txt", WIRE.encode())})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "change of level" in page
    assert "Vantongeren" not in page


def test_pasted_text_is_a_report_too(sign_in):
    sign_in("analysis").post("/reports/", {"text": WIRE, "published": "2023-10-14"})
    assert Report.objects.get().name == "pasted.txt"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({}, "Give a file or paste the text."), ({"text": "12"}, "holds no words")],
)
def test_an_upload_that_cannot_be_read_says_why(sign_in, given, sentence):
    answer = sign_in("analysis").post("/reports/", given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Report.objects.exists()


def test_each_claim_points_at_the_words_it_rests_on(sign_in, kept):
    page = sign_in("analysis").get(f"/reports/{kept}/").content.decode()
    targets = re.findall(r'href="#(at-\d+)"', page)
    assert targets
    assert all(f'id="{target}"' in page for target in targets)
    assert "<script" not in page


def test_the_list_shows_what_seems_a_copy(sign_in, people, kept):
    actions.add(people["analysis"], REPRINT.encode(), name="reprint.txt")
    page = sign_in("analysis").get("/reports/").content.decode()
    assert "Seem to be copies" in page
    assert "three-word runs" in page


def test_a_copy_is_judged_and_a_report_corrected_and_withdrawn_from_its_page(sign_in, people, kept):
    second = actions.add(people["analysis"], REPRINT.encode(), name="reprint.txt")
    [link] = queries.links([second])
    client = sign_in("analysis")
    client.post(f"/reports/copies/{link.id}/", {"confirmed": "yes", "reason": "The same wire word for word."})
    claim = queries.claims_of(kept)[0].id
    client.post(f"/reports/{kept}/correct/", {"claims": [claim], "reason": "The figure was corrected later."})
    client.post(f"/reports/{second}/withdraw/", {"reason": "The outlet took it down again."})
    assert queries.copy(link.id).state == "confirmed"
    assert queries.report(kept).state == "corrected"
    assert queries.report(second).state == "withdrawn"
    assert "corrected" in client.get(f"/reports/{kept}/").content.decode()


@pytest.mark.parametrize("path", ["/reports/", "/reports/report-1/", "/api/reports"])
def test_no_stranger_reads_reports(client, receiving_home, path):
    assert client.get(path).status_code in {302, 401, 403}


def test_an_office_without_the_right_is_refused(sign_in, kept):
    assert sign_in("planning").get("/reports/").status_code == 403


def test_the_api_gives_the_report_with_claims_and_no_private_name(sign_in, kept):
    client = sign_in("analysis")
    [listed] = client.get("/api/reports").json()
    whole = client.get(f"/api/reports/{listed['id']}").json()
    assert whole["found"][0]["evidence"] in whole["text"]
    assert "Vantongeren" not in str(whole)
    assert client.get("/api/reports/report-99").status_code == 404


def test_the_api_keeps_a_report_once(sign_in):
    client = sign_in("analysis")

    def post():
        return client.post(
            "/api/reports", {"file": SimpleUploadedFile("wire.txt", WIRE.encode()), "published": "2023-10-14"}
        )

    assert post().status_code == 201
    again = post()
    assert again.status_code == 409
    assert "kept already" in again.json()["error"]
