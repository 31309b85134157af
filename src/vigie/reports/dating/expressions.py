"""Time expressions of a text: where they stand, what they say, and what they mean on the day of publication."""

import re
from dataclasses import dataclass
from datetime import date

from vigie.reports.dating.grammar import Grammar, grammar
from vigie.reports.dating.settle import Setting, settle
from vigie.reports.dating.values import interval


@dataclass(frozen=True)
class Time:
    """A time expression at [start, end) of the text; value in EDTF, None while open; rule: what settled it."""

    start: int
    end: int
    value: str | None
    rule: str


def find(
    lower: str, folded: str, start: int, end: int, *, language: str, published: date | None
) -> list[Time]:
    """Find and settle the time expressions of one sentence, folded[start:end].

    lower: the text in lower case with its accents (Spanish and Italian tell tenses by them), of the same length.
    """
    g = grammar(language)
    points = [
        _read(g, match, lower, start, end, published) for match in g.points.finditer(folded, start, end)
    ]
    return [_extended(g, time, folded, start, published) for time in _joined(g, points, folded, start)]


def _read(g: Grammar, match: re.Match[str], lower: str, start: int, end: int, published: date | None) -> Time:
    name = match.lastgroup or ""
    rule = g.rules[name]
    suffix = f"_{name}"
    parts = {
        key.removesuffix(suffix): value
        for key, value in match.groupdict().items()
        if value is not None and key.endswith(suffix)
    }
    direction = _direction(g, lower, start, match.start(), match.end(), end)
    value = settle(rule.name, Setting(g, parts, rule.words, published, direction))
    # «August.» may be an abbreviation's stop; at the end of an expression it is the sentence's.
    return Time(match.start(), match.end() - match.group().endswith("."), value, rule.name)


def _direction(g: Grammar, lower: str, start: int, at: int, after: int, end: int) -> int:
    """Read the direction from the nearest verb before the expression, else from the first one after it."""
    before = [
        (m.end(), sign)
        for sign, pattern in ((1, g.future), (-1, g.past))
        for m in pattern.finditer(lower, start, at)
    ]
    # A verb right behind the expression («on Thursday will meet», «am Montag tagt») rules over a far one before it.
    next_verbs = [
        (m.start(), -sign)
        for sign, pattern in ((1, g.future), (-1, g.past))
        for m in pattern.finditer(lower, after, end)
    ]
    if before:
        last_end, sign = max(before)  # at one end the future wins: «will be organized»
        if (
            next_verbs
            and at - last_end > 60
            and min(next_verbs)[0] - after < 25
            and "," not in lower[after : min(next_verbs)[0]]
        ):
            return -min(next_verbs)[1]
        return sign
    return -min(next_verbs)[1] if next_verbs else 0


def _joined(g: Grammar, times: list[Time], folded: str, start: int) -> list[Time]:
    """Join «A to B» into one interval when the words before A open a range, or only a dash stands between."""
    joined: list[Time] = []
    for time in times:
        if joined:
            before = joined[-1]
            between = folded[before.end : time.start]
            opened = g.open_range.search(folded, max(start, before.start - 16), before.start)
            bare = between.strip() in {"-", "bis", "to"}
            if (
                before.value
                and time.value
                and "/" not in before.value + time.value
                and len(between) < 14
                and g.join.fullmatch(between)
                and (opened or bare)
            ):
                first, last = before.value, time.value
                if first > last and len(first) == len(last) == 10:  # the year stands with the last day only
                    first = last[:4] + first[4:]
                joined[-1] = Time(
                    opened.start() if opened else before.start, time.end, interval(first, last), "range"
                )
                continue
        half = g.half_range.search(folded, max(start, time.start - 24), time.start)
        if half and time.value and time.rule == "date" and len(time.value) == 10:
            day = int(half["d"])
            opened = g.open_range.search(folded, max(start, half.start() - 16), half.start())
            if day < int(time.value[8:]) and (opened or "-" in half.group()):
                first = f"{time.value[:8]}{day:02d}"
                joined.append(
                    Time(
                        opened.start() if opened else half.start(), time.end, f"{first}/{time.value}", "range"
                    )
                )
                continue
        joined.append(time)
    return joined


def _extended(g: Grammar, time: Time, folded: str, start: int, published: date | None) -> Time:
    """Take in the words that go before: «since», «until», or a plain preposition."""
    window = max(start, time.start - 18)
    here = published.isoformat() if published else ".."
    if time.rule not in {
        "range",
        "since_then",
        "further",
        "window_past",
        "window_next",
        "recent",
        "coming",
        "year_to_date",
    }:
        head = re.match(r"\w+", folded[time.start : time.end])
        inner = g.since.search(folded[time.start : time.end].split(" ", maxsplit=1)[0]) if head else None
        since = g.since.search(folded, window, time.start)
        if (since or (inner and time.rule in {"month_near", "year"})) and _is_past(time, published):
            at = since.start() if since else time.start
            value = interval(time.value, here) if time.value else None
            return Time(at, time.end, value, "since")
        until = g.until.search(folded, window, time.start)
        inner_until = (
            g.until.search(folded[time.start : time.end].split(" ", maxsplit=1)[0])
            if time.rule in {"month_near", "year", "feast"}
            else None
        )
        if until or inner_until:
            value = interval(here, time.value) if time.value else None
            return Time(until.start() if until else time.start, time.end, value, "until")
    preposition = g.preposition.search(folded, window, time.start)
    if preposition and time.rule not in {"range", "day_past", "unit_last", "unit_next"}:
        return Time(preposition.start(), time.end, time.value, time.rule)
    return time


def _is_past(time: Time, published: date | None) -> bool:
    return time.value is None or published is None or time.value[:10] <= published.isoformat()
