"""How things stood at one time, as the record knew them at another: levels, measures and tasks, from entries alone.

Two times are asked for. `known`: only what was on the record by then counts, a prefix of it. `at`: of what was known,
what stood then. A level that was withdrawn later stood for those who did not know it yet, and never stood for those who do.

A fold in the order of the record; it reads no table and no clock.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from vigie import times
from vigie.alert import kinds as alert
from vigie.alert.scope import Standing
from vigie.errors import BadInput
from vigie.ledger.kinds import Kind
from vigie.measures import kinds as measures, switched
from vigie.measures.moves import CLOSED


class KnownBeforeIt(BadInput):
    """What was known before the time asked about cannot say how things stood then."""


class Told(NamedTuple):
    """One entry as the fold takes it. at: text of the record; office: who wrote it; body: None when it was erased."""

    seq: int
    at: str
    office: str
    body: Any


@dataclass(frozen=True)
class MeasuresThen:
    """The measures that were on in a zone under a scheme, since when, and because of which level."""

    posture: str
    cause: str
    scheme: str
    zone: str
    level: str
    since: datetime
    active: tuple[str, ...]


@dataclass(frozen=True)
class TaskThen:
    """One measure asked of one owner, and the state it was in."""

    id: str
    posture: str
    owner: str
    measure: str
    due: datetime
    state: str


@dataclass(frozen=True)
class Picture:
    """What stood at `at`, as known at `known`. position: number of entries the record held by then."""

    at: datetime
    known: datetime
    position: int
    levels: tuple[Standing, ...]
    measures: tuple[MeasuresThen, ...]
    tasks: tuple[TaskThen, ...]

    @property
    def tasks_by_state(self) -> dict[str, int]:
        """Count the tasks in each state."""
        return dict(sorted(Counter(task.state for task in self.tasks).items()))


@dataclass
class _Level:
    id: str
    scheme: str
    code: str
    zone: str
    effective: str
    until: str | None
    received: bool
    authority: str = ""
    stands_from: str | None = None
    ended: str | None = None
    superseded: bool = False
    alone_until: str | None = None

    def stood(self, at: str) -> bool:
        """Say whether it stood at `at`: it was decided or looked at by then, had begun, and had not ended."""
        return (
            self.stands_from is not None
            and self.stands_from <= at
            and self.effective <= at
            and (self.until is None or at < self.until)
            and (self.alone_until is None or at < self.alone_until)
            and (self.ended is None or at < self.ended)
        )


@dataclass
class _Task:
    posture: str
    owner: str
    measure: str
    due: str
    state: str = "open"


@dataclass
class _Fold:
    at: str
    levels: dict[str, _Level] = field(default_factory=dict)
    stand_downs: dict[str, str] = field(default_factory=dict)
    postures: dict[str, tuple[measures.PostureSet, str]] = field(default_factory=dict)
    posture_ended: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, _Task] = field(default_factory=dict)

    def end(self, levels: Iterable[str], at: str) -> None:
        """Note that these levels no longer stand."""
        for level in levels:
            if level in self.levels:
                self.levels[level].ended = at

    def supersede(self, levels: Iterable[str], told: Told, hour: str) -> None:
        """Note that another level takes the place of these at its hour, or at once where that is past."""
        at = max(hour, told.at)
        for one in filter(None, map(self.levels.get, levels)):
            ends = told.at if one.effective >= at else at
            one.ended, one.superseded = min(ends, one.alone_until) if one.alone_until else ends, True

    def move(self, tasks: Iterable[str], state: str) -> None:
        """Bring tasks to a state; closed ones are let go of: nothing can be asked about them any more."""
        for task in tasks:
            if state in CLOSED:
                self.tasks.pop(task, None)
            elif task in self.tasks:
                self.tasks[task].state = state


def _proposed(fold: _Fold, told: Told) -> None:
    body: alert.Proposed = told.body
    made = f"decision-{told.seq}"
    fold.levels[made] = _Level(
        made, body.scheme, body.code, body.zone, body.effective, body.until, received=False
    )


def _revised(fold: _Fold, told: Told) -> None:
    body: alert.Revised = told.body
    level = fold.levels[body.decision]
    level.code, level.effective, level.until = body.code, body.effective, body.until


def _approved(fold: _Fold, told: Told) -> None:
    body: alert.Approved = told.body
    level = fold.levels[body.decision]
    level.stands_from, level.authority = told.at, told.office
    fold.supersede(body.supersedes, told, level.effective)


def _glass_broken(fold: _Fold, told: Told) -> None:
    body: alert.GlassBroken = told.body
    level = fold.levels[body.decision]
    level.stands_from, level.authority, level.alone_until = told.at, told.office, body.until


def _countersigned(fold: _Fold, told: Told) -> None:
    body: alert.Countersigned = told.body
    level = fold.levels[body.decision]
    if body.complete:
        level.authority = told.office
        level.alone_until = None if level.ended is None else level.alone_until
    fold.supersede(body.supersedes, told, told.at)


def _glass_ended(fold: _Fold, told: Told) -> None:
    level = fold.levels[told.body.decision]
    level.ended = min(level.ended or told.at, told.at)


def _received(fold: _Fold, told: Told) -> None:
    body: alert.Received = told.body
    made = f"reception-{told.seq}"
    level = _Level(
        made, body.scheme, body.code, body.zone, body.effective, body.until, received=True,
        authority=body.authority, stands_from=told.at if body.state == "one person" else None,
    )  # fmt: skip
    fold.levels[made] = level
    fold.supersede(body.supersedes, told, body.effective)


def _looked(fold: _Fold, told: Told) -> None:
    body: alert.Looked = told.body
    level = fold.levels[body.reception]
    if body.agrees:
        level.stands_from = level.stands_from or told.at
    else:
        level.stands_from = None
    fold.supersede(body.supersedes, told, level.effective)
    for restored in body.restores:
        if restored in fold.levels:
            fold.levels[restored].ended = None


def _stand_down_proposed(fold: _Fold, told: Told) -> None:
    fold.stand_downs[f"standdown-{told.seq}"] = told.body.effective


def _stood_down(fold: _Fold, told: Told) -> None:
    body: alert.StandDownSettled = told.body
    if not body.agrees:
        return
    level, hour = fold.levels[body.level], max(told.at, fold.stand_downs[body.stand_down])
    heir_from = level.ended if level.superseded else None
    level.ended, level.superseded = told.at if level.effective >= hour else hour, False
    for restored in body.restores:
        fold.levels[restored].ended = None
    if heir_from:  # what would have ended it ends what goes on instead
        fold.supersede(body.restores, told, heir_from)


def _expired(fold: _Fold, told: Told) -> None:
    fold.end([told.body.level], told.at)


def _posture_set(fold: _Fold, told: Told) -> None:
    body: measures.PostureSet = told.body
    hour = max(told.at, body.effective)
    for name, (earlier, since) in fold.postures.items():
        if (earlier.scheme, earlier.zone) == (body.scheme, body.zone) and fold.posture_ended.get(
            name, "9"
        ) > hour:
            fold.posture_ended[name] = told.at if since >= hour else hour
    fold.postures[f"posture-{told.seq}"] = (body, hour)


def _tasks_given(fold: _Fold, told: Told) -> None:
    body: measures.TasksGiven = told.body
    fold.move(body.replaced, "replaced")
    for place, row in enumerate(body.rows):
        fold.tasks[f"task-{told.seq}-{place}"] = _Task(body.posture, row.owner, row.measure, body.due)


def _stop_asked(fold: _Fold, told: Told) -> None:
    body: measures.StopAsked = told.body
    fold.move(body.ended, "ended")
    for task in body.tasks:
        if task in fold.tasks:
            fold.tasks[task].state, fold.tasks[task].due = "stop_asked", body.due


def _switched(fold: _Fold, told: Told) -> None:
    body: measures.Switched = told.body
    for one in switched.told(told.seq, body):
        fold.move(one.replaced, "replaced")
        fold.move(one.ended, "ended")
        for task in one.stop:
            if task in fold.tasks:
                fold.tasks[task].state, fold.tasks[task].due = "stop_asked", body.due
        for made in one.given:
            fold.tasks[made.id] = _Task(body.posture, one.owner, made.line.measure, body.due)


def _answered(fold: _Fold, told: Told) -> None:
    for moved in told.body.tasks:
        fold.move([moved.task], moved.state)


_LEVELS: dict[Kind, Callable[[_Fold, Told], None]] = {
    alert.PROPOSED: _proposed,
    alert.REVISED: _revised,
    alert.APPROVED: _approved,
    alert.GLASS_BROKEN: _glass_broken,
    alert.COUNTERSIGNED: _countersigned,
    alert.GLASS_REFUSED: _glass_ended,
    alert.GLASS_LAPSED: _glass_ended,
    alert.RECEIVED: _received,
    alert.LOOKED: _looked,
    alert.EXPIRED: _expired,
    alert.STAND_DOWN_PROPOSED: _stand_down_proposed,
    alert.STAND_DOWN_SETTLED: _stood_down,
    measures.POSTURE_SET: _posture_set,
}
_TASKS: dict[Kind, Callable[[_Fold, Told], None]] = {
    measures.TASKS_GIVEN: _tasks_given,
    measures.STOP_ASKED: _stop_asked,
    measures.SWITCHED: _switched,
    measures.DELIVERED: lambda fold, told: fold.move(told.body.sent, "sent"),
    measures.FAILED: lambda fold, told: fold.move(told.body.unreached, "not_reached"),
    measures.ANSWERED: _answered,
    measures.CALLED: _answered,
}
LEVEL_KINDS: tuple[Kind, ...] = tuple(_LEVELS)
"""Kinds of entries that tell of levels and measures."""
TASK_KINDS: tuple[Kind, ...] = tuple(_TASKS)
"""Kinds that tell of tasks. What was written of a task after a time says nothing about that time."""
_FOLDS = {kind.body: fold for kind, fold in (_LEVELS | _TASKS).items()}


def picture(entries: Iterable[Told], at: datetime, known: datetime, position: int) -> Picture:
    """Fold entries, in the order of the record, into the picture at `at`.

    entries: of LEVEL_KINDS written by `known`, of TASK_KINDS written by `at`. Those erased (body None) say nothing. Raises KnownBeforeIt when `known` lies before `at`.
    """
    check_order(at, known)
    then = times.text(at)
    fold = _Fold(then)
    for told in entries:
        if told.body is not None:
            _FOLDS[type(told.body)](fold, told)
    return Picture(
        at=at,
        known=known,
        position=position,
        levels=tuple(_standing(level) for level in fold.levels.values() if level.stood(then)),
        measures=tuple(
            _measures(name, body, since)
            for name, (body, since) in fold.postures.items()
            if since <= then and not fold.posture_ended.get(name, "9") <= then
        ),
        tasks=tuple(
            TaskThen(name, task.posture, task.owner, task.measure, times.from_text(task.due), task.state)
            for name, task in fold.tasks.items()
        ),
    )


def check_order(at: datetime, known: datetime) -> None:
    """Raise KnownBeforeIt when `known` lies before `at`."""
    if known < at:
        raise KnownBeforeIt(
            "What was known at {known} cannot say how things stood at {at}, which came later. Give a later time to know it at.",
            known=times.text(known),
            at=times.text(at),
        )


def _standing(level: _Level) -> Standing:
    ends = min(filter(None, (level.until, level.ended, level.alone_until)), default=None)
    return Standing(
        level.id,
        level.scheme,
        level.code,
        level.zone,
        times.from_text(level.effective),
        times.from_text(ends) if ends else None,
        received=level.received,
        authority=level.authority,
    )


def _measures(name: str, body: measures.PostureSet, since: str) -> MeasuresThen:
    return MeasuresThen(
        name, body.cause, body.scheme, body.zone, body.level, times.from_text(since), tuple(body.active)
    )
