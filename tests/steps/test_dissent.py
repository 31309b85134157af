"""Nothing is signed over a dissent that the signer has not read: at every door, and by name."""

from datetime import date, timedelta

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.assessment import actions as assessment
from vigie.assessment.actions import Chosen
from vigie.assessment.models import DissentRead
from vigie.assessment.queries import UnreadDissent
from vigie.errors import NotFound
from vigie.ledger.queries import head, verify
from vigie.reports import actions as reports, queries as read

REPORT = """Group claims attack on station

LYON, 21 March 2024 - A group calling itself Al-Qaeda claimed responsibility on Thursday for an attack on a railway station that killed at least 12 people.
"""
WHY = "An attack was claimed by a group that has tried here before; raised as a precaution."
WORDS = "The claim may be opportunistic."


@pytest.fixture
def weighed(home, places):
    report = reports.add(places["analysis"], REPORT.encode(), name="wire.txt", published=date(2024, 3, 22))
    claim = next(c for c in read.claims_of(report) if c.kind == "claim_of_responsibility")
    return assessment.assess(
        places["assessment-desk"], scheme="fr-vigipirate-2016", level="UA", zone="FR",
        evidence=[Chosen(claim.id, "identified-group", "identified", "for")], override="precaution", reasons=WHY,
        review=times.now() + timedelta(days=14),
    )  # fmt: skip


@pytest.fixture
def proposed(weighed, places):
    return alert.propose(
        places["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=WHY, effective=times.now(), assessment=weighed
    )  # fmt: skip


@pytest.fixture
def differs(weighed, places):
    return assessment.dissent(places["assessment-desk"], weighed, WORDS)


def seen(decision):
    return levels.decision(decision).digest


def test_a_signature_over_an_unread_dissent_is_refused_by_name_and_nothing_is_written(
    places, proposed, differs
):
    before = head()
    with pytest.raises(UnreadDissent, match=differs):
        steps.sign(places["prime-minister"], proposed, seen=seen(proposed))
    assert head() == before
    assert levels.decision(proposed).state == "proposed"


def test_once_the_signer_said_that_they_read_it_they_sign_and_the_record_says_who_read(
    places, proposed, differs
):
    assessment.read_dissent(places["prime-minister"], differs)
    steps.sign(places["prime-minister"], proposed, seen=seen(proposed))
    [row] = DissentRead.objects.all()
    assert (row.dissent_id, row.office) == (differs, "prime-minister")
    assert verify().verified


def test_that_somebody_else_has_read_it_counts_for_nothing(places, proposed, differs):
    assessment.read_dissent(places["cabinet"], differs)
    with pytest.raises(UnreadDissent):
        steps.sign(places["prime-minister"], proposed, seen=seen(proposed))


def test_a_dissent_that_came_after_the_reading_is_unread(places, proposed, weighed, differs):
    assessment.read_dissent(places["prime-minister"], differs)
    later = assessment.dissent(places["assessment-desk"], weighed, "The number of victims is not settled.")
    with pytest.raises(UnreadDissent, match=later):
        steps.sign(places["prime-minister"], proposed, seen=seen(proposed))


def test_one_person_alone_reads_it_too_and_so_do_those_who_countersign(places, proposed, differs):
    alone = {"seen": seen(proposed), "reason": WHY, "hours": 2}
    with pytest.raises(UnreadDissent):
        steps.break_glass(places["cabinet"], proposed, **alone)
    assessment.read_dissent(places["cabinet"], differs)
    steps.break_glass(places["cabinet"], proposed, **alone)
    with pytest.raises(UnreadDissent):
        alert.countersign(places["prime-minister"], proposed, seen=seen(proposed))
    assessment.read_dissent(places["prime-minister"], differs)
    assert not alert.countersign(places["prime-minister"], proposed, seen=seen(proposed))


def test_a_dissent_said_to_be_read_twice_is_on_the_record_once(places, differs):
    assessment.read_dissent(places["prime-minister"], differs)
    before = head()
    assessment.read_dissent(places["prime-minister"], differs)
    assert head() == before


def test_what_is_no_dissent_cannot_be_read(home, places):
    with pytest.raises(NotFound):
        assessment.read_dissent(places["prime-minister"], "dissent-999")


def test_the_page_refuses_until_the_button_was_pressed(places, proposed, differs, sign_in):
    client = sign_in("prime-minister")
    page = client.get(f"/decide/{proposed}/").content.decode()
    assert WORDS in page
    assert "I have read this" in page
    form = {"seen": seen(proposed), "typed": "UA"}
    refused = client.post(f"/decide/{proposed}/", form)
    assert refused.status_code == 400
    assert differs in refused.content.decode()
    back = client.post(f"/evidence/dissents/{differs}/read/", {"back": f"/decide/{proposed}/"})
    assert back.url == f"/decide/{proposed}/"
    assert "You have read this." in client.get(f"/decide/{proposed}/").content.decode()
    assert client.post(f"/decide/{proposed}/", form).status_code == 302


def test_the_button_sends_nobody_to_another_site(places, weighed, differs, sign_in):
    away = sign_in("prime-minister").post(
        f"/evidence/dissents/{differs}/read/", {"back": "https://example.org/"}
    )
    assert away.url == f"/evidence/{weighed}/"


def test_the_api_refuses_likewise_and_takes_the_reading(places, proposed, differs, sign_in):
    client = sign_in("prime-minister")
    form = {"seen": seen(proposed)}
    path = f"/api/steps/proposals/{proposed}/sign"
    refused = client.post(path, form, content_type="application/json")
    assert refused.status_code == 409
    assert differs in refused.json()["error"]
    assert client.post(f"/api/assessments/dissents/{differs}/read").status_code == 204
    assert client.post(path, form, content_type="application/json").status_code == 204
