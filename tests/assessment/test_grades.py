"""Grades and words of probability."""

import pytest
from hypothesis import given, strategies as st

from vigie.assessment import grades
from vigie.assessment.grades import BadEstimate, BadGrade, Estimate, Grade, parse, propose_item, word_for


@given(st.sampled_from("ABCDEF"), st.sampled_from("123456"))
def test_a_grade_is_read_back_from_its_two_signs_in_any_case(source, item):
    assert parse(source + item) == parse((source + item).lower()) == Grade(source, item)
    assert str(parse(f" {source}{item} ")) == source + item


@pytest.mark.parametrize("text", ["", "B", "2B", "G1", "A7", "A0", "B22", "B 2"])
def test_what_is_no_grade_is_refused_with_what_was_expected(text):
    with pytest.raises(BadGrade, match="letter A to F"):
        parse(text)


def test_a_grade_is_said_in_words():
    assert parse("B2").words == "usually reliable; probably true"


def test_nothing_should_hang_on_a_fragile_grade():
    assert not parse("C3").fragile
    assert all(parse(text).fragile for text in ("D1", "F1", "A4", "B6"))


def test_an_unreliable_source_and_an_improbable_item_show_nothing():
    assert not parse("E1").counts
    assert not parse("A5").counts
    assert parse("F6").counts


def test_credibility_six_has_no_number_in_stix():
    assert [parse(f"A{item}").stix_confidence for item in range(1, 7)] == [90, 70, 50, 30, 10, None]


@pytest.mark.parametrize(
    ("origins", "contradicted", "by_better", "source", "proposed"),
    [
        (2, False, False, "C", "1"),
        (1, False, False, "B", "2"),
        (1, False, False, "C", "6"),
        (2, True, False, "A", "6"),
        (2, True, True, "A", "5"),
        (0, False, False, "A", "6"),
    ],
)
def test_the_proposed_credibility_follows_origins_and_contradictions(
    origins, contradicted, by_better, source, proposed
):
    assert (
        propose_item(origins=origins, contradicted=contradicted, by_better=by_better, source=source)
        == proposed
    )


def test_numbers_are_printed_beside_the_word():
    assert Estimate("ICD 203", "likely").printed() == "likely (55–80 %, ICD 203)"
    assert Estimate("PHIA", "likely").printed() == "likely (55–75 %, PHIA)"


@given(st.integers(1, 99))
def test_icd_203_has_a_word_for_every_percentage_from_1_to_99(percent):
    word = word_for("ICD 203", percent)
    assert word is not None
    assert word.band.low <= percent <= word.band.high


@given(st.integers(0, 100))
def test_phia_has_no_word_in_its_gaps(percent):
    held = [band for band in grades.SCALES["PHIA"] if band.low <= percent <= band.high]
    assert len(held) <= 1
    assert (word_for("PHIA", percent) is None) == (not held)
    if 5 < percent < 10 or 35 < percent < 40 or 90 < percent < 95:
        assert word_for("PHIA", percent) is None


def test_a_border_of_icd_203_belongs_to_the_higher_word():
    assert word_for("ICD 203", 55).word == "likely"
    assert word_for("ICD 203", 0) is None


def test_a_level_word_is_not_a_word_of_probability():
    with pytest.raises(BadEstimate, match="no word 'severe'"):
        Estimate("PHIA", "severe")
    with pytest.raises(BadEstimate, match="not a known scale"):
        word_for("Kent", 60)
