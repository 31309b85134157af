from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from vigie.measures.answering import Answerer, sites_asked
from vigie.measures.catalogue_file import shipped
from vigie.measures.changes import KINDS, answer_by, what_changes
from vigie.measures.posture import default, step

FRENCH = shipped("fr-vigipirate-2016")
BY = datetime(2015, 6, 27, 12, tzinfo=UTC)


def seen(changes):
    return [(change.kind, change.measure) for change in changes]


def test_at_a_raise_an_owner_reads_what_is_new_raised_and_unchanged_and_nothing_else(small, mall):
    changes = what_changes(small, default(small, "SRRA"), default(small, "UA"), mall, by=BY)
    assert seen(changes) == [("new", "SHOP"), ("raised", "BAT 22-01"), ("unchanged", "BAT 10-01")]
    assert changes[1].before == "BAT 21-01"
    assert changes[0].sites == ("s-mall",)
    assert [change.by for change in changes] == [BY, BY, None]


def test_at_a_stand_down_an_owner_reads_what_ended_and_what_was_eased(small, mall):
    changes = what_changes(small, default(small, "UA"), default(small, "SRRA"), mall)
    assert seen(changes) == [("eased", "BAT 21-01"), ("ended", "SHOP"), ("unchanged", "BAT 10-01")]


def test_what_was_kept_at_a_partial_stand_down_is_unchanged(small, mall):
    before = default(small, "UA")
    changes = what_changes(small, before, step(small, before, "SRRA", keep=["SHOP"]), mall)
    assert ("unchanged", "SHOP") in seen(changes)


def test_an_owner_whom_nothing_concerns_reads_nothing(small):
    assert what_changes(small, None, default(small, "UA"), Answerer("o-none", "operator")) == ()


def test_before_the_first_posture_only_the_permanent_measures_held(small, mall):
    changes = what_changes(small, None, default(small, "SRRA"), mall)
    assert seen(changes) == [("new", "BAT 21-01"), ("unchanged", "BAT 10-01")]


def test_an_owner_who_came_later_is_told_of_everything_that_is_on(small, mall):
    now = default(small, "UA")
    changes = what_changes(small, now, now, mall, told=[])
    assert seen(changes) == [("new", "BAT 22-01"), ("new", "SHOP"), ("unchanged", "BAT 10-01")]


def test_nobody_is_asked_to_stop_what_they_were_never_asked_to_do(small, mall):
    changes = what_changes(small, default(small, "UA"), default(small, "VIG"), mall, told=["BAT 22-01"])
    assert seen(changes) == [("ended", "BAT 22-01"), ("unchanged", "BAT 10-01")]


def test_the_time_to_answer_follows_from_the_level(small):
    assert answer_by(small, "UA", BY) - BY == timedelta(hours=24)


LEVELS = st.sampled_from(FRENCH.levels)
NAMES = st.sets(st.sampled_from([m.id for m in FRENCH.measures]))
OWNERS = st.builds(
    Answerer,
    id=st.just("o-1"),
    kind=st.sampled_from(["operator", "town-hall", "organiser", "prefecture", "health"]),
    sites=st.lists(
        st.tuples(
            st.uuids().map(str), st.sampled_from(["station", "shopping", "museum", "school", "health"])
        ),
        max_size=4,
    ).map(tuple),
)


@given(LEVELS, NAMES, LEVELS, NAMES, OWNERS)
def test_every_active_measure_of_an_owner_stands_on_the_page_once_and_in_order(
    low, first, high, second, owner
):
    before, after = step(FRENCH, None, low, on=first), step(FRENCH, None, high, on=second)
    changes = what_changes(FRENCH, before, after, owner)
    mine = [name for name in after.active if sites_asked(FRENCH, FRENCH.measure(name), owner) is not None]
    assert sorted(c.measure for c in changes if c.kind != "ended") == sorted(mine)
    assert [KINDS.index(c.kind) for c in changes] == sorted(KINDS.index(c.kind) for c in changes)
    assert changes == what_changes(FRENCH, before, after, owner)


@given(LEVELS, NAMES, OWNERS)
def test_the_same_posture_again_changes_nothing(level, names, owner):
    posture = step(FRENCH, None, level, on=names)
    assert {change.kind for change in what_changes(FRENCH, posture, posture, owner)} <= {"unchanged"}


@given(LEVELS, LEVELS, NAMES, OWNERS)
def test_going_there_and_back_ends_what_it_began(low, high, names, owner):
    home, away = step(FRENCH, None, low), step(FRENCH, None, high, on=names)
    began = {c.measure for c in what_changes(FRENCH, home, away, owner) if c.kind == "new"}
    ended = {c.measure for c in what_changes(FRENCH, away, home, owner) if c.kind == "ended"}
    assert began == ended
