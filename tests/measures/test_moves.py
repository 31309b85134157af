from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vigie.measures.moves import ANSWERS, CLOSED, MOVES, STATES, WAITING, MoveRefused, is_late, may_send, move

EVENTS = ("sent", "failed", "reached", *ANSWERS, "stop", "replace")
AT = datetime(2015, 6, 26, 12, tzinfo=UTC)


def walk(*events):
    state = "open"
    for event in events:
        state = move(state, event)
    return state


def test_every_state_has_its_row_and_leads_only_to_states():
    assert set(MOVES) == set(STATES)
    assert {state for row in MOVES.values() for state in row.values()} <= set(STATES)


def test_a_task_goes_from_open_to_done():
    assert walk("sent", "reached", "acknowledged", "doing", "done") == "done"


def test_received_is_not_done():
    assert walk("sent", "acknowledged") == "acknowledged"


def test_not_reached_is_another_state_than_not_answered():
    assert walk("failed") == "not_reached"
    assert walk("sent") == "sent"
    assert walk("failed", "sent") == "sent"


def test_received_after_done_takes_nothing_back():
    assert walk("sent", "done", "acknowledged") == "done"


def test_the_latest_word_about_the_work_holds():
    assert walk("sent", "done", "cannot") == "cannot"
    assert walk("sent", "cannot", "done") == "done"


def test_a_stand_down_asks_to_stop_and_the_owner_says_stopped():
    assert walk("sent", "done", "stop") == "stop_asked"
    assert walk("sent", "done", "stop", "stopped") == "stopped"


def test_what_was_lifted_before_anybody_was_told_just_ends():
    assert walk("stop") == "ended"


def test_a_late_answer_is_accepted_in_every_told_state():
    for state in set(STATES) - {"open"}:
        for answer in ("acknowledged", "doing", "done", "cannot"):
            assert move(state, answer) in STATES


def test_nobody_has_stopped_what_nobody_asked_to_stop():
    with pytest.raises(MoveRefused, match=r"cannot be 'stopped'\. Possible now"):
        walk("sent", "stopped")


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_no_message_ever_goes_out_after_close(events):
    state, closed = "open", False
    for event in events:
        try:
            state = move(state, event)
        except MoveRefused:
            continue
        closed = closed or state in CLOSED
        assert not (closed and may_send([state])), "a closed task opened again"


def test_a_message_goes_out_while_one_of_its_tasks_is_open():
    assert may_send(["stopped", "sent"])
    assert not may_send(["stopped", "replaced", "ended"])
    assert not may_send([])


@given(st.sampled_from(STATES))
def test_closed_states_let_nothing_out(state):
    if state in CLOSED:
        assert set(MOVES[state].values()) == {state}
        assert state not in WAITING


def test_an_answer_is_late_once_due_is_past_and_silence_too():
    due = AT
    assert not is_late(due, AT, AT + timedelta(days=1))
    assert is_late(due, AT + timedelta(seconds=1), AT + timedelta(days=1))
    assert is_late(due, None, AT + timedelta(seconds=1))
    assert not is_late(due, None, AT)
