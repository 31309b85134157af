"""What stands where at an instant: each place's own line of changes, and the scheme's rule that picks among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vigie import times
from vigie.history.changes import Change, day_end, known_from, takes_effect
from vigie.history.where import Where, covers
from vigie.schemes import dates
from vigie.schemes.reader import Scheme


@dataclass(frozen=True)
class Line:
    """A change at one of its zones, as an interval on that zone's own line."""

    change: Change
    where: Where
    start: datetime
    end: datetime | None
    order: int


def lines_of(
    scheme: Scheme, changes: Iterable[Change], where: Where | None, known_at: datetime
) -> list[Line]:
    """Give the changes that bear on a place (on any, when none is given), each at its zone, as known at `known_at`."""
    lines: list[Line] = []
    last: dict[Where, Line] = {}
    for order, change in enumerate(sorted(changes, key=lambda c: (c.date.first, takes_effect(c)))):
        if known_from(change) > known_at:
            continue
        for zone in change.zones:
            own = Where(zone, change.sector, change.subject, change.area)
            if where and not covers(scheme, own, where):
                continue
            start = takes_effect(change)
            before = last.get(own)
            if before and before.end and start < before.end <= day_end(scheme.id, change.date):
                # The earlier level had a stated hour on this very day: this change takes effect then.
                start = before.end
            last[own] = Line(change, own, start, stated_end(scheme, change.until), order)
            lines.append(last[own])
    return lines


def stated_end(scheme: Scheme, until: str) -> datetime | None:
    """Give the instant a stated end falls on: the hour, or the end of the day; None when none was stated."""
    if not until:
        return None
    if "T" in until:
        return times.parse(until, scheme.clock)
    return day_end(scheme.id, dates.read(until))


def pick(scheme: Scheme, standing: Sequence[Line]) -> list[Line]:
    """Order what stands by the scheme's rule, the one that holds first."""

    def weight(line: Line) -> tuple[int, int, int, datetime, int]:
        narrow, rank = scheme.zones.narrowness(line.where.zone), scheme.level(line.change.code).rank
        first, second = (narrow, rank) if scheme.rule == "most-specific" else (rank, narrow)
        return first, line.where.narrowing, second, line.start, line.order

    return sorted(standing, key=weight, reverse=True)


class Board:
    """What stands now on each place's own line, as changes are played in the order of time."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._now: dict[Where, Line] = {}
        self._first: dict[Where, Line] = {}

    def play(self, begun: Iterable[Line], ended: Iterable[Line], at: datetime) -> None:
        """Let stated ends take effect, then the changes that begin at this instant, the widest first."""
        for line in ended:
            self._run_out(line, at)
        for line in sorted(begun, key=self._width):
            self._set(line)

    def over(self, where: Where) -> list[Line]:
        """Order what stands over a place by the scheme's rule, the one that holds first."""
        return pick(
            self.scheme, [line for place, line in self._now.items() if covers(self.scheme, place, where)]
        )

    def _set(self, line: Line) -> None:
        if line.change.move == "introduced":
            self._first.setdefault(line.where, line)
        if line.change.move == "lowered":
            self._now.pop(line.where, None)
            around = self.over(line.where)
            if around and around[0].change.code == line.change.code:
                return  # a part lowered to what its surroundings have no longer stands apart
        self._now[line.where] = line

    def _run_out(self, line: Line, at: datetime) -> None:
        if self._now.get(line.where) is not line:
            return
        # A notice that ran out leaves the state the scheme began with, not the notice before it.
        first = self._first.get(line.where)
        if first:
            self._now[line.where] = replace(first, start=at)
        else:
            del self._now[line.where]

    def _width(self, line: Line) -> tuple[int, int, int]:
        return self.scheme.zones.narrowness(line.where.zone), line.where.narrowing, line.order
