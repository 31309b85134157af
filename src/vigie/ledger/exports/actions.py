"""Noting that the record was handed out: who, when, how much of it."""

from typing import Literal

from vigie.ledger.actions import append, next_seq, recorded
from vigie.ledger.kinds import EXPORTED, By, Exported


@recorded
def note_export(by: By, form: Literal["folder", "bundle"]) -> int:
    """Put on the record that it is exported now. Gives the number of entries that go out, this one among them."""
    size = next_seq() + 1
    append(by, EXPORTED, Exported(size=size, form=form))
    return size
