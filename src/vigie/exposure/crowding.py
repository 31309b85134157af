"""How many people are expected at a site, as a range and never as one number.

The formula, in words. Visits on a day = visits a year, shared out over its weeks by the kind's weekday weights, times
the kind's factors for public and school holidays. Hours of presence = visits × hours a visit lasts. They spread over
the open half hours by the kind's day shape; people present in a half hour = hours of presence falling in it ÷ half an
hour (Little's law: people present = people arriving an hour × hours they stay). A listed event at the site adds its
attendance during its hours. Nobody present exceeds a stated capacity, events included. Low ends are combined with low
ends, high with high: the range is wide, and it is meant to be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vigie.errors import BadInput
from vigie.exposure import areas, opening, site_kinds
from vigie.exposure.dated import Dated

SLOTS = 48
WEEKS = 365.2425 / 7
# Two halves of a day that teams can hold; the night before six is not planned for.
HALVES = {"am": (12, 30), "pm": (30, 48)}  # half hours: 06:00-15:00 and 15:00-24:00
BASES = ("figure", "capacity", "assumed")

Floats = NDArray[np.float32]


class UnknownHalf(BadInput):
    """A part of the day other than am and pm."""


class Place(Protocol):
    """What crowding needs to know of a site: a SiteRow has it, a stored site too."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def yearly_visitors(self) -> int | None: ...  # noqa: D102
    @property
    def capacity(self) -> int | None: ...  # noqa: D102
    @property
    def opening(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Yearly:
    """Visits a year as a range, and where the range comes from.

    basis: figure (the site's own), capacity (its capacity, filled as often as its kind assumes), assumed (kind only).
    """

    low: float
    high: float
    basis: str
    reason: str


@dataclass(frozen=True)
class Present:
    """People expected at one site in one half of one day, on average over that half.

    low, high: people, two significant digits. basis: see Yearly; "event" when a listed event makes the number.
    """

    site: str
    day: date
    half: str
    low: int
    high: int
    basis: str


@dataclass(frozen=True)
class DayFacts:
    """What the calendar says of one day for one area. school_share: the part of its school zones that is off, 0 to 1."""

    weekday: int
    public_holiday: bool
    school_share: float


def yearly(place: Place) -> Yearly:
    """Give a site's visits a year as a range, with its basis and the reason of it. Raises UnknownSiteKind."""
    kind = site_kinds.get(place.kind)
    low, high = site_kinds.figure_spread()
    if place.yearly_visitors is not None:
        return Yearly(
            place.yearly_visitors * low, place.yearly_visitors * high, "figure", "the site's own figure"
        )
    if place.capacity is not None and kind.fills is not None:
        return Yearly(place.capacity * kind.fills[0], place.capacity * kind.fills[1], "capacity", kind.why())
    return Yearly(*kind.yearly, "assumed", kind.why())


def slots(place: Place, facts: Sequence[DayFacts]) -> tuple[Floats, Floats]:
    """Give the people expected in each half hour of each day, without events.

    Returns two float32 arrays (days, 48), low and high. Raises UnknownSiteKind, BadOpening.
    """
    low, high = _week(place.kind, place.opening)
    visits = yearly(place)
    kinds = site_kinds.get(place.kind)
    weekday = np.fromiter((f.weekday for f in facts), dtype=np.intp, count=len(facts))
    off = np.fromiter((f.public_holiday for f in facts), dtype=np.intp, count=len(facts))
    school = np.fromiter((f.school_share for f in facts), dtype=np.float32, count=len(facts))
    both = []
    for end, year, shape in ((0, visits.low, low), (1, visits.high, high)):
        factor = (1 + (np.float32(kinds.holiday[end]) - 1) * off) * (
            1 + (np.float32(kinds.school[end]) - 1) * school
        )
        people = shape[off, weekday] * (factor * np.float32(year / WEEKS))[:, None]
        both.append(np.minimum(people, np.float32(place.capacity)) if place.capacity is not None else people)
    return both[0].astype(np.float32, copy=False), both[1].astype(np.float32, copy=False)


def stream(
    places: Iterable[Place], start: date, days: int, entries: Iterable[Dated]
) -> Iterator[tuple[str, Floats, Floats]]:
    """Give for each site its id and its half hours (days, 48), low and high, listed events added.

    entries: what `calendar.entries` gave for these days. One site is held at a time.
    """
    found = tuple(entries)
    by_area: dict[str, tuple[DayFacts, ...]] = {}
    at_site: dict[str, list[Dated]] = {}
    for entry in found:
        if entry.kind == "event" and entry.site:
            at_site.setdefault(entry.site, []).append(entry)
    for place in places:
        if place.area not in by_area:
            by_area[place.area] = day_facts(start, days, place.area, found)
        low, high = slots(place, by_area[place.area])
        for event in at_site.get(place.id, ()):
            _add(event, place, start, low, high)
        yield place.id, low, high


def present(places: Iterable[Place], start: date, days: int, entries: Iterable[Dated]) -> tuple[Present, ...]:
    """Give the people expected at each site in each half day, by site, day, half.

    Raises UnknownSiteKind, BadOpening.
    """
    listed, found = tuple(places), tuple(entries)
    bases = {place.id: yearly(place).basis for place in listed}
    events = [e for e in found if e.kind == "event" and e.site]
    result = []
    for site, low, high in stream(listed, start, days, found):
        for index in range(days):
            day = start + timedelta(days=index)
            eventful = any(e.site == site and e.start <= day <= e.end for e in events)
            for half, (first, last) in HALVES.items():
                least, most = (rounded(float(a[index, first:last].mean())) for a in (low, high))
                basis = "event" if eventful else bases[site]
                result.append(Present(site, day, half, least, most, basis))
    return tuple(result)


def half(name: str) -> tuple[int, int]:
    """Give the half hours (first, last excluded) of a half day. Raises UnknownHalf."""
    if name not in HALVES:
        raise UnknownHalf(
            "{given!r} is not a half of the day. Expected am (06:00-15:00) or pm (15:00-24:00).", given=name
        )
    return HALVES[name]


def rounded(people: float) -> int:
    """Round to two significant digits: more would pretend to know."""
    if people < 100:
        return round(people)
    step = int("1" + "0" * (len(str(int(people))) - 2))
    return round(people / step) * step


def day_facts(start: date, days: int, area: str, entries: Iterable[Dated]) -> tuple[DayFacts, ...]:
    """Say for each day what the calendar means for one area. Raises UnknownArea."""
    holidays: set[date] = set()
    off: dict[date, set[str]] = {}
    zones = _zones(area)
    for entry in entries:
        if entry.kind == "public-holiday" and any(areas.contains(a, area) for a in entry.areas):
            holidays.update(_days(entry))
        if entry.kind == "school":
            for day in _days(entry):
                off.setdefault(day, set()).update(entry.zone)
    every = (start + timedelta(days=i) for i in range(days))
    return tuple(
        DayFacts(
            d.weekday(), d in holidays, len(off.get(d, set()) & set(zones)) / len(zones) if zones else 0.0
        )
        for d in every
    )


@lru_cache(maxsize=4096)
def _week(kind: str, hours: str) -> tuple[Floats, Floats]:
    """Give people present per weekly visit: arrays (2, 7, 48): ordinary days then public holidays, low and high."""
    known = site_kinds.get(kind)
    open_when = opening.parse(hours or known.hours)
    week = np.asarray(known.week, dtype=float)
    weights = np.repeat(np.asarray(known.shape, dtype=float), 2)
    share = np.zeros((2, 7, SLOTS))
    for holiday in (False, True):
        for weekday in range(7):
            opened = weights * open_when.open_slots(weekday, holiday=holiday)
            # Open at hours where the kind's shape has nobody: spread evenly rather than lose the day.
            if not opened.any():
                opened = np.asarray(open_when.open_slots(weekday, holiday=holiday), dtype=float)
            if opened.any():
                share[int(holiday), weekday] = opened / opened.sum()
    # A site that never opens on some weekdays receives its visits on the others.
    days_open = week * (share[0].sum(axis=1) > 0)
    if not days_open.any():
        days_open = (share[0].sum(axis=1) > 0).astype(float)
    daily = days_open / days_open.sum()
    # On a public holiday a site that opens is as busy as its weekday, a closed weekday as the mean open one.
    on_holiday = np.where(daily > 0, daily, daily[daily > 0].mean())
    per_day = np.stack((daily, on_holiday))[:, :, None] * share * 2  # two half hours make an hour
    return (per_day * known.stay[0]).astype(np.float32), (per_day * known.stay[1]).astype(np.float32)


def _add(event: Dated, place: Place, start: date, low: Floats, high: Floats) -> None:
    assumed = site_kinds.get(place.kind).events
    told = event.attendance
    least = (
        told.low
        if told.low is not None
        else min(assumed[0], told.high if told.high is not None else assumed[0])
    )
    most = told.high if told.high is not None else max(assumed[1], least)
    first, last = event.hours or (8 * 60, 24 * 60)
    inside = slice(first // 30, min(SLOTS, -(-last // 30)))
    for index in range(max(0, (event.start - start).days), min(len(low), (event.end - start).days + 1)):
        low[index, inside] += least
        high[index, inside] += most
    if place.capacity is not None:
        np.minimum(low, np.float32(place.capacity), out=low)
        np.minimum(high, np.float32(place.capacity), out=high)


def _days(entry: Dated) -> Iterator[date]:
    for i in range((entry.end - entry.start).days + 1):
        yield entry.start + timedelta(days=i)


@cache
def _zones(area: str) -> str:
    from vigie.exposure import schools  # noqa: PLC0415 - brings the holidays package, which a table alone does not need

    return schools.zone_of(area)
