"""The moves of decisions and receptions."""

from datetime import UTC, datetime, timedelta

import pytest

from vigie.alert import moves


def test_every_state_a_move_leads_to_is_in_the_table():
    for table in (moves.DECISION, moves.RECEPTION):
        assert {then for ways in table.values() for then in ways} <= set(table)


@pytest.mark.parametrize("state", ["rejected", "superseded", "stood down", "expired"])
def test_what_has_ended_stays_ended(state):
    assert moves.DECISION[state] == frozenset()


def test_a_move_that_is_not_listed_is_refused_with_those_that_are():
    with pytest.raises(moves.WrongMove, match="can become: signed for its hour, rejected, returned"):
        moves.check(moves.DECISION, "proposed", "superseded", "decision-1")
    with pytest.raises(moves.WrongMove, match="nothing more"):
        moves.check(moves.DECISION, "rejected", "in force", "decision-1")


def at(hours, written="in force", before="in force", *, decided=True, effective=0, until=None, ended=None):
    def hour(n):
        return None if n is None else datetime(2024, 3, 22, tzinfo=UTC) + timedelta(hours=n)

    return moves.stage(
        written,
        before,
        decided=decided,
        effective=hour(effective),
        until=hour(until),
        ended=hour(ended),
        at=hour(hours),
    )


def test_a_level_signed_for_later_is_in_force_from_its_hour_on_with_nothing_written_then():
    assert [at(hours, effective=8) for hours in (0, 7, 8, 9)] == [
        "approved",
        "approved",
        "in force",
        "in force",
    ]
    assert at(0, "one person", decided=False, effective=8) == "one person"


def test_what_is_to_give_way_goes_on_until_that_hour():
    assert [at(hours, "superseded", ended=8) for hours in (0, 7, 8)] == ["in force", "in force", "superseded"]
    assert [at(hours, "stood down", "one person", ended=8) for hours in (0, 8)] == [
        "one person",
        "stood down",
    ]
    assert at(0, "superseded", effective=8, ended=10) == "approved"


def test_a_stated_end_is_an_end_though_nothing_noted_it():
    assert [at(hours, until=3) for hours in (0, 2, 3)] == ["in force", "in force", "expired"]
    assert at(4, "superseded", until=3, ended=8) == "expired"


def test_what_never_stood_is_no_stage_of_standing():
    assert at(0, "proposed", effective=8) == "proposed"
    assert at(0, "rejected", ended=8) == "rejected"
