"""Days at each level, the longest stretch, and how long each took to step down."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vigie.history.lengths import Length
from vigie.history.timeline import Span
from vigie.schemes.reader import Scheme


@dataclass(frozen=True)
class Stay:
    """One unbroken stretch at a level: since when, until when, how long."""

    code: str
    since: str
    until: str | None
    length: Length


@dataclass(frozen=True)
class Durations:
    """What a place's timeline adds up to.

    days: by level, all its stays together. longest: by level, its longest stay. stays: in order of time.
    unknown: number of stretches nothing is known of. step_downs: stays above the lowest level that ended in a
    lower one, with a sourced end.
    """

    days: dict[str, Length]
    longest: dict[str, Stay]
    stays: tuple[Stay, ...]
    step_downs: tuple[Stay, ...]
    unknown: int


def durations(scheme: Scheme, spans: Iterable[Span]) -> Durations:
    """Add up a timeline. A level whose end no page gives counts as at least the days it is confirmed for."""
    listed = list(spans)
    stays: list[Stay] = []
    downs: list[Stay] = []
    for place, span in enumerate(listed):
        if not span.known or span.code is None:
            continue
        stay = Stay(
            span.code,
            str(span.since),
            str(span.until) if span.until else None,
            Length.between(span.since, span.until, span.confirmed),
        )
        stays.append(stay)
        after = listed[place + 1] if place + 1 < len(listed) else None
        if (
            span.until
            and after
            and after.known
            and after.code
            and scheme.level(after.code).rank < scheme.level(span.code).rank
        ):
            downs.append(stay)
    days: dict[str, Length] = {}
    longest: dict[str, Stay] = {}
    for stay in stays:
        days[stay.code] = days[stay.code] + stay.length if stay.code in days else stay.length
        if stay.code not in longest or stay.length.least > longest[stay.code].length.least:
            longest[stay.code] = stay
    unknown = sum(not span.known for span in listed)
    return Durations(days, longest, tuple(stays), tuple(downs), unknown)


def as_dict(found: Durations) -> dict[str, Any]:
    """Give the durations as JSON."""
    return {
        "days": {code: {"said": str(length), **length.as_dict()} for code, length in found.days.items()},
        "longest": {code: _stay(stay) for code, stay in found.longest.items()},
        "step_downs": [_stay(stay) for stay in found.step_downs],
        "stretches_not_known": found.unknown,
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "code": stay.code,
        "since": stay.since,
        "until": stay.until,
        "said": str(stay.length),
        **stay.length.as_dict(),
    }
