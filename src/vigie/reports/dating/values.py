"""Values of time in ISO 8601-2 (EDTF): days, months, years, seasons and intervals, as text and as bounds."""

import calendar
from datetime import date, timedelta

# ISO 8601-2 seasons; winter begins in the named year's December.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


def month_text(year: int, month: int) -> str:
    """Write a month; `month` may run past 12 or below 1."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def plus_months(day: date, months: int) -> date:
    """Give the day `months` later (or earlier), held to the end of a shorter month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def interval(start: str, end: str) -> str:
    """Write an interval; a bound that is itself an interval gives its outer end; ".." stays open."""
    left = start.split("/", maxsplit=1)[0]
    right = end.rsplit("/", maxsplit=1)[-1]
    return f"{left}/{right}"


def bounds(value: str) -> tuple[date | None, date | None]:
    """Give the first and the last day of a value; None for an open end. Raises ValueError when it is not one."""
    if "/" in value:
        left, right = value.split("/")
        return (None if left == ".." else bounds(left)[0]), (None if right == ".." else bounds(right)[1])
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    year, month = parts
    if month in _SEASON_MONTHS:
        first, last = _SEASON_MONTHS[month]
        start = date(year, first, 1)
        return start, plus_months(date(year, first, 1), last - first + 1) - timedelta(days=1)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
