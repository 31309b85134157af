"""The first page of a shift, seen from several offices."""

import re
from datetime import datetime

import pytest
from django.template.loader import render_to_string

from vigie import times
from vigie.alert import actions
from vigie.measures.call_sheet import CHIPS
from vigie.measures.queries.lists import Totals
from vigie.measures.templatetags.measures import chip_word

NOON = datetime.fromisoformat("2024-03-22T12:00:00Z")
REASONS = "An attack abroad was claimed; several attempts on our own soil were stopped."


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.fixture
def proposed(people):
    return actions.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASONS, effective=NOON
    )


@pytest.fixture
def in_force(people, proposed):
    from vigie.alert.queries import decision

    actions.approve(people["prime-minister"], proposed, seen=decision(proposed).digest)
    return proposed


def test_without_any_level_the_page_says_so_and_never_that_the_threat_is_low(sign_in):
    said = words(sign_in("watch").get("/"))
    assert "No level is on record." in said
    assert "This does not mean that the threat is low." in said


def test_a_level_in_force_stands_first_with_its_words_since_when_and_its_review(sign_in, in_force):
    with times.held("2024-03-25T12:00:00Z"):
        said = words(sign_in("watch").get("/"))
    assert said.index("Urgence attentat") < said.index("Waits for me")
    assert "3/3" in said
    assert "since Fri 22 Mar 2024, 13:00 CET ( 3 days )" in said or "(3 days)" in said
    assert "review Sat 6 Apr 2024" in said


def test_a_review_that_is_past_is_said_on_the_level_and_waits_for_the_proposer(sign_in, in_force):
    with times.held("2024-04-09T12:00:00Z"):
        said = words(sign_in("cabinet").get("/"))
    assert "review overdue by 3 days" in said
    assert "Review: 3/3 Urgence attentat for FR" in said


def test_a_proposal_waits_for_the_approver_and_not_for_the_proposer(sign_in, proposed):
    assert "Read and sign: 3/3 Urgence attentat for FR" in words(sign_in("prime-minister").get("/"))
    assert "Read and sign" not in words(sign_in("cabinet").get("/"))


def test_who_may_do_both_is_not_asked_to_sign_what_they_proposed(people, sign_in):
    actions.propose(
        people["both"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASONS, effective=NOON
    )
    assert "Read and sign" not in words(sign_in("both").get("/"))


def test_a_proposal_returned_waits_for_its_authors_office(people, sign_in, proposed):
    actions.return_(people["prime-minister"], proposed, "Say which services agree and which differ.")
    said = words(sign_in("cabinet").get("/"))
    assert "Write anew: 3/3 Urgence attentat for FR" in said
    assert "Say which services agree" in said


def test_a_level_received_waits_for_the_look_of_another_person(people, sign_in):
    actions.receive(
        people["watch"], scheme="nl-dtn", code="4", zone="NL", authority="NCTV", words="Niveau 4",
        source="https://example.org/", effective=NOON,
    )  # fmt: skip
    assert "received: decided by NCTV" in words(sign_in("second-watch").get("/"))
    assert "Look at: " in words(sign_in("second-watch").get("/"))
    assert "Look at: " not in words(sign_in("watch").get("/"))


def test_what_was_read_is_no_longer_shown_as_new_and_what_follows_is(people, sign_in, proposed):
    client = sign_in("watch")
    page = client.get("/")
    assert "Level proposed" in words(page)
    position = re.search(r'name="position" value="(\d+)"', page.content.decode())[1]
    assert client.post("/read/", {"position": position}).status_code == 302
    assert "Level proposed" not in words(client.get("/"))
    actions.return_(people["prime-minister"], proposed, "Say which services agree and which differ.")
    said = words(client.get("/"))
    assert "Proposal returned" in said
    assert "Level proposed" not in said


@pytest.mark.parametrize("position", ["", "minus one", "-1", "99999999999999999999"])
def test_a_place_that_cannot_be_is_not_remembered_as_one(sign_in, position):
    client = sign_in("watch")
    assert client.post("/read/", {"position": position}).status_code == 302
    assert client.get("/").status_code == 200


def test_fourteen_days_ahead_are_shown_in_words(sign_in):
    said = words(sign_in("watch").get("/"))
    assert "Sun 31 Mar" in said
    assert "Easter" in said
    assert "Fri 5 Apr" not in said


def test_the_handover_holds_the_same_and_names_the_head_of_the_record(sign_in, in_force):
    answer = sign_in("watch").get("/handover/")
    said = words(answer)
    assert "Urgence attentat" in said
    assert "As known at Fri 22 Mar 2024, 13:00 CET" in said
    assert re.search(r"Record [0-9a-f]{64}", said)


def test_a_stranger_is_sent_to_sign_in(client, home):
    for address in ("/", "/handover/", "/find/", "/record/", "/record/0/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_each_figure_of_the_measures_has_a_name_of_its_own(rf):
    totals = Totals(open=3, chips=dict.fromkeys(CHIPS, 1), acknowledged=2, stopped=0)
    card = render_to_string("console/figures.html", {"totals": totals}, request=rf.get("/"))
    names = re.findall(r"<strong>\d+</strong><span>(.*?)</span>", card)
    assert names == ["asked", "acknowledged", *map(chip_word, CHIPS)]
    assert len(set(names)) == len(names)
