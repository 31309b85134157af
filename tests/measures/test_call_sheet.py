from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vigie.measures.call_sheet import CHIPS, Row, UnknownChip, calls, check_chip, counts, wears
from vigie.measures.moves import STATES

NOW = datetime(2015, 6, 26, 12, tzinfo=UTC)


def row(state, *, owner="o-1", due=1, answered=None, told=True, measure="M"):
    return Row(
        f"t-{owner}-{measure}",
        measure,
        owner,
        f"Owner {owner}",
        state,
        NOW + timedelta(hours=due),
        answered,
        told,
    )


ROWS = st.builds(
    row,
    st.sampled_from(STATES),
    owner=st.sampled_from(["o-1", "o-2", "o-3"]),
    due=st.integers(-3, 3),
    told=st.booleans(),
)


@given(ROWS)
def test_nobody_is_on_both_the_not_reached_and_the_not_answered_list(one):
    assert not (wears(one, "not-reached", NOW) and wears(one, "not-answered", NOW))


def test_a_message_that_failed_is_not_reached_and_one_that_got_through_is_not_answered():
    assert wears(row("not_reached"), "not-reached", NOW)
    assert wears(row("sent"), "not-answered", NOW)
    assert not wears(row("acknowledged"), "not-answered", NOW)


def test_an_owner_who_never_got_the_stand_down_is_not_reached():
    assert wears(row("stop_asked", told=False), "not-reached", NOW)
    assert wears(row("stop_asked"), "not-answered", NOW)


def test_done_after_due_is_late_and_done():
    late = row("done", due=-2, answered=NOW - timedelta(hours=1))
    assert wears(late, "late", NOW)
    assert wears(late, "done", NOW)


def test_a_closed_task_is_on_no_list():
    for state in ("stopped", "ended", "replaced"):
        assert not any(wears(row(state, due=-5), chip, NOW) for chip in CHIPS)


def test_a_call_sheet_has_each_owner_once_with_all_their_tasks_late_ones_first():
    found = calls(
        [
            row("sent", owner="o-2"),
            row("sent", owner="o-1", due=-1),
            row("sent", owner="o-2", measure="N", due=2),
        ],
        "not-answered",
        NOW,
    )
    assert [(call.owner, call.late, len(call.rows)) for call in found] == [
        ("o-1", True, 1),
        ("o-2", False, 2),
    ]


@given(st.lists(ROWS, max_size=12))
def test_the_sheet_does_not_depend_on_the_order_of_the_rows(rows):
    distinct = list({one.task: one for one in rows}.values())
    for chip in CHIPS:
        assert calls(distinct, chip, NOW) == calls(reversed(distinct), chip, NOW)
        assert sum(len(call.rows) for call in calls(distinct, chip, NOW)) == counts(distinct, NOW)[chip]


def test_an_unknown_filter_is_refused_with_those_there_are():
    assert check_chip("late") == "late"
    with pytest.raises(UnknownChip, match="not-reached, not-answered"):
        check_chip("rude")
