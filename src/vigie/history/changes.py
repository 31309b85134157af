"""The shipped history: every change, confirmation and notice, with its page and how sure it is.

Rows of low confidence rest on a recollection or one unconfirmed page. They are kept with their mark and given
only on request; nothing is ever counted or answered from them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from vigie import times
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate
from vigie.schemes.reader import load

Move = Literal["introduced", "raised", "lowered", "maintained", "retired", "issued", "extended"]
Confidence = Literal["high", "medium", "low"]

SETTING: frozenset[Move] = frozenset({"introduced", "raised", "lowered", "issued"})
RENEWING: frozenset[Move] = frozenset({"maintained", "extended"})


@dataclass(frozen=True)
class Change:
    """One row of a scheme's history.

    id: scheme, date and place in the file, stable as rows are only added. date: of effect, as sourced.
    known: when it became public. zones: ISO 3166 codes of the one decision. until: stated end, if any.
    move: what it did to the level. source: address of the page; of its own record for a home's rows.
    origin: `shipped`, or `home` for a decision or reception on a home's record; start, told: its instants of effect
    and of becoming known, which a home's record holds to the second.
    """

    id: str
    scheme: str
    date: SourcedDate
    known: SourcedDate
    code: str
    zones: tuple[str, ...]
    sector: str
    subject: str
    area: str
    until: str
    move: Move
    reason: str
    announced_by: str
    source: str
    confidence: Confidence
    origin: Literal["shipped", "home"] = "shipped"
    start: datetime | None = None
    told: datetime | None = None


@dataclass(frozen=True)
class Gap:
    """A time for which no page dates a change: from the last confirmation to the next sourced change."""

    scheme: str
    zone: str
    start: SourcedDate
    end: SourcedDate | None
    note: str


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a shipped CSV file; lines beginning with # are its header."""
    text = (files("vigie.history") / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def header_of(name: str) -> tuple[str, ...]:
    """Give the header lines of a shipped file: who compiled it, when, under which licence."""
    text = (files("vigie.history") / "data" / name).read_text(encoding="utf-8")
    return tuple(line.removeprefix("# ") for line in text.splitlines() if line.startswith("#"))


@cache
def _all() -> tuple[Change, ...]:
    return tuple(
        Change(
            id=f"{row['scheme']}:{row['date']}:{place}",
            scheme=row["scheme"],
            date=dates.read(row["date"]),
            known=dates.read(row["known"] or row["date"]),
            code=row["code"],
            zones=tuple(row["zones"].split()),
            sector=row["sector"],
            subject=row["subject"],
            area=row["area"],
            until=row["until"],
            move=row["move"],  # type: ignore[arg-type]  # a test holds the file to the words above
            reason=row["reason"],
            announced_by=row["announced_by"],
            source=row["source"],
            confidence=row["confidence"],  # type: ignore[arg-type]
        )
        for place, row in enumerate(rows_of("level-history.csv"), start=1)
    )


def changes(scheme_id: str, *, low: bool = False) -> tuple[Change, ...]:
    """Give the shipped changes of a scheme in the order of time; `low` adds those of low confidence.

    Raises UnknownScheme.
    """
    load(scheme_id)
    found = [
        change for change in _all() if change.scheme == scheme_id and (low or change.confidence != "low")
    ]
    return tuple(sorted(found, key=lambda change: change.date))


@cache
def gaps(scheme_id: str) -> tuple[Gap, ...]:
    """Give the times for which no page dates a change of this scheme."""
    return tuple(
        Gap(
            row["scheme"],
            row["zone"],
            dates.read(row["from"]),
            dates.read(row["to"]) if row["to"] else None,
            row["note"],
        )
        for row in rows_of("gaps.csv")
        if row["scheme"] == scheme_id
    )


def known_from(change: Change) -> datetime:
    """Give the instant from which a change was known."""
    return change.told or day_start(change.scheme, change.known)


def takes_effect(change: Change) -> datetime:
    """Give the first instant a change can have taken effect."""
    return change.start or day_start(change.scheme, change.date)


@cache
def day_start(scheme_id: str, date: SourcedDate) -> datetime:
    """Give the first instant a date can stand for, in the scheme's own clock."""
    clock = times.time_zone(load(scheme_id).clock)
    return datetime.combine(date.first, time(), clock).astimezone(UTC)


@cache
def day_end(scheme_id: str, date: SourcedDate) -> datetime:
    """Give the first instant after a date, in the scheme's own clock."""
    clock = times.time_zone(load(scheme_id).clock)
    return datetime.combine(date.last + timedelta(days=1), time(), clock).astimezone(UTC)
