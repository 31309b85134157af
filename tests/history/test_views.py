"""Pages and API of history: what they show, what they refuse."""

import csv
import io
import re

import pytest
from django.test import Client

from vigie import times
from vigie.history import actions, queries
from vigie.schemes.reader import all_ids

FRANCE = "fr-vigipirate-2016"


@pytest.fixture
def later():
    with times.held("2026-03-01T12:00:00Z"):
        yield


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/history/",
        "/history/figures/",
        "/history/incidents/",
        f"/history/{FRANCE}/",
        f"/history/{FRANCE}/history.csv",
        "/history/figures/data.json",
        "/history/figures/record/",
    ],
)
def test_a_stranger_is_sent_to_sign_in(home, address):
    assert Client().get(address).status_code == 302


def test_an_office_without_the_right_is_refused(sign_in):
    assert sign_in("machine-room").get("/history/").status_code == 403
    assert sign_in("watch").get("/history/figures/record/").status_code == 403


def test_every_scheme_has_its_page(sign_in, later):
    client = sign_in("audit")
    listed = page(client, "/history/")
    for each in all_ids():
        assert f"/history/{each}/" in listed
        assert "<h1>" in page(client, f"/history/{each}/")


def test_the_scheme_page_shows_count_definition_drawing_and_table(sign_in, later):
    shown = page(sign_in("audit"), f"/history/{FRANCE}/")
    assert "4 times" in shown
    assert "set for the whole country, confirmations not counted, since Thu 1 Dec 2016" in shown
    assert f'<img src="/history/{FRANCE}/history.svg?' in shown
    assert "127 days" in shown
    assert "1978" in shown
    assert "Not counted, of low confidence:" in shown


def test_past_its_last_confirmation_the_page_never_says_in_force(sign_in, later):
    shown = page(sign_in("audit"), f"/history/{FRANCE}/")
    assert re.search(r"FR: last confirmed <time[^>]*>Mon 5 Jan 2026</time>, not known since", shown)
    answer = re.search(r'card-first">(.*?)</div>', shown, re.DOTALL)[1]
    assert "in force" not in answer.lower()
    assert "stood in" not in answer.lower()


def test_the_answer_says_which_rule_picked_the_level_and_what_it_won_over(sign_in, later):
    shown = page(sign_in("audit"), "/history/be-ocam/?at=2023-10-16&zone=BE-BRU")
    assert "the one with the gravest level holds" in shown
    assert "So these do not: 3 (BE)" in shown


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/history/de-none/", "There is no level, by policy."),
        (f"/history/{FRANCE}/?at=2016-01-01", "Nothing is known before Thu 1 Dec 2016."),
        ("/history/us-hsas/?at=2020-01-01", "The scheme ended on Wed 27 Apr 2011."),
        ("/history/lu-vigilnat/", "No change of this scheme is on record for this place by then."),
    ],
)
def test_where_no_level_is_known_the_page_says_why(sign_in, later, address, said):
    assert said in page(sign_in("audit"), address)


def test_the_as_of_box_answers_as_known_then(sign_in, later):
    client = sign_in("audit")
    then = page(client, "/history/gb-national-2019/?at=2021-02-05&known=2021-02-06")
    after = page(client, "/history/gb-national-2019/?at=2021-02-05")
    answer = re.compile(r'card-first">(.*?)</div>', re.DOTALL)
    assert "SEVERE" in answer.search(then)[1]
    assert "SUBSTANTIAL" in answer.search(after)[1]


@pytest.mark.parametrize("query", ["zone=DE", "at=soon", "level=RED", "known=31/12/2020", "zone=FR;x"])
def test_a_question_that_cannot_be_answered_is_said_so_on_the_page(sign_in, later, query):
    shown = page(sign_in("audit"), f"/history/{FRANCE}/?{query}", 200 if query == "level=RED" else 400)
    assert "4 times" in shown if query == "level=RED" else "note-bad" in shown


def test_an_unknown_scheme_is_not_found(sign_in):
    assert sign_in("audit").get("/history/nowhere/").status_code == 404
    assert sign_in("audit").get("/history/nowhere/history.csv").status_code == 404


def test_the_definition_can_be_chosen(sign_in, later):
    shown = page(sign_in("audit"), f"/history/{FRANCE}/?level=UA&scope=any&renewals=counted&editions=all")
    assert "15 times" in shown
    assert "gravest level of each edition" in shown


def test_open_data_comes_as_csv_json_and_svg(sign_in, later):
    client = sign_in("audit")
    answer = client.get(f"/history/{FRANCE}/history.csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 12
    assert client.get(f"/history/{FRANCE}/history.json").json()["scheme"] == FRANCE
    wide, narrow = (
        client.get(f"/history/{FRANCE}/history.svg{query}").content for query in ("", "?narrow=1")
    )
    assert b'width="720"' in wide
    assert b'width="330"' in narrow
    assert client.get(f"/history/{FRANCE}/history.pdf").status_code == 404


def test_downloads_carry_the_time_of_knowing(sign_in, later):
    rows = (
        sign_in("audit").get(f"/history/{FRANCE}/history.csv?known=2019-01-01").content.decode().splitlines()
    )
    assert len(rows) == 4


def test_figures_stand_side_by_side_and_open_to_their_source(sign_in, later):
    client = sign_in("audit")
    shown = page(client, "/history/figures/?area=FR")
    assert "nearly fifty" in shown
    assert "said differently" in shown
    figure = next(each for each in queries.figures("FR") if each.said == "51")
    opened = page(client, f"/history/figures/{figure.id}/")
    assert figure.source.replace("&", "&amp;") in opened
    assert "Counted by «The services’ rule of March 2018», the register holds 16" in opened


def test_vague_words_bind_to_no_number_on_their_page(sign_in, later):
    figure = next(each for each in queries.figures("FR") if each.said == "nearly fifty")
    assert "no number: the words are vague and stay so" in page(
        sign_in("audit"), f"/history/figures/{figure.id}/"
    )


def test_an_analyst_records_a_figure_and_mends_it(sign_in, people):
    client = sign_in("analysis")
    given = {
        "what": ["foiled"], "modifier": "nearly", "value": "fifty", "said_by": "office not named", "as_of": "2024-03-22", "window_from": "2015-01",
        "window_to": "2024-03-22", "area": "fr", "source": "https://example.org/report",
    }  # fmt: skip
    assert client.post("/history/figures/record/", {**given, "value": ""}).status_code == 400
    made = client.post("/history/figures/record/", given)
    assert made.status_code == 302
    first = made.url.rstrip("/").rpartition("/")[2]
    assert "nearly fifty" in page(client, made.url)
    again = client.post("/history/figures/record/", given)
    assert again.status_code == 400
    assert b"on the record already" in again.content
    mended = client.post(f"/history/figures/record/?corrects={first}", {**given, "value": "sixty"})
    assert mended.status_code == 302
    assert "A later record mends" in page(client, f"/history/figures/{first}/")


def test_a_figures_script_is_shown_as_text(people, sign_in):
    made = actions.record_figure(
        people["analysis"], what=["foiled"], value="<script>1</script>", said_by="<b>x</b>", as_of="2024", window_from="2015", window_to="2024",
        area="FR", source="javascript:alert(1)",
    )  # fmt: skip
    shown = page(sign_in("audit"), f"/history/figures/{made}/")
    assert "<script>1" not in shown
    assert 'href="javascript:' not in shown


def test_the_pages_speak_french_with_the_official_words(sign_in, later):
    client = sign_in("audit")
    client.cookies["language"] = "fr"
    assert "Urgence attentat" in page(client, f"/history/{FRANCE}/")


def test_the_api_says_level_count_history_and_figures(sign_in, later):
    client = sign_in("audit")
    level = client.get("/api/history/level", {"scheme": FRANCE, "at": "2024-03-25"}).json()
    assert (level["code"], level["since"], level["standing"]) == ("UA", "2024-03-24", "held")
    count = client.get("/api/history/count", {"scheme": FRANCE, "level": "UA", "at": "2024-03-25"}).json()[
        "count"
    ]
    assert (count["count"], len(count["definitions"])) == (4, 4)
    assert client.get(f"/api/history/schemes/{FRANCE}").json()["corrections"]
    assert client.get("/api/history/figures", {"area": "EU"}).json()["figures"]


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("level", {"scheme": "nowhere", "at": "2024-03-25"}, 404),
        ("level", {"scheme": FRANCE, "at": "soon"}, 400),
        ("level", {"scheme": FRANCE, "at": "2024-03-25", "zone": "DE"}, 400),
        ("count", {"scheme": FRANCE, "level": "RED"}, 400),
        ("count", {"scheme": FRANCE, "level": "UA", "scope": "some"}, 422),
    ],
)
def test_the_api_refuses_in_one_sentence(sign_in, path, given, status):
    assert sign_in("audit").get(f"/api/history/{path}", given).status_code == status


def test_the_api_records_a_figure_for_an_analyst_only(sign_in, people):
    body = {
        "what": ["deaths"], "value": "12", "said_by": "Ministry", "as_of": "2024", "window_from": "2023", "window_to": "2024", "area": "FR",
        "source": "https://example.org",
    }  # fmt: skip
    made = sign_in("analysis").post("/api/history/figures", body, content_type="application/json")
    assert made.status_code == 201
    assert queries.figure(made.json()["id"]).said == "12"
    assert (
        sign_in("watch").post("/api/history/figures", body, content_type="application/json").status_code
        == 403
    )
