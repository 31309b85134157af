"""What an assessment rests on, now."""

from dataclasses import replace

import pytest

from tests.assessment.test_actions import AFTERMATH, assess, graded
from vigie.assessment import actions, queries
from vigie.assessment.actions import Chosen
from vigie.assessment.ground import NoGround
from vigie.errors import NotFound


@pytest.fixture
def desk(people, claims):
    return people["assessment-desk"]


def withdraw(claims, *ids):
    for claim in ids:
        claims[claim] = replace(claims[claim], withdrawn="Taken back by the paper.")


def test_an_assessment_keeps_its_ground_while_one_supporting_claim_stands(desk, claims):
    made = assess(desk, override="precaution")
    assert queries.ground(made).standing == ("claim-1-1", "claim-1-2")
    withdraw(claims, "claim-1-1")
    ground = queries.ground(made)
    assert ground.holds
    assert ground.lost == ("claim-1-1",)


def test_an_act_is_refused_by_name_when_its_assessment_has_lost_its_ground(desk, claims):
    made = assess(desk, override="precaution")
    withdraw(claims, "claim-1-1", "claim-1-2")
    with pytest.raises(
        NoGround, match=rf"Raising the level of FR has lost its ground: {made} rested on claim-1-1, claim-1-2"
    ):
        queries.ground(made).require("Raising the level of FR")


def test_a_claim_that_speaks_against_is_no_ground(desk, claims):
    evidence = [*AFTERMATH[2:], Chosen("claim-1-1", "aftermath", "here", "against")]
    made = assess(desk, evidence=evidence, override="precaution")
    withdraw(claims, "claim-1-2")
    assert not queries.ground(made).holds


def test_a_claim_that_vanished_is_no_ground(desk, claims):
    made = assess(desk, override="precaution")
    claims.clear()
    assert queries.ground(made).lost == ("claim-1-1", "claim-1-2")


@pytest.mark.usefixtures("home")
def test_the_ground_of_nothing_is_not_found():
    with pytest.raises(NotFound):
        queries.ground("assessment-999")


def test_the_criteria_run_again_without_what_was_withdrawn(desk, claims):
    graded(desk, "claim-1-1", "claim-1-2")
    made = queries.assessment(assess(desk))
    assert queries.dossier(made).suggestion.level == "UA"
    withdraw(claims, "claim-1-2")
    again = queries.dossier(made).suggestion
    assert again.level is None
    assert made.suggested == "UA"


def test_the_criteria_run_again_with_grades_as_they_are_now(desk):
    graded(desk, "claim-1-1", "claim-1-2")
    made = queries.assessment(assess(desk))
    graded(desk, "claim-1-2", source="E", item="5")
    assert queries.dossier(made).suggestion.level is None


def test_a_claim_knows_the_assessments_that_rest_on_it(desk):
    made = assess(desk, override="precaution")
    assert [row.id for row in queries.resting_on("claim-1-2")] == [made]
    assert queries.resting_on("claim-2-1") == []
    actions.review(desk, made, upheld=False, words="The claim proved false.")
    assert queries.resting_on("claim-1-2") == []


@pytest.mark.usefixtures("home")
def test_origins_are_counted_over_documents(claims):
    found = queries.independence(claims.values())
    assert (len(found.documents), len(found.newsrooms), found.count) == (2, 2, 2)
