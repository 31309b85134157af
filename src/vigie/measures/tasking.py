"""What one owner's tasks become at a switch: which are given, which give way, which are asked to stop.

Each zone has its own posture; an owner may stand under several (a country's and a region's). Their measures add up:
of each ladder the highest rung holds. A task that another zone's posture already gave is not given again, and the
end of a region's posture leaves what the country still asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from vigie.measures.answering import Answerer, sites_asked
from vigie.measures.catalogue import Catalogue
from vigie.measures.changes import KINDS, Change, ChangeKind, what_changes
from vigie.measures.posture import Posture, one_rung_each, permanent


class Live(NamedTuple):
    """A task an owner has now and that is not closed.

    sites: where it was given for. told: the owner was sent it, or spoke of it; else it still waits in a message. unsent: no
    message about it was ever tried. ladder: as it was given; needed of tasks that are asked to stop.
    """

    task: str
    measure: str
    zone: str
    sites: tuple[str, ...]
    told: bool = True
    unsent: bool = False
    ladder: str = ""


@dataclass(frozen=True)
class Planned:
    """One line of the owner's message. task: the task it speaks of; "" = one to be given; None = none at all."""

    kind: ChangeKind
    measure: str
    before: str | None
    sites: tuple[str, ...]
    task: str | None


@dataclass(frozen=True)
class OwnerPlan:
    """What a switch does to one owner's tasks.

    lines: what it is told; given: those whose task is to be made. The others are ids of tasks: replaced: give way;
    stop: it is asked to stop; ended: just end, because nobody was told of them.
    """

    owner: str
    lines: tuple[Planned, ...]
    replaced: tuple[str, ...]
    stop: tuple[str, ...]
    ended: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[Planned, ...]:
        """The lines for which a task is made."""
        return tuple(line for line in self.lines if line.task == "")

    @property
    def says_something(self) -> bool:
        """Say whether the owner must be written to."""
        return any(line.kind != "unchanged" for line in self.lines)

    @property
    def does_something(self) -> bool:
        """Say whether anything changes for the owner."""
        return bool(self.says_something or self.replaced or self.stop or self.ended)


class Planner:
    """Plans each owner's part of going to `after` in `zone`; what owners of one shape are asked is found once."""

    def __init__(self, catalogue: Catalogue, after: Posture, zone: str) -> None:
        self.catalogue, self.after, self.zone = catalogue, after, zone
        self._asked: dict[tuple[str, frozenset[str]], tuple[Posture, Posture]] = {}

    def plan(
        self,
        owner: Answerer,
        live: Iterable[Live],
        by: datetime | None = None,
        *,
        halted: Sequence[Live] = (),
    ) -> OwnerPlan:
        """Plan one owner's part.

        owner: with its sites in the zone only. live: its tasks under this scheme, in every zone, neither closed nor asked to
        stop; halted: those it was asked to stop and that are not stopped.
        """
        catalogue, tasks = self.catalogue, list(live)
        permanent_here, after_here = self._concerning(owner)
        inside = [task for task in tasks if task.zone == self.zone]
        held = [task for task in tasks if _covers(catalogue, task, owner)]
        elsewhere = tuple(task.measure for task in held if task.zone != self.zone)
        merged = Posture(self.after.level, one_rung_each(catalogue, (*after_here.active, *elsewhere)))
        told = [task.measure for task in held]
        changes = what_changes(catalogue, permanent_here, merged, owner, by=by, told=told)
        lines = [_line(change, held) for change in changes]
        spoken = {_ladder(catalogue, line.measure): line for line in lines}
        replaced, stop = [], []
        for task in inside:
            line = spoken.get(_ladder(catalogue, task.measure))
            if line is None or line.kind == "ended":
                stop.append(task)
            elif line.task != task.task:
                replaced.append(task.task)
        # Tasks at places the owner no longer answers for, or for measures the catalogue has dropped, are in no
        # change; they too must be let go. Nobody is told of the end of what they never heard of.
        untold = {task.task for task in tasks if not task.told}
        orphans = [task for task in stop if task.told and _ladder(catalogue, task.measure) not in spoken]
        lines = [line for line in lines if not (line.kind == "ended" and line.task in untold)]
        lines += [Planned("ended", task.measure, task.measure, task.sites, task.task) for task in orphans]
        last = len(catalogue.order)
        lines.sort(
            key=lambda line: (KINDS.index(line.kind), catalogue.order.get(line.measure, last), line.measure)
        )
        # A task asked to stop and not yet answered gives way when its ladder is asked for again.
        again = {catalogue.measure(line.measure).ladder for line in lines if line.task == ""}
        replaced += [task.task for task in halted if task.zone == self.zone and task.ladder in again]
        plan = OwnerPlan(
            owner.id,
            tuple(lines),
            tuple(replaced),
            tuple(task.task for task in stop if not task.unsent),
            tuple(task.task for task in stop if task.unsent),
        )
        return replace(plan, lines=plan.lines + _still_to_stop(plan, halted)) if plan.says_something else plan

    def _concerning(self, owner: Answerer) -> tuple[Posture, Posture]:
        """Give the permanent measures and those of `after` that concern owners of this kind with such sites."""
        shape = owner.kind, frozenset(kind for _, kind in owner.sites)
        if shape not in self._asked:
            permanents, active = (
                tuple(
                    name
                    for name in names
                    if sites_asked(self.catalogue, self.catalogue.measure(name), owner) is not None
                )
                for names in (permanent(self.catalogue), self.after.active)
            )
            self._asked[shape] = Posture("", permanents), Posture(self.after.level, active)
        return self._asked[shape]


def _still_to_stop(plan: OwnerPlan, halted: Iterable[Live]) -> tuple[Planned, ...]:
    """Say again what an earlier, unsent message was to end."""
    said = {line.task for line in plan.lines}
    return tuple(
        Planned("ended", task.measure, task.measure, task.sites, task.task)
        for task in sorted(halted, key=lambda task: task.measure)
        if not task.told and task.task not in said
    )


def _line(change: Change, held: list[Live]) -> Planned:
    task = next((task for task in held if task.measure == change.measure), None)
    if task is None:
        given = "" if change.kind in ("new", "raised", "eased") else None
        return Planned(change.kind, change.measure, change.before, change.sites, given)
    # What an unsent message was to say is still new to its owner.
    kind = "new" if change.kind == "unchanged" and not task.told else change.kind
    return Planned(kind, change.measure, change.before, change.sites, task.task)


def _ladder(catalogue: Catalogue, name: str) -> str:
    known = catalogue.by_id.get(name)
    return known.ladder if known else name


def _covers(catalogue: Catalogue, task: Live, owner: Answerer) -> bool:
    known = catalogue.by_id.get(task.measure)
    asked = sites_asked(catalogue, known, owner) if known else None
    return asked is not None and set(asked) <= set(task.sites)
