"""How much is read of what is restricted: counts by office, by kind of thing and by day, without the things themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

LEAST = 20
"""Readings of one office in one day below which nothing is called unusual."""

TIMES = 3
"""How many times an office's usual day is unusual: a threshold to look by, not a finding."""


@dataclass(frozen=True)
class Reads:
    """So many readings. day: YYYY-MM-DD, UTC; office: id; what: name of the door."""

    day: str
    office: str
    what: str
    count: int


@dataclass(frozen=True)
class Peak:
    """A day on which an office read far more than it usually does. usual: the median of its other days."""

    day: str
    office: str
    count: int
    usual: int


@dataclass(frozen=True)
class Statistics:
    """What an overseer sees. by_day: rows of day, and one count for each of `offices`; by_kind: kind, office, count."""

    total: int
    offices: tuple[str, ...]
    by_day: tuple[tuple[str, tuple[int, ...]], ...]
    by_kind: tuple[tuple[str, str, int], ...]
    peaks: tuple[Peak, ...]


def statistics(reads: Iterable[Reads]) -> Statistics:
    """Count readings: newest day first, the most read kind first."""
    told = list(reads)
    days: Counter[tuple[str, str]] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for one in told:
        days[one.day, one.office] += one.count
        kinds[kind(one.what), one.office] += one.count
    offices = tuple(sorted({office for _, office in days}))
    every = sorted({day for day, _ in days}, reverse=True)
    return Statistics(
        total=sum(one.count for one in told),
        offices=offices,
        by_day=tuple((day, tuple(days[day, office] for office in offices)) for day in every),
        by_kind=tuple(
            (what, office, n) for (what, office), n in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))
        ),
        peaks=tuple(_peaks(days, offices, every)),
    )


def kind(what: str) -> str:
    """Give the kind of thing a door shows: its room, whether the console's page or the API's address was opened."""
    if what.startswith("api/"):
        room = what.removeprefix("api/").partition("/")[0]
        return "exposure" if room == "places" else room
    return what.partition(":")[0]


def _peaks(days: Counter[tuple[str, str]], offices: Iterable[str], every: list[str]) -> Iterable[Peak]:
    for office in offices:
        for day in every:
            count = days[day, office]
            others = [days[other, office] for other in every if other != day]
            usual = int(median(others)) if others else 0
            # One day alone has nothing to be compared with.
            if others and count >= LEAST and count > TIMES * usual:
                yield Peak(day, office, count, usual)
