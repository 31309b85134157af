"""Feasts of four calendars: both Easters, fixed days, the Umm al-Qura calendar, the Hebrew calendar."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian, Hijri
from pyluach.dates import HebrewDate

from vigie.exposure import shipped
from vigie.exposure.dated import Dated, check_years

_ONE = timedelta(days=1)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6


@cache
def of_year(year: int) -> tuple[Dated, ...]:
    """Give every feast that begins in a Gregorian year, by date. Raises OutOfCalendar."""
    check_years(date(year, 1, 1), date(year, 12, 31))
    data = shipped.tree("feasts.yaml")
    found = [
        _dated(entry, first, last, data["sources"][entry["calendar"]])
        for entry in data["feasts"]
        for first, last in _CALENDARS[entry["calendar"]](entry, year)
        if first.year == year
    ]
    return tuple(sorted(found, key=lambda d: (d.start, d.id)))


def _dated(entry: dict[str, Any], first: date, last: date, source: str) -> Dated:
    return Dated(
        id=f"{entry['id']}-{first.year}",
        kind="feast",
        start=first,
        end=last,
        names={"en": entry["en"], "fr": entry["fr"]},
        eve=entry.get("eve", False),
        uncertainty_days=entry.get("uncertainty", 0),
        source=source,
        great=entry.get("great", False),
    )


Spans = Iterator[tuple[date, date]]


def _after_easter(method: Literal[2, 3]) -> Callable[[dict[str, Any], int], Spans]:
    def spans(entry: dict[str, Any], year: int) -> Spans:
        day = easter(year, method) + timedelta(days=entry["offset"])
        yield day, day

    return spans


def _fixed(entry: dict[str, Any], year: int) -> Spans:
    month, day = entry["date"]
    yield date(year, month, day), date(year, month, day)


def _hijri(entry: dict[str, Any], year: int) -> Spans:
    month, day = entry["date"]
    # A Gregorian year touches two or three years of the shorter Islamic calendar: a feast may come twice, or never.
    for hijri_year in range(
        Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1
    ):
        begins = Hijri(hijri_year, month, day)
        first = _plain(begins.to_gregorian())
        whole_month = "until" in entry
        yield first, first + (begins.month_length() - day) * _ONE if whole_month else first


def _hebrew(entry: dict[str, Any], year: int) -> Spans:
    month, day = entry["date"]
    for hebrew_year in (year + 3760, year + 3761):
        leap = _is_leap(hebrew_year)
        # In a leap year there are two months of Adar; what is kept in Adar is kept in the second.
        first = HebrewDate(hebrew_year, 13 if month == 12 and leap else month, day).to_pydate()
        first = _RULES[entry.get("rule", "")](first)
        yield first, first + (entry.get("days", 1) - 1) * _ONE


def _is_leap(hebrew_year: int) -> bool:
    return (7 * hebrew_year + 1) % 19 < 7


def _yom_hashoah(day: date) -> date:
    """Move off Friday to Thursday, and off Sunday to Monday (law of 1959, amended 1997)."""
    return day - _ONE if day.weekday() == _FRIDAY else day + _ONE if day.weekday() == _SUNDAY else day


def _yom_haatzmaut(day: date) -> date:
    """Move off Friday and Saturday to Thursday, and off Monday to Tuesday (law of 1949, amended 2004)."""
    moves = {_FRIDAY: -1, _SATURDAY: -2, _MONDAY: 1 if day.year >= 2004 else 0}
    return day + moves.get(day.weekday(), 0) * _ONE


def _not_on_shabbat(day: date) -> date:
    """A fast that falls on a Saturday is kept on the Sunday."""
    return day + _ONE if day.weekday() == _SATURDAY else day


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


_RULES: dict[str, Callable[[date], date]] = {
    "": lambda day: day,
    "yom-hashoah": _yom_hashoah,
    "yom-haatzmaut": _yom_haatzmaut,
    "not-on-shabbat": _not_on_shabbat,
}
_CALENDARS: dict[str, Callable[[dict[str, Any], int], Spans]] = {
    "easter": _after_easter(EASTER_WESTERN),
    "orthodox": _after_easter(EASTER_ORTHODOX),
    "fixed": _fixed,
    "hijri": _hijri,
    "hebrew": _hebrew,
}
