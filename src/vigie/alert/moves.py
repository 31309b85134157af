"""The moves of a decision and of a reception, as tables: what is not listed here cannot happen.

Some moves are acts of persons, written when they are done. Others are hours that were signed and have come: a level signed
for later is in force from its hour, and what it takes the place of ends then. `stage` reads those off the signed hours; no clock
has to write anything for them to be true.
"""

from collections.abc import Mapping
from datetime import datetime

from vigie.errors import Conflict

DECISION: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"returned", "rejected", "approved"}),
    "returned": frozenset({"proposed", "rejected"}),
    "approved": frozenset({"in force", "superseded", "stood down"}),
    "in force": frozenset({"superseded", "stood down", "expired"}),
    "alone": frozenset({"superseded", "expired"}),
    "rejected": frozenset(),
    "superseded": frozenset(),
    "stood down": frozenset(),
    "expired": frozenset(),
    "lapsed": frozenset(),
}

# What one person may do alone, and what others then do about it. No ordinary approval or refusal is made by this table.
GLASS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(DECISION, frozenset()),
    "proposed": frozenset({"alone"}),
    "alone": frozenset({"in force", "rejected", "lapsed"}),
}

# A raise received by one person holds at once; a lowering waits for a second person's look.
RECEPTION: Mapping[str, frozenset[str]] = {
    "one person": frozenset({"in force", "withdrawn", "superseded", "stood down", "expired"}),
    "waits for a second": frozenset({"in force", "withdrawn"}),
    "in force": frozenset({"superseded", "stood down", "expired"}),
    "withdrawn": frozenset(),
    "superseded": frozenset(),
    "stood down": frozenset(),
    "expired": frozenset(),
}

STAND_DOWN: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"signed", "rejected"}),
    "signed": frozenset(),
    "rejected": frozenset(),
}
"""Of a stand-down, whose effect on its level is «stood down»."""

STANDING = ("in force", "one person", "alone")
"""States in which a level holds."""


ENDED = ("superseded", "stood down")
"""States written when an end is signed; the end itself may be for later."""


def stage(
    written: str,
    before: str,
    *,
    decided: bool,
    effective: datetime,
    until: datetime | None,
    ended: datetime | None,
    at: datetime,
) -> str:
    """Say where a level stands at `at`, given the state that is written and the hours that were signed with it.

    written: a key of DECISION or RECEPTION. before: what it is until `ended`, the hour at which another takes its place or it is
    stood down. decided: here, so that it is «approved» until its hour; one received keeps the state of its reception.
    """
    state = before if written in ENDED and ended is not None and at < ended else written
    if state not in STANDING:
        return state
    if until is not None and until <= at:
        return "expired"
    return "approved" if decided and at < effective else state


class WrongMove(Conflict):
    """The thing is not in a state that allows this move."""


def check(moves: Mapping[str, frozenset[str]], now: str, then: str, what: str) -> None:
    """Raise WrongMove unless `what` may move from `now` to `then`."""
    if then not in moves[now]:
        possible = ", ".join(sorted(moves[now])) or "nothing more"
        raise WrongMove(
            "{what} is {now!r} and cannot become {then!r}. From here it can become: {possible}.",
            what=what,
            now=now,
            then=then,
            possible=possible,
        )
