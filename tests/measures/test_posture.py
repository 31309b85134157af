import pytest
from hypothesis import given, strategies as st

from vigie.measures.catalogue import UnknownMeasure
from vigie.measures.catalogue_file import shipped
from vigie.measures.posture import (
    NotActive,
    OnAndOff,
    PermanentMeasure,
    Posture,
    UnknownLevel,
    default,
    differ,
    one_rung_each,
    permanent,
    step,
    without_level,
)

FRENCH = shipped("fr-vigipirate-2016")
NAMES = st.sets(st.sampled_from([m.id for m in FRENCH.measures]))
LEVELS = st.sampled_from(FRENCH.levels)


def test_the_lowest_level_has_the_permanent_measures_and_what_starts_there(small):
    assert default(small, "VIG").active == ("BAT 10-01", "TELL")


def test_a_higher_rung_replaces_the_lower_one(small):
    assert "BAT 21-01" in default(small, "SRRA").active
    assert "BAT 22-01" in default(small, "UA").active
    assert "BAT 21-01" not in default(small, "UA").active


def test_the_level_may_fall_while_a_measure_stays(small):
    before = default(small, "UA")
    after = step(small, before, "SRRA", keep=["SCHOOL"])
    assert after.level == "SRRA"
    assert after.active == ("BAT 10-01", "BAT 21-01", "SCHOOL", "TELL")
    assert differ(small, before, after).lifted == ("SHOP",)


def test_a_kept_rung_stays_above_the_one_the_lower_level_would_set(small):
    after = step(small, default(small, "UA"), "SRRA", keep=["BAT 22-01"])
    assert "BAT 22-01" in after.active
    assert "BAT 21-01" not in after.active


def test_leaving_a_rung_out_leaves_the_one_below(small):
    assert "BAT 21-01" in step(small, None, "UA", off=["BAT 22-01"]).active


def test_a_person_may_switch_on_what_is_never_on_by_default(small):
    assert "BAT 23-01" in step(small, None, "SRRA", on=["BAT 23-01"]).active


def test_a_permanent_measure_cannot_be_switched_off(small):
    with pytest.raises(PermanentMeasure, match="BAT 10-01 is permanent"):
        step(small, None, "UA", off=["BAT 10-01"])


def test_what_is_not_on_cannot_be_kept(small):
    with pytest.raises(NotActive, match="SCHOOL cannot be kept"):
        step(small, default(small, "SRRA"), "SRRA", keep=["SCHOOL"])
    with pytest.raises(NotActive):
        step(small, None, "SRRA", keep=["SCHOOL"])


def test_one_measure_is_not_switched_on_and_off_at_once(small):
    with pytest.raises(OnAndOff, match="SHOP"):
        step(small, None, "UA", on=["SHOP"], off=["SHOP"])


def test_an_unknown_level_or_measure_is_refused(small):
    with pytest.raises(UnknownLevel, match=r"no level 'RED'\. Its levels are: VIG, SRRA, UA"):
        default(small, "RED")
    with pytest.raises(UnknownMeasure):
        step(small, None, "UA", on=["NOPE"])


def test_a_change_says_what_comes_stays_changes_rung_and_goes(small):
    change = differ(small, default(small, "SRRA"), default(small, "UA"))
    assert change.on == ("SCHOOL", "SHOP")
    assert change.kept == ("BAT 10-01", "TELL")
    assert change.replaced == (("BAT 21-01", "BAT 22-01"),)
    assert change.lifted == ()


@given(NAMES)
def test_of_each_ladder_the_highest_rung_alone_is_active_whatever_the_order(names):
    found = one_rung_each(FRENCH, names)
    assert found == one_rung_each(FRENCH, sorted(names, reverse=True))
    ladders = [FRENCH.measure(name).ladder for name in found]
    assert len(ladders) == len(set(ladders))
    assert set(ladders) == {FRENCH.measure(name).ladder for name in names}
    for name in names:
        top = next(other for other in found if FRENCH.measure(other).ladder == FRENCH.measure(name).ladder)
        assert FRENCH.measure(top).rung >= FRENCH.measure(name).rung


@given(LEVELS, NAMES, LEVELS, NAMES)
def test_permanent_measures_are_on_in_every_posture_and_a_change_leaves_nothing_out(low, first, high, second):
    one, two = step(FRENCH, None, low, on=first), step(FRENCH, None, high, on=second)
    assert set(permanent(FRENCH)) <= set(one.active) & set(two.active)
    change = differ(FRENCH, one, two)
    assert set(change.on) | set(change.kept) | {new for _, new in change.replaced} == set(two.active)
    assert set(change.lifted) | set(change.kept) | {old for old, _ in change.replaced} == set(one.active)


@given(LEVELS)
def test_a_higher_level_never_lowers_a_rung_by_default(level):
    lower = FRENCH.levels[: FRENCH.levels.index(level) + 1]
    for below in lower:
        change = differ(FRENCH, default(FRENCH, below), default(FRENCH, level))
        assert change.lifted == ()
        assert all(FRENCH.measure(new).rung > FRENCH.measure(old).rung for old, new in change.replaced)


def test_where_no_level_stands_only_the_permanent_measures_and_those_kept_are_on(small):
    before = default(small, "UA")
    assert without_level(small, before) == Posture("", ("BAT 10-01",))
    assert without_level(small, before, keep=["SHOP"]).active == ("BAT 10-01", "SHOP")
    with pytest.raises(NotActive):
        without_level(small, None, keep=["SHOP"])
