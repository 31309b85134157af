"""The shipped history and a home's own levels, told as one: the same change is never told twice.

A home's record is nearer to the event than any page: where both tell of a change, the home's row stands. What
happens today comes to a home through its own record alone; shipped rows are told from the day after they became
known, so that a replayed home does not know of tonight's decision this morning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from vigie import times
from vigie.history.changes import Change, Move, day_end, takes_effect
from vigie.history.levels import LATEST
from vigie.history.standing import Board, Line, lines_of
from vigie.history.where import Where
from vigie.schemes import dates
from vigie.schemes.reader import Scheme, load

# A page may date a change by its announcement or its first full day.
_SLACK = timedelta(days=1)

# At one instant: what ends comes before what begins, and a page before the record.
_END, _PAGE, _OWN = range(3)


@dataclass(frozen=True)
class Own:
    """A level a home decided or received, as its record holds it.

    effective, until: of the level; told: when the record took it in. by: the office or authority that decided.
    """

    id: str
    scheme: str
    code: str
    zone: str
    effective: datetime
    until: datetime | None
    told: datetime
    reason: str
    by: str
    source: str


def merge(scheme_id: str, shipped: Iterable[Change], own: Iterable[Own], now: datetime) -> tuple[Change, ...]:
    """Give the history of a scheme as a home knows it at `now`, in the order of time.

    Each own level is told as what it did to the level that stood before: raised, lowered, or maintained.
    """
    mine = sorted(
        (level for level in own if level.scheme == scheme_id),
        key=lambda level: (level.effective, level.told, level.id),
    )
    pages = [
        row
        for row in shipped
        if day_end(scheme_id, row.known) <= now and not any(_same(scheme_id, row, level) for level in mine)
    ]
    return tuple(
        sorted([*pages, *_told(scheme_id, pages, mine)], key=lambda row: (row.date.first, takes_effect(row)))
    )


def _told(scheme_id: str, pages: Iterable[Change], mine: Iterable[Own]) -> Iterator[Change]:
    """Give each own level as what it did to the level that stood before it, pages and record played together."""
    scheme = load(scheme_id)
    sure = [row for row in pages if row.confidence != "low"]
    events: list[tuple[datetime, int, int, Line | Own]] = []
    for line in lines_of(scheme, sure, None, LATEST):
        heappush(events, (line.start, _PAGE, len(events), line))
    for level in mine:
        heappush(events, (level.effective, _OWN, len(events), level))
    board, number = Board(scheme), len(events)
    while events:
        at, turn, _, what = heappop(events)
        if isinstance(what, Own):
            change = _change(scheme, what, board.over(Where(what.zone)))
            yield change
            what = Line(change, Where(what.zone), at, what.until, number)
        if turn == _END:
            board.play([], [what], at)
            continue
        board.play([what], [], at)
        if what.end:
            number += 1
            heappush(events, (what.end, _END, number, what))


def _same(scheme_id: str, row: Change, level: Own) -> bool:
    if row.code != level.code or level.zone not in row.zones or row.sector or row.subject or row.area:
        return False
    on = level.effective.astimezone(times.time_zone(load(scheme_id).clock)).date()
    return row.date.first - _SLACK <= on <= row.date.last + _SLACK


def _change(scheme: Scheme, level: Own, before: Sequence[Line]) -> Change:
    clock = times.time_zone(scheme.clock)
    rank = scheme.level(level.code).rank
    stood = scheme.level(before[0].change.code).rank if before else -1
    move: Move = "maintained" if rank == stood else "raised" if rank > stood else "lowered"
    return Change(
        id=level.id,
        scheme=scheme.id,
        date=dates.read(level.effective.astimezone(clock).date().isoformat()),
        known=dates.read(level.told.astimezone(clock).date().isoformat()),
        code=level.code,
        zones=(level.zone,),
        sector="",
        subject="",
        area="",
        until=times.text(level.until) if level.until else "",
        move=move,
        reason=level.reason,
        announced_by=level.by,
        source=level.source,
        confidence="high",
        origin="home",
        start=level.effective,
        told=level.told,
    )
