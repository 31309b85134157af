"""Which levels stand, what changed, what lies ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from vigie import times
from vigie.alert import queries as levels
from vigie.alert.models import Decision, Reception
from vigie.alert.scope import Standing
from vigie.console.lines import Line, lines
from vigie.exposure.ahead import Ahead
from vigie.exposure.queries import ahead
from vigie.homes import Home
from vigie.ledger.queries import head, recent
from vigie.schemes.reader import load
from vigie.steps.convening import own_area

FIRST_VISIT = timedelta(days=7)
"""What somebody who was never here is shown as new."""

MOST_ENTRIES = 500
"""Entries looked through for what changed: beyond them the record's own pages serve better."""

COMINGS = ("accounts.session", "accounts.sign_in", "accounts.assertion")
"""Kinds that say who came and by what: they stand in the record, and a shift that takes over has no use for them."""


@dataclass(frozen=True)
class LevelNow:
    """A level that stands, with what must be known of it at a glance.

    lasts: how long it stands. review: None for one received: its authority reviews it. beaten: the level that
    holds in this zone instead, by the scheme's rule, or None when this one holds.
    """

    standing: Standing
    row: Decision | Reception
    lasts: timedelta
    review: datetime | None
    overdue: timedelta | None
    beaten: Standing | None


@dataclass(frozen=True)
class Changes:
    """What changed: lines newest first; whole: False when older changes were left out."""

    lines: list[Line]
    since: datetime
    first_visit: bool
    whole: bool


def levels_now() -> list[LevelNow]:
    """List the levels that stand: countries before their parts, graver before milder."""
    now = times.now()
    found = []
    for standing in levels.standing(now):
        row = levels.level(standing.id)
        holding = levels.holds(standing.scheme, standing.zone, now)
        review = row.review if isinstance(row, Decision) else None
        found.append(
            LevelNow(
                standing=standing,
                row=row,
                lasts=now - standing.since,
                review=review,
                overdue=now - review if review and review < now else None,
                beaten=holding.winner if holding and holding.winner.id != standing.id else None,
            )
        )
    return sorted(found, key=_order)


def _order(level: LevelNow) -> tuple[int, int, str, str]:
    scheme = load(level.standing.scheme)
    rank = scheme.level(level.standing.code).rank
    return scheme.zones.narrowness(level.standing.zone), -rank, level.standing.zone, level.standing.scheme


def changes(seen: int | None) -> Changes:
    """Draw together what was written since entry `seen` (None: in the last week)."""
    now = times.now()
    read = recent(MOST_ENTRIES)
    found = [written for written, _body in read if not written.kind.startswith(COMINGS)]
    whole = len(read) < MOST_ENTRIES
    if seen is None:
        since = now - FIRST_VISIT
        kept = [written for written in found if written.instant >= since]
    else:
        kept = [written for written in found if written.seq >= seen]
        older = next((written for written in found if written.seq < seen), None)
        since = older.instant if older else now - FIRST_VISIT
    return Changes(lines(kept), since, seen is None, whole or len(kept) < len(found))


def record_size() -> int:
    """Give how many entries the record holds: what a reader has seen is a size of it."""
    return head()[0]


def lies_ahead(days: int) -> Ahead:
    """Say what lies ahead in this home's area from today on, in the home's own zone of time."""
    home: Home = settings.VIGIE_HOME
    today = times.now().astimezone(times.time_zone(home.zone)).date()
    return ahead(own_area(home), days, start=today)
