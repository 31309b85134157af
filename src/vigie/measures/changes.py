"""What changes for you: one owner's part of a change of posture, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from vigie.measures.answering import Answerer, sites_asked
from vigie.measures.catalogue import Catalogue
from vigie.measures.posture import Posture, one_rung_each, permanent

ChangeKind = Literal["new", "raised", "eased", "ended", "unchanged"]

KINDS: tuple[ChangeKind, ...] = ("new", "raised", "eased", "ended", "unchanged")
"""Kinds of change, in the order in which they are shown: what asks for an act first."""


@dataclass(frozen=True)
class Change:
    """One line of an owner's page.

    kind: `new`; `raised` or `eased` = another rung of the same ladder; `ended` = stop it; `unchanged` = goes on.
    measure: the id that now holds (for `ended`: that held). before: the rung that held, where there was one.
    sites: where; empty = at no site of the owner's own. by: when to have answered; None when nothing is asked.
    """

    kind: ChangeKind
    measure: str
    before: str | None
    sites: tuple[str, ...]
    by: datetime | None

    @property
    def asks(self) -> bool:
        """Say whether the owner has something to do or to stop."""
        return self.kind != "unchanged"


def what_changes(
    catalogue: Catalogue,
    before: Posture | None,
    after: Posture,
    owner: Answerer,
    *,
    by: datetime | None = None,
    told: Iterable[str] | None = None,
) -> tuple[Change, ...]:
    """Give one owner's changes, in the order of KINDS, then of the catalogue.

    before None: only the permanent measures held. told: the measures this owner is known to have been asked for;
    when given it stands in place of `before` for all that is not permanent, so that an owner who came later is told
    of everything and nobody is asked to stop what they were never asked to do.
    """
    held = set(before.active) if before else set(permanent(catalogue))
    if told is not None:
        held = {name for name in held if catalogue.measure(name).permanent} | set(told)
    had = {catalogue.measure(name).ladder: name for name in one_rung_each(catalogue, held)}
    has = {catalogue.measure(name).ladder: name for name in after.active}
    changes = []
    for ladder in had.keys() | has.keys():
        old, new = had.get(ladder), has.get(ladder)
        name = new if new is not None else had[ladder]
        sites = sites_asked(catalogue, catalogue.measure(name), owner)
        if sites is None:
            continue
        kind = _kind(catalogue, old, new)
        changes.append(Change(kind, name, old, sites, None if kind == "unchanged" else by))
    return tuple(
        sorted(changes, key=lambda change: (KINDS.index(change.kind), catalogue.order[change.measure]))
    )


def answer_by(catalogue: Catalogue, level: str, effective: datetime) -> datetime:
    """Give the instant by which owners are asked to have answered; level "" = none stands, and nothing is urgent."""
    hours = catalogue.answer_within_hours
    return effective + timedelta(hours=hours[level] if level else max(hours.values()))


def _kind(catalogue: Catalogue, old: str | None, new: str | None) -> ChangeKind:
    if new is None:
        return "ended"
    if old is None:
        return "new"
    if old == new:
        return "unchanged"
    return "raised" if catalogue.measure(new).rung > catalogue.measure(old).rung else "eased"
