"""What lies on the calendar between two days, in some areas, as it was known on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vigie.exposure import areas, feasts, public_holidays, schools
from vigie.exposure.dated import FIRST_YEAR, LAST_YEAR, Dated, check_years


def entries(
    start: date,
    end: date,
    wanted: Iterable[str],
    *,
    as_known: date | None = None,
    events: Iterable[Dated] = (),
) -> tuple[Dated, ...]:
    """Give all that touches the days from `start` to `end` (both included), by first day.

    wanted: codes of areas; what holds in a part of them, or in a whole they lie in, is given.
    as_known: leave out what was not yet public on that day. events: further entries, by `events.read` or a home.
    Raises UnknownArea, and OutOfCalendar for days out of 1926–2075.
    """
    check_years(start, end)
    codes = tuple(areas.check(code) for code in wanted)
    countries = tuple(dict.fromkeys(areas.country(code) for code in codes))
    found = {
        entry.id: entry
        for entry in (*_computed(start, end, countries), *events)
        if entry.first <= end
        and entry.last >= start
        and entry.known(as_known)
        and (
            not entry.areas
            or entry.kind == "neighbour-school"
            or any(areas.overlaps(a, c) for a in entry.areas for c in codes)
        )
    }
    return tuple(sorted(found.values(), key=lambda e: (e.start, e.end, e.kind, e.id)))


@dataclass(frozen=True)
class Limit:
    """One thing the calendar does not hold: a key of `phrases.limit`, and the day it is about."""

    what: str
    about: str = ""


def limits(start: date, end: date, wanted: Iterable[str]) -> tuple[Limit, ...]:
    """Say what the calendar does not hold for these days and areas: silence is not «nothing happens»."""
    codes = tuple(areas.check(code) for code in wanted)
    countries = tuple(dict.fromkeys(areas.country(code) for code in codes))
    found = []
    if "FR" in countries:
        if start < schools.kept_from():
            found.append(Limit("no-schools-before", schools.kept_from().isoformat()))
        if any(not schools.zone_of(c) for c in codes if areas.country(c) == "FR"):
            found.append(Limit("no-schools-overseas"))
        if not any(n.first <= end and n.last >= start for n in schools.neighbours("FR")):
            found.append(Limit("no-neighbours"))
    elif countries:
        found.append(Limit("no-schools-abroad"))
    return tuple(found)


def _computed(start: date, end: date, countries: tuple[str, ...]) -> Iterator[Dated]:
    # Christmas holidays and Hanukkah begin in the year before the one they end in.
    for year in range(max(FIRST_YEAR, start.year - 1), min(LAST_YEAR, end.year + 1) + 1):
        yield from feasts.of_year(year)
        for country in countries:
            yield from public_holidays.of_year(country, year)
        if "FR" in countries:
            yield from schools.french(year)
    for country in countries:
        yield from schools.neighbours(country)
