"""Which level holds at a place and a time, and which rule said so.

Pure and order-free: the answer depends on the set of standing levels, not on how they came. The rule is data
of the scheme; the losing levels are named, so that nobody has to guess why theirs does not hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vigie.schemes.reader import Scheme


@dataclass(frozen=True)
class Standing:
    """A level that stands somewhere, from when to when.

    id: of the decision or reception; received: True when it was decided elsewhere; until: None when until
    further notice.
    """

    id: str
    scheme: str
    code: str
    zone: str
    since: datetime
    until: datetime | None
    received: bool
    authority: str = ""


@dataclass(frozen=True)
class Holding:
    """The level that holds at a place, the rule that picked it, and those it won over."""

    winner: Standing
    rule: str
    losers: tuple[Standing, ...]


def holding(scheme: Scheme, standing: Iterable[Standing], zone: str, at: datetime) -> Holding | None:
    """Give the level of `scheme` that holds in `zone` at `at`; None when none does.

    Candidates are those of the scheme whose zone covers `zone` and whose time covers `at` (from `since`
    included to `until` excluded). Under `highest-covering` the gravest rank wins, under `most-specific` the
    narrowest zone, under `single` the latest; equals are parted by the narrower zone, then the later start,
    then the id, so that the answer never hangs on order.
    """
    candidates = [
        s
        for s in standing
        if s.scheme == scheme.id
        and scheme.zones.covers(s.zone, zone)
        and s.since <= at
        and (s.until is None or at < s.until)
    ]
    if not candidates:
        return None
    rule = scheme.rule or "single"
    ranked = sorted(candidates, key=lambda s: _weight(scheme, rule, s), reverse=True)
    return Holding(ranked[0], rule, tuple(ranked[1:]))


def _weight(scheme: Scheme, rule: str, standing: Standing) -> tuple[int, int, datetime, str]:
    rank = scheme.level(standing.code).rank
    narrow = scheme.zones.narrowness(standing.zone)
    first, second = {"highest-covering": (rank, narrow), "most-specific": (narrow, rank), "single": (0, 0)}[
        rule
    ]
    return first, second, standing.since, standing.id


def covered_by(scheme: Scheme, standing: Iterable[Standing], zone: str) -> list[Standing]:
    """List the standing levels of `scheme` that a new level for the whole of `zone` takes the place of.

    Only those for exactly this zone: a level for the country leaves a graver one for a region where it is.
    """
    return [s for s in standing if s.scheme == scheme.id and s.zone == zone]
