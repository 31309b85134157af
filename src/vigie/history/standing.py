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


def lines_of(scheme: Scheme, changes: Iterable[Change], where: Where, known_at: datetime) -> list[Line]:
    """Give the changes that bear on a place, each at the zone it was set for, as known at `known_at`."""
    lines: list[Line] = []
    for order, change in enumerate(sorted(changes, key=lambda c: (c.date.first, takes_effect(c)))):
        if known_from(change) > known_at:
            continue
        for zone in change.zones:
            own = Where(zone, change.sector, change.subject, change.area)
            if not covers(scheme, own, where):
                continue
            start = takes_effect(change)
            before = [line for line in lines if line.where == own]
            if before and before[-1].end and start < before[-1].end <= day_end(scheme.id, change.date):
                # The earlier level had a stated hour on this very day: this change takes effect then.
                start = before[-1].end
            lines.append(Line(change, own, start, stated_end(scheme, change.until), order))
    return lines


def stated_end(scheme: Scheme, until: str) -> datetime | None:
    """Give the instant a stated end falls on: the hour, or the end of the day; None when none was stated."""
    if not until:
        return None
    if "T" in until:
        return times.parse(until, scheme.clock)
    return day_end(scheme.id, dates.read(until))


def standing_at(scheme: Scheme, lines: Sequence[Line], at: datetime) -> list[Line]:
    """Give, of each line's own history, what stands at `at`; the widest first."""
    groups: dict[Where, list[Line]] = {}
    for line in lines:
        if line.start <= at:
            groups.setdefault(line.where, []).append(line)
    standing: list[Line] = []
    for where in sorted(groups, key=lambda w: (scheme.zones.narrowness(w.zone), w.narrowing, w)):
        group = groups[where]
        last = max(group, key=lambda line: (line.start, line.order))
        if last.end and last.end <= at:
            # A notice that ran out leaves the state the scheme began with, not the notice before it.
            first = next((line for line in group if line.change.move == "introduced"), None)
            if first is None:
                continue
            last = replace(first, start=last.end)
        if last.change.move == "lowered" and last.change.code in _around(scheme, standing, lines, last):
            continue
        standing.append(last)
    return standing


def _around(scheme: Scheme, wider: Sequence[Line], lines: Sequence[Line], line: Line) -> set[str]:
    """Give the code of what held around a part at the moment it was lowered."""
    if not wider:
        return set()
    outer = [each for each in lines if each.where != line.where and covers(scheme, each.where, line.where)]
    held = pick(scheme, standing_at(scheme, outer, line.start))
    return {held[0].change.code} if held else set()


def pick(scheme: Scheme, standing: Sequence[Line]) -> list[Line]:
    """Order what stands by the scheme's rule, the one that holds first."""

    def weight(line: Line) -> tuple[int, int, int, datetime, int]:
        narrow, rank = scheme.zones.narrowness(line.where.zone), scheme.level(line.change.code).rank
        first, second = (narrow, rank) if scheme.rule == "most-specific" else (rank, narrow)
        return first, line.where.narrowing, second, line.start, line.order

    return sorted(standing, key=weight, reverse=True)
