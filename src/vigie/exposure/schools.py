"""School holidays: the three French zones by rule, and neighbours' from dated tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

from vigie.exposure import areas, shipped
from vigie.exposure.dated import Dated

_ONE = timedelta(days=1)
_SOURCE = "holidays (package), pattern of the yearly orders"


@cache
def french(year: int) -> tuple[Dated, ...]:
    """Give the French school holidays that begin in a year: one per zone, or one for all when the three agree."""
    by_span: dict[tuple[str, date, date], list[str]] = {}
    for zone in "ABC":
        for name, first, last in _spans(zone, year):
            if first.year == year:
                by_span.setdefault((name, first, last), []).append(zone)
    found = [_french(name, first, last, "".join(zones)) for (name, first, last), zones in by_span.items()]
    return tuple(sorted(found, key=lambda d: (d.start, d.id)))


@cache
def neighbours(country: str) -> tuple[Dated, ...]:
    """Give the school holidays of a country's neighbours, as far as the tables go."""
    data = shipped.tree("school-neighbours.yaml")
    wanted = data["neighbours"].get(country, ())
    return tuple(
        Dated(
            id=f"school-{h['area'].lower()}-{h['start'].isoformat()}",
            kind="neighbour-school",
            start=h["start"],
            end=h["last_day"],
            names={"en": h["en"], "fr": h["fr"]},
            basis="sourced",
            areas=(h["area"],),
            known_on=h["known_on"],
            source=h["source"],
        )
        for h in data["holidays"]
        if areas.country(h["area"]) in wanted
    )


def zone_of(code: str) -> str:
    """Give the school zones that an area touches: "C" for Paris, "ABC" for France, "" overseas and abroad."""
    return "".join(zone for zone in "ABC" if any(areas.overlaps(code, d) for d in _departments(zone)))


def kept_from() -> date:
    """Give the first day for which French school holidays are kept."""
    first: date = shipped.tree("school-fr.yaml")["first_day"]
    return first


def _spans(zone: str, year: int) -> Iterator[tuple[str, date, date]]:
    """Join the package's single days into runs; Christmas goes over the end of the year."""
    years = holidays.country_holidays(
        "FR", subdiv=f"Zone {zone}", years=(year - 1, year, year + 1), categories=("school",), language="fr"
    )
    # One day may carry two names: the Ascension bridge can fall in the spring holidays.
    days: dict[str, set[date]] = {}
    for day, names in years.items():
        for name in names.split("; "):
            days.setdefault(name, set()).add(day)
    for name, its in days.items():
        for first in sorted(day for day in its if day - _ONE not in its):
            last = first
            while last + _ONE in its:
                last += _ONE
            yield name, first, last


def _french(name: str, first: date, last: date, zones: str) -> Dated:
    data = shipped.tree("school-fr.yaml")
    school_year = first.year if first.month >= 9 else first.year - 1
    order = data["published"].get(school_year)
    newest = max(data["published"])
    english = data["names"][name]
    where = "" if zones == "ABC" else f" ({_zone_words(zones)})"
    return Dated(
        id=f"school-fr-{zones.lower()}-{first.isoformat()}",
        kind="school",
        start=first,
        end=last,
        names={"en": english + where, "fr": name + where},
        basis="computed" if school_year <= newest else "expected",
        areas=tuple(d for zone in zones for d in _departments(zone)),
        zone=zones,
        # Where no page was seen that says when the order came out, it counts as known from the first school day.
        known_on=order["known_on"] if order else date(school_year, 9, 1),
        source=order["source"] if order else _SOURCE,
    )


def _zone_words(zones: str) -> str:
    return "zone " + zones if len(zones) == 1 else "zones " + " ".join(zones)


@cache
def _departments(zone: str) -> tuple[str, ...]:
    return tuple(areas.check(f"FR-{insee}") for insee in shipped.tree("school-fr.yaml")["zones"][zone])
