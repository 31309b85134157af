"""The register of incidents in France: what our list holds beside an official figure. No private person is named."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from vigie.history.changes import Confidence, rows_of
from vigie.history.figures import Figure
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate

# The words of the register beside those of the figures.
_STATUS_OF = {"carried out": "completed", "failed": "failed", "foiled": "foiled"}


@dataclass(frozen=True)
class Incident:
    """One row of the register.

    status: completed (a target was killed), failed (carried out, no target killed), foiled (stopped before), or
    disputed. deaths, injured: as sourced, perpetrators apart; empty where not sourced.
    """

    id: str
    date: SourcedDate
    place: str
    area: str
    status: str
    kind: str
    targets: tuple[str, ...]
    deaths: str
    injured: str
    claimed_by: str
    source: str
    confidence: Confidence
    note: str


@cache
def register() -> tuple[Incident, ...]:
    """Give every row of the register, oldest first, those of low confidence and the disputed ones with their mark."""
    found = [
        Incident(
            id=row["id"],
            date=dates.read(row["date"]),
            place=row["place"],
            area=row["area"],
            status=row["status"],
            kind=row["kind"],
            targets=tuple(row["targets"].split("; ")),
            deaths=row["deaths"],
            injured=row["injured"],
            claimed_by=row["claimed_by"],
            source=row["source"],
            confidence=row["confidence"],  # type: ignore[arg-type]  # a test holds the file to the words
            note=row["note"],
        )
        for row in rows_of("incidents-fr.csv")
    ]
    return tuple(sorted(found, key=lambda incident: (incident.date, incident.id)))


def listed_for(figure: Figure) -> tuple[Incident, ...] | None:
    """Give the incidents our register holds for a figure's window and kind; None where the register does not reach.

    The two are shown beside each other and never forced equal: definitions and windows differ.
    """
    statuses = {_STATUS_OF[what] for what in figure.what if what in _STATUS_OF}
    if (
        figure.area != "FR"
        or not statuses
        or figure.window_from.first < register()[0].date.first.replace(day=1)
    ):
        return None
    return tuple(
        incident
        for incident in register()
        if incident.confidence != "low"
        and incident.status in statuses
        and figure.window_from.first <= incident.date.first
        and incident.date.last <= figure.window_to.last
    )


def by_status() -> dict[str, int]:
    """Count the register by status, rows of low confidence left out."""
    return dict(Counter(incident.status for incident in register() if incident.confidence != "low"))
