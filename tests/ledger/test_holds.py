"""Holds: a home that may not write, or not send, until a person says so."""

import pytest

from vigie.ledger import holds
from vigie.ledger.actions import recording
from vigie.ledger.queries import head


def test_a_hold_stands_with_its_first_reason_until_it_is_lifted(tmp_path):
    assert holds.standing(tmp_path, "writing") is None
    holds.put(tmp_path, "writing", "A witness has seen more.")
    holds.put(tmp_path, "writing", "Something else.")
    assert holds.standing(tmp_path, "writing") == "A witness has seen more."
    holds.lift(tmp_path, "writing")
    holds.lift(tmp_path, "writing")
    holds.check(tmp_path, "writing")


def test_a_hold_on_sending_is_none_on_writing(tmp_path):
    holds.put(tmp_path, "sending", "Restored from a backup.")
    holds.check(tmp_path, "writing")
    with pytest.raises(holds.Held, match="Restored from a backup"):
        holds.check(tmp_path, "sending")


def test_nothing_is_recorded_while_writing_is_held(home):
    before = head()
    holds.put(home.path, "writing", "A witness has seen more than this record holds.")
    with pytest.raises(holds.Held, match="witness has seen more"), recording():
        pass
    holds.lift(home.path, "writing")
    assert head() == before
