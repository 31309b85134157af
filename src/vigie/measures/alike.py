"""Owners who are alike, planned together and once: ten thousand stations are asked the same, each at its own place.

Who is of one kind, answers for as many places of the same kinds, and has the same tasks there, gets the same part of a
switch. It is planned for an owner without a name, whose places and tasks are called by their number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from vigie.measures.answering import Answerer
from vigie.measures.tasking import Live, OwnerPlan, Planner


class Holder(NamedTuple):
    """An owner and its tasks under the scheme; halted: those it was asked to stop. language: the one it is written to in."""

    owner: Answerer
    language: str
    live: Sequence[Live] = ()
    halted: Sequence[Live] = ()


class Row(NamedTuple):
    """One of the owners: its places and its tasks, in the order in which the part they share numbers them."""

    owner: str
    sites: Sequence[str]
    tasks: Sequence[str]


@dataclass(frozen=True)
class Alike:
    """Owners who get the same part. part: names places and tasks by their number, as text."""

    part: OwnerPlan
    language: str
    rows: list[Row] = field(default_factory=list)


def planned(planner: Planner, holders: Iterable[Holder], by: datetime | None = None) -> list[Alike]:
    """Plan every owner's part, in the order of the first of each kind; those for whom nothing changes are left out."""
    found: dict[Any, Alike] = {}
    for holder in holders:
        shape, row = _shape(holder)
        alike = found.get(shape)
        if alike is None:
            alike = found[shape] = Alike(_part(planner, holder, row, by), holder.language)
        alike.rows.append(row)
    return [alike for alike in found.values() if alike.part.does_something]


def _shape(holder: Holder) -> tuple[Any, Row]:
    owner = holder.owner
    sites = [site for site, _ in owner.sites]
    kinds = tuple([kind for _, kind in owner.sites])
    if not holder.live and not holder.halted:
        return (holder.language, owner.kind, kinds), Row(owner.id, sites, ())
    places = {site: number for number, site in enumerate(sites)}
    for task in (*holder.live, *holder.halted):
        for site in task.sites:  # places it no longer answers for, too
            places.setdefault(site, len(places))
    tasks = tuple(
        [
            (
                task.measure,
                task.ladder,
                task.zone,
                task.told,
                task.unsent,
                *map(places.__getitem__, task.sites),
            )
            for task in (*holder.live, *holder.halted)
        ]
    )
    shape = (holder.language, owner.kind, kinds, len(holder.live), tasks)
    return shape, Row(owner.id, list(places), [task.task for task in (*holder.live, *holder.halted)])


def _part(planner: Planner, holder: Holder, row: Row, by: datetime | None) -> OwnerPlan:
    number = {site: str(place) for place, site in enumerate(row.sites)}
    owner = Answerer("", holder.owner.kind, tuple((number[site], kind) for site, kind in holder.owner.sites))
    tasks = [
        task._replace(task=str(place), sites=tuple(number[site] for site in task.sites))
        for place, task in enumerate((*holder.live, *holder.halted))
    ]
    live = len(holder.live)
    return planner.plan(owner, tasks[:live], by, halted=tasks[live:])
