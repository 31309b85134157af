"""The story of a home that decides: weighed, proposed, signed by another, carried out, told."""

from datetime import date, timedelta

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.assessment import actions as assessment
from vigie.assessment.actions import Chosen
from vigie.assessment.ground import NoGround
from vigie.ledger.queries import head, verify
from vigie.measures.models import Message, Posture, Task
from vigie.reports import actions as reports, queries as read

REPORT = """Group claims attack on station

LYON, 21 March 2024 - A group calling itself Al-Qaeda claimed responsibility on Thursday for an attack on a railway station that killed at least 12 people.
"""
WHY = "An attack was claimed by a group that has tried here before; raised as a precaution."


@pytest.fixture
def report(home, places):
    return reports.add(places["analysis"], REPORT.encode(), name="wire.txt", published=date(2024, 3, 22))


@pytest.fixture
def weighed(report, places):
    claim = next(c for c in read.claims_of(report) if c.kind == "claim_of_responsibility")
    return assessment.assess(
        places["assessment-desk"],
        scheme="fr-vigipirate-2016",
        level="UA",
        zone="FR",
        evidence=[Chosen(claim.id, "identified-group", "identified", "for")],
        override="precaution",
        reasons=WHY,
        review=times.now() + timedelta(days=14),
    )


@pytest.fixture
def proposed(weighed, places):
    return alert.propose(
        places["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=WHY, effective=times.now(), assessment=weighed
    )  # fmt: skip


def sign(actor, decision):
    steps.sign(actor, decision, seen=levels.decision(decision).digest)


def test_signing_puts_the_level_in_force_and_gives_its_tasks_in_one_act(places, proposed):
    follows = steps.what_follows("fr-vigipirate-2016", "UA", "FR", times.now())
    assert (follows.owners, Message.objects.count()) == (3, 0)
    sign(places["prime-minister"], proposed)
    assert levels.holds("fr-vigipirate-2016", "FR").winner.id == proposed
    assert Posture.objects.get().cause == proposed
    assert Message.objects.count() == follows.owners
    assert Task.objects.exists()


def test_what_was_announced_to_follow_is_what_follows(places, proposed):
    follows = steps.what_follows("fr-vigipirate-2016", "UA", "FR", levels.decision(proposed).effective)
    sign(places["prime-minister"], proposed)
    assert dict(follows.counts)["switched on"] == len(Posture.objects.get().on)
    assert follows.due == Posture.objects.get().due


def test_a_proposal_whose_ground_was_withdrawn_cannot_be_signed_and_the_act_is_named(
    places, proposed, report
):
    reports.withdraw(places["analysis"], report, reason="The newspaper took its report back.")
    assert steps.ground(levels.decision(proposed).assessment).lost
    before = head()
    with pytest.raises(NoGround, match=f"Signing {proposed} has lost its ground"):
        sign(places["prime-minister"], proposed)
    assert head() == before
    assert levels.standing() == []


def test_nobody_sets_a_level_alone_on_an_assessment_that_lost_its_ground(places, weighed, report):
    reports.withdraw(places["analysis"], report, reason="The newspaper took its report back.")
    before = head()
    with pytest.raises(NoGround, match="Setting a level has lost its ground"):
        steps.raise_alone(
            places["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=WHY, reason=WHY, hours=2,
            assessment=weighed,
        )  # fmt: skip
    assert head() == before


def test_dissent_is_read_before_signing(places, proposed, weighed, sign_in):
    assessment.dissent(places["assessment-desk"], weighed, "The claim may be opportunistic.")
    assert [one.words for one in steps.ground(weighed).dissent] == ["The claim may be opportunistic."]
    page = sign_in("prime-minister").get(f"/decide/{proposed}/").content.decode()
    assert "The claim may be opportunistic." in page


def test_the_page_of_signing_shows_what_follows_and_wants_the_level_typed(places, proposed, sign_in):
    client = sign_in("prime-minister")
    page = client.get(f"/decide/{proposed}/").content.decode()
    for words in ("What follows", "Urgence attentat", "Owners told", WHY):
        assert words in page
    seen = levels.decision(proposed).digest
    assert client.post(f"/decide/{proposed}/", {"seen": seen, "typed": "SRRA"}).status_code == 400
    assert levels.decision(proposed).state == "proposed"
    assert client.post(f"/decide/{proposed}/", {"seen": seen, "typed": "ua"}).status_code == 302
    assert levels.decision(proposed).state == "in force"


def test_the_proposer_is_shown_no_button_and_refused_all_the_same(places, weighed, sign_in):
    made = alert.propose(
        places["both"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=WHY, effective=times.now(), assessment=weighed
    )  # fmt: skip
    client = sign_in("both")
    page = client.get(f"/decide/{made}/").content.decode()
    assert "You cannot sign this" in page
    answer = client.post(f"/decide/{made}/", {"seen": levels.decision(made).digest, "typed": "UA"})
    assert answer.status_code == 400
    assert levels.decision(made).state == "proposed"


def test_signing_what_was_edited_since_is_refused_on_the_page(places, proposed, sign_in):
    seen = levels.decision(proposed).digest
    alert.revise(places["cabinet"], proposed, code="SRRA", reasons=WHY, effective=times.now())
    answer = sign_in("prime-minister").post(f"/decide/{proposed}/", {"seen": seen, "typed": "SRRA"})
    assert answer.status_code == 400
    assert "edited after you read it" in answer.content.decode()


def test_lowering_asks_every_owner_to_stop_what_no_longer_applies(places, proposed, settings):
    sign(places["prime-minister"], proposed)
    from vigie.measures import actions as measures

    measures.deliver_due(settings.VIGIE_HOME)
    lower = alert.propose(
        places["cabinet"], scheme="fr-vigipirate-2016", code="VIG", zone="FR", reasons="The elements that led to it are gone.", effective=times.now()
    )  # fmt: skip
    sign(places["prime-minister"], lower)
    assert set(Task.objects.values_list("state", flat=True)) == {"stop_asked"}


def test_a_meetings_dossier_holds_what_stands_and_where_the_record_stood(places, proposed, weighed, sign_in):
    sign(places["prime-minister"], proposed)
    position = head()[0]
    answer = sign_in("cabinet").post(
        "/convene/",
        {"title": "Services", "question": "What follows for us?", "agenda": "What is known\nWhat is not", "offices": "Interior", "held": "2024-03-28T10:00"},
    )  # fmt: skip
    assert answer.status_code == 302
    [meeting] = levels.meetings()
    assert meeting.position == position
    assert {proposed, weighed} <= set(meeting.dossier)
    assert meeting.agenda == ["What is known", "What is not"]
    assert answer.url == f"/meetings/{meeting.id}/"


def test_a_level_is_received_on_its_page_and_looked_at_on_another(receiving_home, people, sign_in):
    answer = sign_in("watch").post(
        "/receive/",
        {"level": "be-ocam/3", "zone": "BE", "effective": "2024-03-22T12:00", "authority": "OCAM", "words": "Niveau 3.", "source": "a letter"},
    )  # fmt: skip
    assert answer.status_code == 302
    got = levels.unlooked()[0]
    assert got.state == "one person"
    own = sign_in("watch").get(f"/look/{got.id}/").content.decode()
    assert "You received this yourself" in own
    assert sign_in("second-watch").post(f"/look/{got.id}/", {"agrees": "yes"}).status_code == 302
    assert levels.reception(got.id).state == "in force"


def test_the_whole_story_rebuilds_to_the_same_rows(places, proposed):
    sign(places["prime-minister"], proposed)
    assert verify().verified
