"""From a matched time expression to its value, given the day of publication and the direction of the sentence.

Without a day of publication a relative expression stays open (None): a wrong date is worse than none.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from vigie.reports.dating.feasts import feast
from vigie.reports.dating.grammar import Grammar
from vigie.reports.dating.values import interval, month_text, plus_months


@dataclass(frozen=True)
class Setting:
    """What a value depends on: the named parts matched, the day of publication, and the direction.

    direction: -1 when the words around speak of the past, +1 of the future, 0 when they do not say.
    """

    grammar: Grammar
    parts: dict[str, str]
    words: dict[str, int]
    published: date | None
    direction: int

    def number(self) -> int:
        """The matched count."""
        given = self.parts["n"]
        return int(given) if given.isdigit() else self.grammar.numbers[given]

    def unit(self) -> str:
        """The matched unit: day, week, month, year, hour or weekend."""
        return self.grammar.units[self.parts.get("unit") or self.parts["unit2"]]


def settle(rule: str, setting: Setting) -> str | None:
    """Give the EDTF value of one expression under `rule`, or None where it cannot be known."""
    try:
        return _RULES[rule](setting)
    except (ValueError, OverflowError):  # the 31st of June, a year past the calendar
        return None


def _date(s: Setting) -> str | None:
    month = s.grammar.months[s.parts["mon"]] + 1
    day = int(s.parts["d"])
    if s.parts.get("y"):
        return date(int(s.parts["y"]), month, day).isoformat()
    if s.published is None:
        return None
    candidates = [_day_or_none(s.published.year + shift, month, day) for shift in (-1, 0, 1)]
    known = [candidate for candidate in candidates if candidate is not None]
    if wd := s.parts.get("wd"):
        same = [candidate for candidate in known if candidate.weekday() == s.grammar.weekdays[wd]]
        known = same or known
    return _nearest(known, s.published, s.direction).isoformat()


def _day_or_none(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _nearest(days: list[date], published: date, direction: int) -> date:
    """The nearest of `days`, in the direction told unless that lies more than ten months away."""
    ahead = [day for day in days if (day - published).days * direction >= 0] if direction else days
    best = min(ahead or days, key=lambda day: abs((day - published).days))
    return (
        best
        if abs((best - published).days) <= 310
        else min(days, key=lambda day: abs((day - published).days))
    )


def _month(s: Setting) -> str | None:
    return month_text(int(s.parts["y"]), s.grammar.months[s.parts["mon"]] + 1)


def _month_near(s: Setting) -> str | None:
    if s.published is None:
        return None
    month = s.grammar.months[s.parts["mon"]] + 1
    ahead = (month - s.published.month) % 12
    behind = (s.published.month - month) % 12
    if s.direction > 0 or (s.direction == 0 and ahead < behind):
        return month_text(s.published.year, s.published.month + ahead)
    return month_text(s.published.year, s.published.month - behind)


def _month_past(s: Setting) -> str | None:
    if s.published is None:
        return None
    behind = (s.published.month - s.grammar.months[s.parts["mon"]] - 1) % 12 or 12
    return month_text(s.published.year, s.published.month - behind)


def _month_next(s: Setting) -> str | None:
    if s.published is None:
        return None
    ahead = (s.grammar.months[s.parts["mon"]] + 1 - s.published.month) % 12 or 12
    return month_text(s.published.year, s.published.month + ahead)


def _years(s: Setting) -> str | None:
    first, second = s.parts["y"], s.parts["y2"]
    second = first[:2] + second if len(second) == 2 else second
    return f"{first}/{second}" if first < second else None


def _weekday(s: Setting, direction: int, *, today: bool) -> str | None:
    if s.published is None:
        return None
    wanted = s.grammar.weekdays[s.parts["wd"]]
    behind = (s.published.weekday() - wanted) % 7
    if behind == 0 and today:
        return s.published.isoformat()
    if direction > 0:
        return (s.published + timedelta(days=(wanted - s.published.weekday()) % 7 or 7)).isoformat()
    return (s.published - timedelta(days=behind or 7)).isoformat()


def _day_this(s: Setting) -> str | None:
    if s.published is None:
        return None
    if s.direction:
        return _weekday(s, s.direction, today=True)
    wanted = s.grammar.weekdays[s.parts["wd"]]
    days = [s.published + timedelta(days=shift) for shift in range(-3, 4)]
    return next(day for day in days if day.weekday() == wanted).isoformat()


def _nights(s: Setting) -> str | None:
    if s.published is None:
        return None
    if not s.parts.get("wd2"):  # the night up to the named day
        end = _weekday(s, s.direction, today=True)
        return None if end is None else f"{(date.fromisoformat(end) - timedelta(days=1)).isoformat()}/{end}"
    start = _weekday(s, s.direction or -1, today=False)
    return None if start is None else f"{start}/{(date.fromisoformat(start) + timedelta(days=1)).isoformat()}"


def _offset(s: Setting) -> str | None:
    if s.published is None:
        return None
    return (s.published + timedelta(days=s.words[s.parts.get("word") or ""])).isoformat()


def _moved(s: Setting, sign: int) -> str | None:
    """The value `n` units away: a day for days and weeks, a month for months, a year for years."""
    if s.published is None:
        return None
    count, unit = sign * s.number(), s.unit()
    if unit in {"day", "week"}:
        return (s.published + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        return month_text(s.published.year, s.published.month + count)
    if unit == "year":
        return f"{s.published.year + count:04d}"
    return None if abs(count) > 72 else (s.published + timedelta(days=count // 24)).isoformat()


def _window(s: Setting, sign: int) -> str | None:
    if s.published is None:
        return None
    count, unit = sign * (s.number() if "n" in s.parts else 1), s.unit()
    if unit == "hour":
        other = s.published + timedelta(days=round(count / 24))
    elif unit in {"day", "week", "weekend"}:
        other = s.published + timedelta(days=count * (1 if unit == "day" else 7))
    else:
        other = plus_months(s.published, count * (12 if unit == "year" else 1))
    first, last = sorted([other, s.published])
    return f"{first.isoformat()}/{last.isoformat()}"


def _recent(s: Setting) -> str | None:
    return None if s.published is None else f"../{s.published.isoformat()}"


def _coming(s: Setting) -> str | None:
    """Coming days: one week; coming weeks: to the end of next month; longer spans have no told end."""
    if s.published is None:
        return None
    unit = s.unit()
    if unit in {"day", "hour"}:
        return f"{s.published.isoformat()}/{(s.published + timedelta(days=7)).isoformat()}"
    if unit == "week":
        last = plus_months(s.published.replace(day=1), 2) - timedelta(days=1)
        return f"{s.published.isoformat()}/{last.isoformat()}"
    return f"{s.published.isoformat()}/.."


def _year_to_date(s: Setting) -> str | None:
    return None if s.published is None else f"{s.published.year:04d}-01-01/{s.published.isoformat()}"


def _these_days(s: Setting) -> str | None:
    """A fortnight from the day of publication, which counts."""
    return (
        None
        if s.published is None
        else f"{s.published.isoformat()}/{(s.published + timedelta(days=13)).isoformat()}"
    )


def _unit(s: Setting, shift: int) -> str | None:
    if s.published is None:
        return None
    unit = s.unit()
    if unit in {"week", "weekend"}:
        monday = s.published - timedelta(days=s.published.weekday()) + timedelta(weeks=shift)
        first = monday if unit == "week" else monday + timedelta(days=5)
        return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        return month_text(s.published.year, s.published.month + shift)
    if unit == "year":
        return f"{s.published.year + shift:04d}"
    return (s.published + timedelta(days=shift)).isoformat() if unit == "day" else None


def _season(s: Setting) -> str | None:
    code = s.grammar.seasons[s.parts["season"]]
    if s.parts.get("y"):
        return f"{s.parts['y']}-{code}"
    if s.published is None:
        return None
    return f"{s.published.year + s.grammar.which.get(s.parts['which'], 0):04d}-{code}"


def _feast(s: Setting) -> str | None:
    name = s.grammar.feasts[s.parts["feast"]]
    if s.parts.get("y"):
        return feast(name, int(s.parts["y"]))
    if s.published is None:
        return None
    found = [feast(name, s.published.year + shift) for shift in (-1, 0, 1)]
    starts = [date.fromisoformat(value.split("/")[0]) for value in found]
    best = _nearest(starts, s.published, s.direction)
    return found[starts.index(best)]


def _numeric(s: Setting) -> str | None:
    if s.parts.get("iso_y"):
        return date(int(s.parts["iso_y"]), int(s.parts["iso_m"]), int(s.parts["iso_d"])).isoformat()
    return date(int(s.parts["num_y"]), int(s.parts["num_m"]), int(s.parts["num_d"])).isoformat()


def _further(s: Setting) -> str | None:
    return None if s.published is None else interval(s.published.isoformat(), "..")


_RULES: dict[str, Callable[[Setting], str | None]] = {
    "date": _date,
    "month": _month,
    "month_near": _month_near,
    "month_past": _month_past,
    "month_next": _month_next,
    "year": lambda s: s.parts["y"],
    "years": _years,
    "day": lambda s: _weekday(s, s.direction or -1, today=True),
    "day_this": _day_this,
    "day_past": lambda s: _weekday(s, -1, today=False),
    "day_next": lambda s: _weekday(s, 1, today=False),
    "nights": _nights,
    "offset": _offset,
    "ago": lambda s: _moved(s, -1),
    "ahead": lambda s: _moved(s, 1),
    "window_past": lambda s: _window(s, -1),
    "window_next": lambda s: _window(s, 1),
    "recent": _recent,
    "coming": _coming,
    "these_days": _these_days,
    "year_to_date": _year_to_date,
    "unit_last": lambda s: _unit(s, -1),
    "unit_this": lambda s: _unit(s, 0),
    "unit_next": lambda s: _unit(s, 1),
    "season": _season,
    "feast": _feast,
    "numeric": _numeric,
    "further": _further,
    "since_then": lambda _: None,  # needs the sentence before: `expressions` anchors it
}
