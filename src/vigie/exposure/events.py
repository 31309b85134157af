"""Events: what no rule computes. Read from a file, each with the day it became known and where that was read."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vigie.errors import BadInput
from vigie.exposure import areas, shipped
from vigie.exposure.dated import Attendance, Dated, check_years
from vigie.exposure.opening import BadOpening, parse as parse_opening
from vigie.exposure.tables import hazard, plain
from vigie.translatable import gettext_noop

MAX_BYTES = 1_000_000
MAX_DAYS = 366
MAX_PEOPLE = 10_000_000
_MOST_PARTS = 200

_KEYS = {
    "id",
    "en",
    "fr",
    "start",
    "end",
    "areas",
    "site",
    "hours",
    "attendance",
    "organiser",
    "known_on",
    "source",
    "great",
}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class BadEvent(BadInput):
    """An event that cannot be, or a file of events that cannot be read."""

    def said(self, translate: Callable[[str], str]) -> str:
        """Give the sentence, and what was expected, in the language of `translate`."""
        expected = {"expected": translate(str(self.fields["expected"]))} if "expected" in self.fields else {}
        return translate(self.message).format(**self.fields | expected)


@cache
def shipped_register() -> tuple[Dated, ...]:
    """Give the great public events that come with vigie, each with the day it became public and its source."""
    return read(shipped.text("events.yaml").encode(), "events.yaml")


def read_file(path: Path) -> tuple[Dated, ...]:
    """Read a YAML file of events. Raises BadEvent, naming the event and the field; none is taken then."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise BadEvent("{path} cannot be read: {reason}.", path=path, reason=fault.strerror) from None
    return read(data, path.name)


def read(data: bytes, called: str = "the file of events") -> tuple[Dated, ...]:
    """Read YAML bytes: a mapping with a list `events`. Raises BadEvent; none is taken then."""
    if len(data) > MAX_BYTES:
        raise BadEvent("{called} has more than {most:,} bytes.", called=called, most=MAX_BYTES)
    try:
        tree = yaml.safe_load(data)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
        raise BadEvent(
            "{called} is not YAML: {fault}", called=called, fault=" ".join(str(fault).split())
        ) from None
    listed = tree.get("events") if isinstance(tree, dict) else None
    if not isinstance(listed, list):
        raise BadEvent(
            "{called} holds no list of events. Expected: events: then one entry each.", called=called
        )
    found: dict[str, Dated] = {}
    for place, entry in enumerate(listed, start=1):
        if not isinstance(entry, dict):
            raise BadEvent(
                "{called}, event {place}: expected fields such as id, en, start.", called=called, place=place
            )
        event = of(entry, called=f"{called}, event {place}")
        if event.id in found:
            raise BadEvent(
                "{called}, event {place}: the id {id!r} is taken. Give another.",
                called=called,
                place=place,
                id=event.id,
            )
        found[event.id] = event
    return tuple(found.values())


def of(entry: Mapping[str, Any], *, called: str = "the event") -> Dated:
    """Make one event from its fields (see docs/exposure.md). Raises BadEvent or UnknownArea."""
    _check_flat(entry, called)
    unknown = sorted(set(map(str, entry)) - _KEYS)
    if unknown:
        raise _bad(called, ", ".join(unknown), "nothing", ", ".join(sorted(_KEYS)))
    start = _day(entry, "start", called)
    end = _day(entry, "end", called) if entry.get("end") else start
    known_on = _day(entry, "known_on", called)
    check_years(start, end)
    if (end - start).days >= MAX_DAYS:
        raise _bad(called, "end", end, gettext_noop("at most 366 days; day and month may be swapped"))
    if known_on > end:
        raise _bad(called, "known_on", known_on, gettext_noop("a day before the event ends"))
    names = {
        lang: _words(entry, lang, called, needed=lang == "en")
        for lang in ("en", "fr")
        if entry.get(lang) or lang == "en"
    }
    return Dated(
        id=_id(entry, names["en"], start, called),
        kind="event",
        start=start,
        end=end,
        names=names,
        basis="sourced" if entry.get("source") else "stated",
        areas=tuple(areas.check(str(code)) for code in _list(entry.get("areas"))),
        known_on=known_on,
        source=_words(entry, "source", called),
        site=_words(entry, "site", called),
        hours=_hours(entry, called),
        attendance=_attendance(entry, called),
        organiser=_words(entry, "organiser", called),
        great=bool(entry.get("great", False)),
    )


def _check_flat(entry: Mapping[str, Any], called: str) -> None:
    """Refuse nesting before anything is written out: a few lines of YAML aliases can stand for gigabytes of text."""
    for key, value in entry.items():
        inner = (
            (*value, *value.values())
            if isinstance(value, dict)
            else value
            if isinstance(value, list | tuple)
            else ()
        )
        if (
            any(isinstance(part, dict | list | tuple | set) for part in (key, *inner))
            or len(inner) > _MOST_PARTS
        ):
            raise _bad(
                called, "a field", type(value).__name__, gettext_noop("one value, or a short list of them")
            )


def _id(entry: Mapping[str, Any], name: str, start: date, called: str) -> str:
    given = str(entry.get("id") or "")
    if given and not _ID.fullmatch(given):
        raise _bad(called, "id", given, gettext_noop("small letters, digits and hyphens, 1 to 64 of them"))
    return given or f"{plain(name).replace(' ', '-')[:40].strip('-') or 'event'}-{start.isoformat()}"


def _words(entry: Mapping[str, Any], key: str, called: str, *, needed: bool = False) -> str:
    given = " ".join(str(entry.get(key) or "").split())
    reason = (
        hazard(given)
        or (gettext_noop("at most 300 signs") if len(given) > 300 else "")
        or (gettext_noop("a name") if needed and not given else "")
    )
    if reason:
        raise _bad(called, key, given[:60], reason)
    return given


def _day(entry: Mapping[str, Any], key: str, called: str) -> date:
    given = entry.get(key)
    if type(given) is date:
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise _bad(
            called, key, given, gettext_noop("a day written year-month-day, such as 2015-06-26")
        ) from None


def _hours(entry: Mapping[str, Any], called: str) -> tuple[int, int] | None:
    given = entry.get("hours")
    if not given:
        return None
    try:
        (span,) = parse_opening(str(given)).week[0]
    except (BadOpening, ValueError):
        raise _bad(called, "hours", given, gettext_noop("from and to, such as 20:00-23:30")) from None
    return span


def _attendance(entry: Mapping[str, Any], called: str) -> Attendance:
    given = entry.get("attendance") or {}
    if not isinstance(given, dict) or not set(given) <= {"low", "high"}:
        raise _bad(called, "attendance", given, gettext_noop("low, high or both"))
    low, high = given.get("low"), given.get("high")
    for number in (low, high):
        if number is not None and (type(number) is not int or not 0 <= number <= MAX_PEOPLE):
            raise _bad(called, "attendance", number, gettext_noop("a whole number from 0 to 10,000,000"))
    if low is not None and high is not None and low > high:
        raise _bad(called, "attendance", f"{low} to {high}", gettext_noop("the smaller number as low"))
    return Attendance(low, high)


def _list(given: object) -> Iterable[object]:
    return given if isinstance(given, list | tuple) else (given,) if given else ()


def _bad(called: str, field: str, given: object, expected: str) -> BadEvent:
    return BadEvent(
        gettext_noop("{called}, {field}: {given!r}; expected {expected}."),
        called=called,
        field=field,
        given=str(given),
        expected=expected,
    )
