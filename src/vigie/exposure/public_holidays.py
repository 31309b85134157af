"""Public holidays of a country and of its parts, from the `holidays` package."""

from datetime import date
from functools import cache

import holidays

from vigie.exposure import areas
from vigie.exposure.dated import Dated

# Where the package's parts are not ISO parts: Alsace is two departments.
_PARTS = {("FR", "6AE"): ("FR-67", "FR-68")}
_SOURCE = "holidays (package), public holidays by law"


@cache
def of_year(country: str, year: int) -> tuple[Dated, ...]:
    """Give the public holidays of a country in a year, by date; those of a part alone carry its area.

    country: ISO 3166-1; the package keeps every one.
    """
    national = _named(country, None, year)
    found = [_dated(country, day, names, (country,)) for day, names in national.items()]
    own: dict[tuple[date, str], tuple[dict[str, str], list[str]]] = {}
    for part in holidays.list_supported_countries()[country]:
        places = _PARTS.get((country, part)) or _known(f"{country}-{part}")
        for day, names in _named(country, part, year).items() if places else ():
            if day not in national:
                own.setdefault((day, names["en"]), (names, []))[1].extend(places)
    found += [_dated(country, day, names, tuple(sorted(places))) for (day, _), (names, places) in own.items()]
    return tuple(sorted(found, key=lambda d: (d.start, d.id)))


def _known(code: str) -> tuple[str, ...]:
    try:
        return (areas.check(code),)
    except areas.UnknownArea:
        return ()


def _named(country: str, part: str | None, year: int) -> dict[date, dict[str, str]]:
    """Give the names of each day, in English and French where the package has them, else in its own language."""
    spoken = holidays.country_holidays(country).supported_languages
    names: dict[date, dict[str, str]] = {}
    for lang, wanted in (("en", "en_US"), ("fr", "fr")):
        language = wanted if wanted in spoken else None
        if language is None and lang != "en":
            continue
        for day, name in holidays.country_holidays(
            country, subdiv=part, years=year, language=language
        ).items():
            names.setdefault(day, {})[lang] = name
    return names


def _dated(country: str, day: date, names: dict[str, str], places: tuple[str, ...]) -> Dated:
    where = "" if places == (country,) else "-" + "-".join(p.rpartition("-")[2].lower() for p in places)
    return Dated(
        id=f"holiday-{country.lower()}{where}-{day.isoformat()}",
        kind="public-holiday",
        start=day,
        end=day,
        names=names,
        areas=places,
        source=_SOURCE,
    )
