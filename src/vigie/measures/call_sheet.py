"""Who must be called, and why: not reached and not answered are different lists.

Not reached: the message did not get through, so nobody there knows. Not answered: it got through and no word came.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vigie.errors import BadInput
from vigie.measures.moves import CLOSED, WAITING, State, is_late

Chip = Literal["not-reached", "not-answered", "late", "cannot", "done", "unproven"]

CHIPS: tuple[Chip, ...] = ("not-reached", "not-answered", "late", "cannot", "done", "unproven")

_NOT_REACHED: frozenset[State] = frozenset({"open", "not_reached"})


class UnknownChip(BadInput):
    """A filter that does not exist."""


@dataclass(frozen=True)
class Row:
    """One task as a list shows it. answered: when the owner's first word came; told: the last message got through; proven: a file came with «done»; zone: the place it hangs on, as `places` writes it."""

    task: str
    measure: str
    owner: str
    owner_name: str
    state: State
    due: datetime
    answered: datetime | None = None
    told: bool = True
    proven: bool = False
    zone: str = ""


@dataclass(frozen=True)
class Call:
    """One owner to call: all its rows at once, the earliest due first."""

    owner: str
    owner_name: str
    due: datetime
    late: bool
    rows: tuple[Row, ...]


def check_chip(given: str) -> Chip:
    """Give the chip of that name. Raises UnknownChip."""
    for chip in CHIPS:
        if chip == given:
            return chip
    raise UnknownChip(
        "{given!r} is not a filter. Expected one of: {known}.", given=given, known=", ".join(CHIPS)
    )


def wears(row: Row, chip: Chip, now: datetime) -> bool:
    """Say whether a row belongs to a filter's list."""
    if chip == "not-reached":
        return row.state in _NOT_REACHED or (row.state == "stop_asked" and not row.told)
    if chip == "not-answered":
        return row.state in WAITING and not wears(row, "not-reached", now)
    if chip == "late":
        return row.state not in CLOSED and is_late(row.due, row.answered, now)
    if chip == "unproven":
        return row.state == "done" and not row.proven
    return row.state == chip


def counts(rows: Iterable[Row], now: datetime) -> dict[Chip, int]:
    """Count the rows under each filter."""
    found = list(rows)
    return {chip: sum(wears(row, chip, now) for row in found) for chip in CHIPS}


def calls(rows: Iterable[Row], chip: Chip, now: datetime) -> tuple[Call, ...]:
    """List the owners to call for one filter: late ones first, then by due time, name and id."""
    by_owner: dict[str, list[Row]] = {}
    for row in rows:
        if wears(row, chip, now):
            by_owner.setdefault(row.owner, []).append(row)
    return tuple(sorted((_call(found, now) for found in by_owner.values()), key=_urgency))


def _call(rows: Sequence[Row], now: datetime) -> Call:
    ordered = tuple(sorted(rows, key=lambda row: (row.due, row.measure, row.task)))
    first = ordered[0]
    late = any(wears(row, "late", now) for row in ordered)
    return Call(first.owner, first.owner_name, first.due, late, ordered)


def _urgency(call: Call) -> tuple[bool, datetime, str, str]:
    return (not call.late, call.due, call.owner_name, call.owner)
