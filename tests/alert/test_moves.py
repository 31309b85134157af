"""The moves of decisions and receptions."""

import pytest

from vigie.alert import moves


def test_every_state_a_move_leads_to_is_in_the_table():
    for table in (moves.DECISION, moves.RECEPTION):
        assert {then for ways in table.values() for then in ways} <= set(table)


@pytest.mark.parametrize("state", ["rejected", "superseded", "expired"])
def test_what_has_ended_stays_ended(state):
    assert moves.DECISION[state] == frozenset()


def test_a_move_that_is_not_listed_is_refused_with_those_that_are():
    with pytest.raises(moves.WrongMove, match="can become: in force, rejected, returned"):
        moves.check(moves.DECISION, "proposed", "superseded", "decision-1")
    with pytest.raises(moves.WrongMove, match="nothing more"):
        moves.check(moves.DECISION, "rejected", "in force", "decision-1")
