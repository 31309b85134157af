"""Grading, assessing, differing, reviewing: what is kept and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.assessment import actions, queries
from vigie.assessment.actions import (
    AssessmentEnded,
    Chosen,
    ClaimWithdrawn,
    CriteriaNotMet,
    GradedByPerson,
    TooLittleSaid,
)
from vigie.assessment.criteria import UnknownCriterion
from vigie.assessment.evaluation import BadEvidence
from vigie.assessment.grades import BadEstimate, BadGrade
from vigie.assessment.ground import NoGround
from vigie.errors import BadInput, NotFound
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import recent, verify
from vigie.schemes.scheme import UnknownLevel

WHY = "Seen by two of our own officers."
AFTERMATH = [
    Chosen("claim-1-1", "aftermath", "carried-out", "for"),
    Chosen("claim-1-1", "aftermath", "here", "for"),
    Chosen("claim-1-2", "aftermath", "fresh", "for", "Said by the police at noon."),
]


@pytest.fixture
def desk(people, claims):
    return people["assessment-desk"]


def graded(actor, *claims, source="B", item="2"):
    for claim in claims:
        actions.grade(actor, claim, source=source, item=item, why=WHY)


def assess(actor, **changes):
    told = {
        "scheme": "fr-vigipirate-2016",
        "level": "UA",
        "zone": "FR",
        "evidence": AFTERMATH,
        "reasons": "An attack has just struck and another is feared.",
        "review": times.now() + timedelta(days=14),
    }
    return actions.assess(actor, **(told | changes))


def entries():
    return len(recent(1000))


def test_a_grade_says_who_when_and_why(desk, claims):
    actions.grade(desk, "claim-1-1", source="B", item="2", why=WHY)
    (row,) = queries.gradings("claim-1-1")
    assert (row.source, row.item, row.why) == ("B", "2", WHY)
    assert (row.person, row.office, row.at) == (desk.person, "assessment-desk", times.now())


def test_a_later_grade_by_a_person_counts_and_the_earlier_stays(desk):
    graded(desk, "claim-1-1")
    graded(desk, "claim-1-1", source="C", item="4")
    assert str(queries.grades(["claim-1-1"])["claim-1-1"]) == "C4"
    assert len(queries.gradings("claim-1-1")) == 2


def test_a_rule_may_propose_a_grade_that_does_not_count(desk):
    actions.propose_grade("claim-1-1")
    assert "claim-1-1" not in queries.grades(["claim-1-1"])
    assert str(queries.proposed_grades(["claim-1-1"])["claim-1-1"]) == "F6"


def test_no_automatic_run_overwrites_a_persons_grade(desk):
    graded(desk, "claim-1-1")
    before = entries()
    with pytest.raises(GradedByPerson, match="graded B2 by a person"):
        actions.propose_grade("claim-1-1")
    assert entries() == before
    assert str(queries.grades(["claim-1-1"])["claim-1-1"]) == "B2"


def test_a_machines_earlier_proposal_is_kept_beside_the_persons_grade(desk):
    actions.propose_grade("claim-1-1")
    graded(desk, "claim-1-1")
    assert str(queries.grades(["claim-1-1"])["claim-1-1"]) == "B2"
    assert str(queries.proposed_grades(["claim-1-1"])["claim-1-1"]) == "F6"


@pytest.mark.parametrize(
    ("claim", "source", "item", "why", "error"),
    [
        ("claim-9-9", "B", "2", WHY, NotFound),
        ("claim-1-1", "G", "2", WHY, BadGrade),
        ("claim-1-1", "B", "7", WHY, BadGrade),
        ("claim-1-1", "B", "2", "  ok  ", TooLittleSaid),
    ],
)
def test_a_grade_that_cannot_be_understood_later_is_refused(desk, claim, source, item, why, error):
    before = entries()
    with pytest.raises(error):
        actions.grade(desk, claim, source=source, item=item, why=why)
    assert entries() == before


def test_only_an_office_with_the_right_grades_or_assesses(desk, people):
    with pytest.raises(NotAllowed):
        actions.grade(people["cabinet"], "claim-1-1", source="B", item="2", why=WHY)
    with pytest.raises(NotAllowed):
        assess(people["analysis"])


def test_an_assessment_keeps_evidence_grades_origins_and_what_the_criteria_gave(desk):
    graded(desk, "claim-1-1", "claim-1-2")
    row = queries.assessment(assess(desk, missing=["Whether the attackers are still at large."]))
    assert (row.level, row.suggested, row.override, row.state) == ("UA", "UA", "", "stands")
    assert (row.documents, row.newsrooms, row.origins) == (1, 1, 1)
    assert "identified-group/identified" in row.unmet
    assert row.missing == ["Whether the attackers are still at large."]
    assert [(e.claim, e.need, e.grade, e.origin) for e in row.evidence.all()] == [
        ("claim-1-1", "carried-out", "B2", "police"),
        ("claim-1-1", "here", "B2", "police"),
        ("claim-1-2", "fresh", "B2", "police"),
    ]


def test_ungraded_claims_give_no_suggestion_so_a_ground_must_be_named(desk):
    with pytest.raises(CriteriaNotMet, match="precaution"):
        assess(desk)
    row = queries.assessment(assess(desk, override="precaution"))
    assert (row.suggested, row.override) == ("", "precaution")


def test_an_override_that_the_scheme_does_not_know_is_refused(desk):
    with pytest.raises(UnknownCriterion, match="Known: precaution"):
        assess(desk, override="fear")


def test_an_override_is_not_kept_where_the_criteria_are_met(desk):
    graded(desk, "claim-1-1", "claim-1-2")
    assert queries.assessment(assess(desk, override="precaution")).override == ""


def test_an_assessment_that_nothing_speaks_for_is_refused(desk):
    for evidence in ([], [Chosen("claim-1-1", "aftermath", "here", "against")]):
        with pytest.raises(NoGround, match="no claim speaks for it"):
            assess(desk, evidence=evidence, override="precaution")


def test_a_withdrawn_or_unknown_claim_cannot_be_evidence(desk, claims):
    claims["claim-1-1"] = replace(claims["claim-1-1"], withdrawn="The paper took it back.")
    with pytest.raises(ClaimWithdrawn, match="claim-1-1"):
        assess(desk, override="precaution")
    del claims["claim-1-1"]
    with pytest.raises(NotFound, match="claim-1-1"):
        assess(desk, override="precaution")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"level": "UB"}, UnknownLevel),
        ({"zone": "BE"}, BadInput),
        ({"level": "VIG"}, UnknownCriterion),
        ({"evidence": [Chosen("claim-1-1", "aftermath", "fear", "for")]}, BadEvidence),
        ({"override": "precaution", "reasons": "because"}, TooLittleSaid),
        ({"override": "precaution", "scale": "PHIA", "word": "severe"}, BadEstimate),
        ({"override": "precaution", "confidence": "total"}, BadEstimate),
        ({"override": "precaution", "review": times.parse("2024-03-22T12:00:00Z")}, BadInput),
    ],
    ids=["level", "zone", "criteria", "need", "reasons", "word", "confidence", "review"],
)
def test_an_assessment_that_does_not_fit_is_refused_and_leaves_nothing(desk, changes, error):
    before = entries()
    with pytest.raises(error):
        assess(desk, **changes)
    assert entries() == before


def test_a_new_assessment_takes_the_place_of_the_one_before(desk):
    first = assess(desk, override="precaution")
    second = assess(desk, override="precaution")
    assert queries.assessment(first).state == "superseded"
    assert [row.id for row in queries.standing("fr-vigipirate-2016", "UA", "FR")] == [second]


def test_dissent_is_kept_with_the_office_that_differs(desk):
    made = assess(
        desk, override="precaution", dissent=["The border desk holds the group unable to act here."]
    )
    actions.dissent(desk, made, "I hold the claim to be propaganda.")
    assert [(d.words, d.office) for d in queries.dissents(made)] == [
        ("The border desk holds the group unable to act here.", "assessment-desk"),
        ("I hold the claim to be propaganda.", "assessment-desk"),
    ]


def test_past_its_review_date_an_assessment_is_stale_until_it_is_upheld(desk):
    made = assess(desk, override="precaution")
    assert queries.stale() == []
    with times.held(times.now() + timedelta(days=15)):
        assert [row.id for row in queries.stale()] == [made]
        assert queries.is_stale(queries.assessment(made))
        actions.review(
            desk,
            made,
            upheld=True,
            words="Nothing new; it holds.",
            next_review=times.now() + timedelta(days=7),
        )
        assert queries.stale() == []


def test_an_assessment_is_upheld_only_with_a_later_date_and_with_ground(desk, claims):
    made = assess(desk, override="precaution")
    with pytest.raises(BadInput, match="later review date"):
        actions.review(desk, made, upheld=True, words="Nothing new; it holds.")
    for claim in ("claim-1-1", "claim-1-2"):
        claims[claim] = replace(claims[claim], withdrawn="Taken back.")
    with pytest.raises(NoGround, match=f"Upholding {made} has lost its ground"):
        actions.review(
            desk,
            made,
            upheld=True,
            words="Nothing new; it holds.",
            next_review=times.now() + timedelta(days=7),
        )


def test_an_ended_assessment_takes_no_more_dissent_or_review(desk):
    made = assess(desk, override="precaution")
    actions.review(desk, made, upheld=False, words="The claim proved false.")
    assert queries.assessment(made).state == "ended"
    with pytest.raises(AssessmentEnded):
        actions.dissent(desk, made, "I differ all the same.")
    with pytest.raises(AssessmentEnded):
        actions.review(desk, made, upheld=False, words="Once more, to be sure.")


def test_a_rebuild_makes_the_same_rows(desk):
    graded(desk, "claim-1-1", "claim-1-2")
    actions.propose_grade("claim-2-1")
    made = assess(desk, dissent=["The border desk differs."])
    actions.dissent(desk, made, "I hold the claim to be propaganda.")
    actions.review(
        desk, made, upheld=True, words="Nothing new; it holds.", next_review=times.now() + timedelta(days=7)
    )
    assess(desk)
    before = rows()
    assert verify().verified
    assert len(before["assessment_evidence"]) == 6
    assert before["assessment_review"]


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_dropped_tables_come_back_row_for_row(desk):
    graded(desk, "claim-1-1", "claim-1-2")
    assess(desk)
    before = rows()
    rebuild()
    assert rows() == before
