"""Dates as sources give them: a day, or no finer than a month or a year.

A date kept vaguer than a day is not rounded to one: it has a first and a last day it can stand for, and every
question asked of it answers for the right end (`first` to sort by, `last` to promise by).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vigie.errors import BadInput

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class BadDate(BadInput):
    """A text that is neither a day, a month nor a year."""


@dataclass(frozen=True, order=True)
class SourcedDate:
    """A date with the precision of its source. Sorts by its first possible day, then by its last.

    first, last: first and last day it can stand for, both included.
    text: as the source gives it: `2015-06-26`, `2015-06` or `2015`.
    """

    first: date
    last: date
    text: str

    @property
    def exact(self) -> bool:
        """Say whether the source gives the day."""
        return self.first == self.last

    def __str__(self) -> str:
        return self.text


def read(given: str) -> SourcedDate:
    """Read `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Raises BadDate on anything else, or on a day that does not exist."""
    parts = _FORM.fullmatch(given.strip())
    if parts is None:
        raise BadDate(
            "{given!r} is not a date. Write it as 2015-06-26, or as 2015-06 or 2015 where no finer is known.",
            given=given,
        )
    year, month, day = (int(part) if part else None for part in parts.groups())
    try:
        if month is None:
            return SourcedDate(date(year or 0, 1, 1), date(year or 0, 12, 31), parts[0])
        if day is None:
            return SourcedDate(
                date(year or 0, month, 1),
                date(year or 0, month, calendar.monthrange(year or 0, month)[1]),
                parts[0],
            )
        exact = date(year or 0, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise BadDate("{given!r} is not in the calendar. Check its month and day.", given=given) from None
    return SourcedDate(exact, exact, parts[0])


def after(start: datetime, interval: str) -> datetime:
    """Add an interval as schemes state it (`P1W`, `P4M`, `P1Y`; ISO 8601) to an instant, on the calendar of its own zone.

    A month that is too short gives its last day: 31 August and six months are 28 or 29 February.
    """
    count, unit = int(interval[1:-1]), interval[-1]
    if unit in "DW":
        return start + timedelta(days=count * (7 if unit == "W" else 1))
    month = start.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = start.year + month // 12, month % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))
