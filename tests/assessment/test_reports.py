"""From a report to an assessment and back: the claims are real ones, read from texts written here."""

from datetime import date, timedelta

import pytest

from vigie import times
from vigie.assessment import actions, queries
from vigie.assessment.actions import Chosen, ClaimWithdrawn
from vigie.assessment.ground import NoGround
from vigie.reports import actions as reports, queries as kept

BODY = """Nine people were killed on Thursday in a bomb attack in Brussels, police said.

The Islamic State group claimed responsibility for the attack on Friday. The station stayed closed until 18:00, and 40 trains
were turned back at the border while officers looked for a second device, which was not found.
"""
WIRE = f"Bomb kills nine in market\n\nBRUSSELS, 21 March 2024 (AFP) - {BODY}"
REPRINT = f"Source: Daily Paper\n\nNine dead in Brussels\n\n{BODY}\nYou may also like\n"


@pytest.fixture
def wire(people):
    return reports.add(people["analysis"], WIRE.encode(), name="wire.txt", published=date(2024, 3, 21))


def of_kind(report, kind):
    found = [claim.id for claim in kept.claims_of(report) if claim.kind == kind]
    assert found, [(c.kind, c.evidence) for c in kept.claims_of(report)]
    return found[0]


def assess(actor, *claims):
    return actions.assess(
        actor,
        scheme="fr-vigipirate-2016",
        level="UA",
        zone="FR",
        evidence=[Chosen(claim, "aftermath", "carried-out", "for") for claim in claims],
        reasons="An attack next door; another is feared here.",
        review=times.now() + timedelta(days=14),
        override="precaution",
    )


def test_a_claim_is_seen_with_its_exact_words_and_where_it_comes_from(wire):
    attack = of_kind(wire, "attack")
    seen = queries.seen([attack, "claim-999-1"])
    assert list(seen) == [attack]
    assert "Nine people were killed on Thursday" in seen[attack].words
    assert seen[attack].document == wire
    assert seen[attack].newsroom == "AFP"
    assert seen[attack].origin == ""
    claimed = of_kind(wire, "claim_of_responsibility")
    assert queries.seen([claimed])[claimed].origin == "claim by Islamic State"


def test_claims_that_came_in_lately_are_offered(wire):
    assert of_kind(wire, "attack") in {
        claim.id for claim in queries.claims_since(times.now() - timedelta(days=1))
    }
    assert queries.claims_since(times.now() + timedelta(seconds=1)) == []


def test_a_reprint_adds_a_document_and_no_origin(wire, people):
    reprint = reports.add(
        people["analysis"], REPRINT.encode(), name="reprint.txt", published=date(2024, 3, 21)
    )
    both = queries.seen([of_kind(wire, "attack"), of_kind(reprint, "attack")])
    found = queries.independence(both.values())
    assert (len(found.documents), len(found.newsrooms)) == (2, 1)
    assert found.count == 1
    assert not found.corroborated


def test_a_report_withdrawn_takes_the_ground_from_what_rests_on_it(wire, people):
    attack = of_kind(wire, "attack")
    made = assess(people["assessment-desk"], attack)
    assert queries.ground(made).holds
    reports.withdraw(people["analysis"], wire, reason="The agency withdrew the wire an hour later.")
    assert [row.id for row in queries.resting_on(attack)] == [made]
    with pytest.raises(NoGround, match=f"Signing decision-1 has lost its ground: {made} rested on {attack}"):
        queries.ground(made).require("Signing decision-1")
    with pytest.raises(ClaimWithdrawn):
        assess(people["assessment-desk"], attack)


def test_the_evidence_page_quotes_the_reports_and_says_that_two_are_one_voice(wire, people, sign_in):
    reprint = reports.add(
        people["analysis"], REPRINT.encode(), name="reprint.txt", published=date(2024, 3, 21)
    )
    attacks = [of_kind(wire, "attack"), of_kind(reprint, "attack")]
    for claim in attacks:
        actions.grade(people["analysis"], claim, source="B", item="2", why="Named agency, not contradicted.")
    made = assess(people["assessment-desk"], *attacks)
    shown = sign_in("audit").get(f"/evidence/{made}/").content.decode()
    assert f"/reports/{wire}/#at-" in shown
    assert "several documents, one voice" in shown
    assert "Nine people were killed on Thursday" in shown
