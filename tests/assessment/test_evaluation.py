"""For, against, missing; what a suggestion hangs on."""

import pytest
from hypothesis import given, strategies as st

from vigie.assessment import criteria
from vigie.assessment.evaluation import BadEvidence, Evidence, suggest
from vigie.assessment.grades import parse

UA = criteria.load("fr-vigipirate-2016", "UA")
ASKED = [(c.id, n.id) for c in UA.criteria for n in c.needs]


def piece(claim, criterion, need, stance="for", *, origin="", grade="B2"):
    return Evidence(claim, criterion, need, stance, origin, parse(grade) if grade else None)


def aftermath(**changes):
    return [
        piece(f"claim-1-{n}", "aftermath", need, **changes)
        for n, need in enumerate(("carried-out", "here", "fresh"), 1)
    ]


def finding(suggestion, criterion):
    return next(f for f in suggestion.findings if f.criterion.id == criterion)


def said(suggestion, language="en"):
    return [sentence.said() for sentence in suggestion.sentences(language)]


def test_nothing_known_suggests_nothing_and_lists_what_is_missing():
    found = suggest(UA, [])
    assert found.level is None
    assert all(f.state == "open" for f in found.findings)
    assert "Missing: An attack was carried out." in said(found)
    assert any("as a precaution" in sentence for sentence in said(found))


def test_a_criterion_is_met_when_each_of_its_needs_is_shown():
    found = suggest(UA, aftermath())
    assert found.level == "UA"
    assert finding(found, "aftermath").state == "met"
    assert finding(found, "imminent").state == "open"


def test_an_attack_elsewhere_meets_no_criterion():
    found = suggest(
        UA, [piece("c1", "aftermath", "carried-out"), piece("c1", "aftermath", "here", "against")]
    )
    assert found.level is None
    assert finding(found, "aftermath").state == "refuted"
    assert [n.id for n in finding(found, "aftermath").missing] == ["fresh"]


def test_evidence_for_and_against_is_contested_and_suggests_nothing():
    found = suggest(UA, [*aftermath(), piece("c9", "aftermath", "here", "against")])
    assert finding(found, "aftermath").state == "contested"
    assert found.level is None
    assert found.hangs_on_claims == ("c9",)
    assert "Without c9 the criteria for UA would be met." in said(found)


def test_each_claim_and_the_one_origin_it_hangs_on_are_named():
    found = suggest(UA, aftermath(origin="prefecture"))
    assert found.hangs_on_claims == ("claim-1-1", "claim-1-2", "claim-1-3")
    assert found.hangs_on_origins == ("prefecture",)
    assert "Without what comes from prefecture the criteria for UA would not be met." in said(found)


def test_a_second_origin_for_every_need_leaves_nothing_to_hang_on():
    second = [
        piece(f"claim-2-{n}", "aftermath", need, origin="court")
        for n, need in enumerate(("carried-out", "here", "fresh"))
    ]
    found = suggest(UA, [*aftermath(origin="prefecture"), *second])
    assert found.hangs_on_claims == ()
    assert found.hangs_on_origins == ()


@pytest.mark.parametrize("grade", ["E1", "A5", None])
def test_what_is_ungraded_unreliable_or_improbable_is_set_aside_not_counted(grade):
    found = suggest(UA, aftermath(grade=grade))
    assert found.level is None
    assert [len(need.set_aside) for need in finding(found, "aftermath").needs] == [1, 1, 1]


def test_a_level_resting_on_fragile_sources_says_so():
    found = suggest(UA, aftermath(grade="F3"))
    assert found.level == "UA"
    assert "Rests on fragile sources alone: An attack was carried out." in said(found)


def test_the_scheme_is_quoted_in_the_readers_language():
    assert any("à la suite immédiate d'un attentat" in sentence for sentence in said(suggest(UA, []), "fr"))


def test_evidence_for_a_question_nobody_asks_is_refused_with_those_asked():
    with pytest.raises(BadEvidence, match="aftermath/carried-out"):
        suggest(UA, [piece("c1", "aftermath", "fear")])


pieces = st.lists(
    st.builds(
        lambda claim, asked, stance, origin, grade: piece(
            claim, *asked, stance=stance, origin=origin, grade=grade
        ),
        st.sampled_from(["c1", "c2", "c3", "c4", "c5"]),
        st.sampled_from(ASKED),
        st.sampled_from(["for", "against"]),
        st.sampled_from(["", "o1", "o2"]),
        st.sampled_from(["B2", "A1", "F6", "E1", None]),
    ),
    max_size=14,
)


@given(pieces)
def test_what_it_hangs_on_is_exactly_what_changes_the_level_when_taken_away(evidence):
    found = suggest(UA, evidence)
    for claim in {e.claim for e in evidence}:
        without = suggest(UA, [e for e in evidence if e.claim != claim])
        assert (without.level != found.level) == (claim in found.hangs_on_claims)


@given(pieces)
def test_more_support_never_turns_a_met_criterion_back(evidence):
    found = suggest(UA, evidence)
    more = suggest(UA, [*evidence, *aftermath()])
    if found.level == "UA":
        assert more.level == "UA"


@given(pieces)
def test_the_order_of_the_evidence_does_not_matter(evidence):
    assert suggest(UA, evidence).level == suggest(UA, evidence[::-1]).level
