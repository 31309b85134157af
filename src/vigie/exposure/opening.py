"""Opening hours, written in a few words: `Mo-Fr 08:00-18:00; Sa 09:00-12:30; PH off`.

A subset of the opening_hours grammar of OpenStreetMap, with French day names (`lu-ve`, `JF fermé`) as well. A
closing past midnight is written either way: `20:00-02:00` or `20:00-26:00`. `24/7` is always open.
"""

import re
from dataclasses import dataclass

from vigie.errors import BadInput

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_FRENCH = ("lu", "ma", "me", "je", "ve", "sa", "di")
_DAY = {name: i for names in (DAYS, _FRENCH) for i, name in enumerate(names)}
_SPAN = re.compile(r"(\d{1,2})(?:[:h](\d{2})?)?\s*-\s*(\d{1,2})(?:[:h](\d{2})?)?")
_PUBLIC_HOLIDAY = {"ph", "jf"}
_CLOSED = {"off", "closed", "ferme", "fermé"}
_DAY_MINUTES = 24 * 60


class BadOpening(BadInput):
    """Opening hours that cannot be read."""


@dataclass(frozen=True)
class Opening:
    """When a site is open.

    week: for Monday … Sunday, spans (from, to) in minutes after that day's midnight; `to` may pass 1440.
    holidays: the same for public holidays; None when they are like any day.
    """

    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[tuple[int, int], ...] | None = None

    def open_slots(self, weekday: int, *, holiday: bool = False) -> tuple[bool, ...]:
        """Say for each of the 48 half hours of a day whether any of it is open, the night before's end included.

        weekday: 0 is Monday.
        """
        today = self.holidays if holiday and self.holidays is not None else self.week[weekday]
        before = tuple(
            (a - _DAY_MINUTES, b - _DAY_MINUTES) for a, b in self.week[weekday - 1] if b > _DAY_MINUTES
        )
        return tuple(any(a < (s + 1) * 30 and b > s * 30 for a, b in (*today, *before)) for s in range(48))


def parse(text: str) -> Opening:
    """Read opening hours. Raises BadOpening, naming the part that cannot be read."""
    if text.strip() == "24/7":
        return Opening((((0, _DAY_MINUTES),),) * 7)
    week: list[tuple[tuple[int, int], ...]] = [()] * 7
    holidays: tuple[tuple[int, int], ...] | None = None
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        days, _, hours = rule.partition(" ")
        if re.match(r"\d", rule):
            days, hours = "mo-su", rule
        spans = _spans(hours, rule)
        if days.casefold() in _PUBLIC_HOLIDAY:
            holidays = spans
            continue
        for day in _days(days, rule):
            week[day] = spans
    if not any(week):
        raise _bad(text)
    return Opening(tuple(week), holidays)


def _days(text: str, rule: str) -> list[int]:
    found: list[int] = []
    for part in text.casefold().split(","):
        first, _, last = part.partition("-")
        ends = [_DAY.get(day.rstrip(".")[:2]) for day in (first, last or first)]
        if ends[0] is None or ends[1] is None:
            raise _bad(rule)
        start, stop = ends[0], ends[1]
        found += [d % 7 for d in range(start, (stop if stop >= start else stop + 7) + 1)]
    return found


def _spans(text: str, rule: str) -> tuple[tuple[int, int], ...]:
    if text.strip().casefold() in _CLOSED:
        return ()
    spans = []
    for part in text.split(","):
        read = _SPAN.fullmatch(part.strip())
        if read is None:
            raise _bad(rule)
        start, stop = (int(read[i]) * 60 + int(read[i + 1] or 0) for i in (1, 3))
        if stop <= start:
            stop += _DAY_MINUTES
        if start >= _DAY_MINUTES or stop > 2 * _DAY_MINUTES or stop - start > _DAY_MINUTES:
            raise _bad(rule)
        spans.append((start, stop))
    return tuple(spans)


def _bad(text: str) -> BadOpening:
    return BadOpening(
        "{given!r} does not say opening hours. Write them as Mo-Fr 08:00-18:00; Sa 09:00-12:30; PH off, or 24/7.",
        given=text,
    )
