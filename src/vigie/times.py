"""Instants, and the one clock, which tests and replays can hold still.

An instant is an aware UTC datetime without microseconds; its text form is RFC 3339 with `Z`
(`2015-06-26T15:00:00Z`). Places have time zones; the record has none.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vigie.errors import BadInput

FIRST, LAST = 1000, 8999
"""Years an instant may lie in: four digits in the record's text, and room on both sides for reckoning with it."""

_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")

_held: ContextVar[datetime | None] = ContextVar("vigie_held_clock", default=None)
_shift: timedelta = timedelta(0)


class BadTime(BadInput):
    """A text that is not a date or an instant."""


def now() -> datetime:
    """Give the present instant: the held one if the clock is held, else real time plus the home's shift."""
    held_at = _held.get()
    if held_at is not None:
        return held_at
    return (datetime.now(UTC) + _shift).replace(microsecond=0)


def stamp() -> str:
    """Give the present instant as `text` writes it. Asked for each entry: the text of a second is made once."""
    held_at = _held.get()
    if held_at is not None:
        return text(held_at)
    return _second(int(time.time() + _shift.total_seconds()))


@lru_cache(maxsize=2)
def _second(number: int) -> str:
    return text(datetime.fromtimestamp(number, UTC))


def shift_clock(by: timedelta) -> None:
    """Run the clock `by` away from real time: a replayed home goes on from where its story ends."""
    global _shift  # noqa: PLW0603 - the process has one home, hence one clock
    _shift = by


@contextmanager
def held(at: datetime | str) -> Iterator[datetime]:
    """Hold the clock at `at` (instant, or text read by `parse`) for the time of the block."""
    instant = parse(at) if isinstance(at, str) else _whole(at)
    token = _held.set(instant)
    try:
        yield instant
    finally:
        _held.reset(token)


def text(instant: datetime) -> str:
    """Write an instant the way the record keeps it: UTC, seconds, `Z`."""
    return _whole(instant).isoformat()[:19] + "Z"


def from_text(given: str) -> datetime:
    """Read back exactly what `text` wrote. Raises BadTime on any other form."""
    if not _TEXT.fullmatch(given):
        raise BadTime(
            "{given!r} is not an instant of the record. Expected YYYY-MM-DDTHH:MM:SSZ.", given=given
        )
    return parse(given)


def parse(given: str, zone: str = "UTC") -> datetime:
    """Read an instant a person wrote: ISO 8601, date alone (its first second) or date and time.

    zone: IANA name used when the text carries no offset.
    Raises BadTime when it cannot be read or the zone is unknown.
    """
    try:
        read = datetime.fromisoformat(given.strip())
    except ValueError:
        raise BadTime(
            "{given!r} is not a date or an instant. Write it as 2015-06-26, 2015-06-26T17:00 or 2015-06-26T15:00:00Z.",
            given=given,
        ) from None
    if read.tzinfo is None:
        read = read.replace(tzinfo=time_zone(zone))
    return _whole(read)


def time_zone(name: str) -> ZoneInfo:
    """Give the IANA time zone of that name. Raises BadTime when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" alone is a folder of the zone data
        raise BadTime(
            "{name!r} is not a time zone. Expected an IANA name such as Europe/Paris.", name=name
        ) from None


def parse_day(given: str) -> date:
    """Read a calendar day, YYYY-MM-DD. Raises BadTime otherwise."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise BadTime("{given!r} is not a day. Write it as 2015-06-26.", given=given) from None


def _whole(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise BadTime(
            "The instant {given} carries no time zone. Give one, or end it with Z.", given=instant.isoformat()
        )
    if not FIRST <= instant.year <= LAST:
        raise BadTime(
            "The instant {given} lies outside the years {first} to {last}. Give the year in four digits, as in 2015-06-26.",
            given=instant.isoformat(),
            first=FIRST,
            last=LAST,
        )
    if instant.tzinfo is UTC and not instant.microsecond:
        return instant
    return instant.astimezone(UTC).replace(microsecond=0)
