"""The shipped history and a home's own levels, told as one: the same change is never told twice.

A home's record is nearer to the event than any page: where both tell of a change, the home's row stands. What
happens today comes to a home through its own record alone; shipped rows are told from the day after they became
known, so that a replayed home does not know of tonight's decision this morning.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie import times
from vigie.history.changes import Change, Move, day_end, takes_effect
from vigie.history.levels import level_at
from vigie.schemes import dates
from vigie.schemes.reader import load

# A page may date a change by its announcement or its first full day.
_SLACK = timedelta(days=1)


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
    rows = [
        row
        for row in shipped
        if day_end(scheme_id, row.known) <= now and not any(_same(scheme_id, row, level) for level in mine)
    ]
    for level in mine:
        rows.append(_change(scheme_id, level, rows))
    return tuple(sorted(rows, key=lambda row: (row.date.first, takes_effect(row))))


def _same(scheme_id: str, row: Change, level: Own) -> bool:
    if row.code != level.code or level.zone not in row.zones or row.sector or row.subject or row.area:
        return False
    on = level.effective.astimezone(times.time_zone(load(scheme_id).clock)).date()
    return row.date.first - _SLACK <= on <= row.date.last + _SLACK


def _change(scheme_id: str, level: Own, rows: Iterable[Change]) -> Change:
    scheme = load(scheme_id)
    clock = times.time_zone(scheme.clock)
    before = level_at(scheme_id, level.effective - timedelta(seconds=1), zone=level.zone, changes=rows)
    rank = scheme.level(level.code).rank
    stood = scheme.level(before.code).rank if before.code else -1
    move: Move = "maintained" if before.code == level.code else "raised" if rank > stood else "lowered"
    return Change(
        id=level.id,
        scheme=scheme_id,
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
