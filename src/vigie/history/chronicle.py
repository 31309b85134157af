"""The whole history of one scheme put together: changes, spans, durations, postures, and what reports get wrong."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vigie.history import durations as lengths_of
from vigie.history.changes import Change, changes as shipped, day_start, gaps, header_of, known_from, rows_of
from vigie.history.durations import Durations
from vigie.history.levels import LATEST
from vigie.history.timeline import Span, timeline
from vigie.history.where import Where, ask
from vigie.schemes import dates
from vigie.schemes.reader import Scheme, load

COLUMNS = (
    "scheme", "date", "known", "code", "zones", "sector", "subject", "area", "until",
    "move", "reason", "announced_by", "source", "confidence", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """What a report says of the history, what is wrong with it, and what of it holds. reported: its day."""

    scheme: str
    report: str
    reported: str
    said: str
    wrong: str
    holds: str
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "report": self.report,
            "said": self.said,
            "wrong": self.wrong,
            "holds": self.holds,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Lane:
    """One place's line through time."""

    where: Where
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Chronicle:
    """A scheme's history as known at an instant.

    lanes: the place asked for first, then every other place that had a level of its own.
    """

    scheme: Scheme
    known_at: datetime
    changes: tuple[Change, ...]
    lanes: tuple[Lane, ...]
    durations: Durations
    postures: tuple[dict[str, str], ...]
    corrections: tuple[Correction, ...]


@cache
def _corrections() -> tuple[Correction, ...]:
    rows = yaml.safe_load((files("vigie.history") / "data" / "corrections.yaml").read_text(encoding="utf-8"))
    return tuple(Correction(**{**row, "sources": tuple(row["sources"])}) for row in rows)


def corrections(scheme_id: str, known_at: datetime) -> tuple[Correction, ...]:
    """Give what reports public by `known_at` tell of a scheme that other pages contradict."""
    return tuple(
        one
        for one in _corrections()
        if one.scheme == scheme_id and _public(scheme_id, one.reported, known_at)
    )


def _public(scheme_id: str, day: str, known_at: datetime) -> bool:
    return not day or day_start(scheme_id, dates.read(day)) <= known_at


def postures(scheme_id: str, *, low: bool = False) -> tuple[dict[str, str], ...]:
    """Give the shipped postures of a scheme, as rows; those sourced only in part on request."""
    return tuple(
        row
        for row in rows_of("postures.csv")
        if row["scheme"] == scheme_id and (low or row["confidence"] != "low")
    )


def chronicle(
    scheme_id: str,
    *,
    zone: str | None = None,
    known_at: datetime = LATEST,
    changes: Iterable[Change] | None = None,
    low: bool = False,
) -> Chronicle:
    """Put a scheme's history together, as known at `known_at`.

    changes: the history to tell; the shipped one unless given. low: list rows of low confidence too, marked; spans
    and counts leave them out all the same. Raises UnknownScheme, UnknownZone.
    """
    scheme = load(scheme_id)
    where = ask(scheme, zone)
    rows = tuple(shipped(scheme_id, low=low) if changes is None else changes)
    told = tuple(row for row in rows if known_from(row) <= known_at)
    sure = [row for row in told if row.confidence != "low"]

    places = dict.fromkeys(Where(z, row.sector, row.subject, row.area) for row in sure for z in row.zones)
    lanes = []
    for place in [where, *(place for place in places if place != where)]:
        spans = timeline(scheme, sure, gaps(scheme_id), place, known_at)
        if spans:
            lanes.append(Lane(place, tuple(spans)))
    first = lanes[0].spans if lanes and lanes[0].where == where else ()
    return Chronicle(
        scheme=scheme,
        known_at=known_at,
        changes=told,
        lanes=tuple(lanes),
        durations=lengths_of.durations(scheme, first),
        postures=tuple(
            one for one in postures(scheme_id, low=low) if _public(scheme_id, one["valid_from"], known_at)
        ),
        corrections=corrections(scheme_id, known_at),
    )


def row_of(change: Change) -> dict[str, str]:
    """Give a change as a row of the open data."""
    return {
        "scheme": change.scheme,
        "date": str(change.date),
        "known": str(change.known),
        "code": change.code,
        "zones": " ".join(change.zones),
        "sector": change.sector,
        "subject": change.subject,
        "area": change.area,
        "until": change.until,
        "move": change.move,
        "reason": change.reason,
        "announced_by": change.announced_by,
        "source": change.source,
        "confidence": change.confidence,
        "origin": change.origin,
    }


def as_csv(told: Chronicle) -> str:
    """Give the changes as CSV: a header row, then one row per change."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(change) for change in told.changes)
    return out.getvalue()


def as_dict(told: Chronicle) -> dict[str, Any]:
    """Give the whole history as JSON, with the header of the file it comes from."""
    return {
        "scheme": told.scheme.id,
        "name": told.scheme.name,
        "about": list(header_of("level-history.csv")),
        "changes": [row_of(change) for change in told.changes],
        "spans": [
            {
                "zone": str(lane.where),
                "spans": [
                    {
                        "code": span.code,
                        "since": str(span.since),
                        "until": str(span.until) if span.until else None,
                        "known": span.known,
                        "confirmed": str(span.confirmed),
                        "note": span.note,
                    }
                    for span in lane.spans
                ],
            }
            for lane in told.lanes
        ],
        "durations": lengths_of.as_dict(told.durations),
        "postures": list(told.postures),
        "corrections": [one.as_dict() for one in told.corrections],
    }
