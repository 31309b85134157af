"""The register of incidents in France. No private person is named."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from vigie.errors import BadInput
from vigie.history.changes import Confidence, rows_of
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate

AREA = "FR"


class NoRegister(BadInput):
    """Our list of incidents does not reach that area."""


class BadWindow(BadInput):
    """A window that ends before it begins, or begins before our list does."""


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

    def as_dict(self) -> dict[str, Any]:
        """Give the incident as JSON."""
        return {**asdict(self), "date": str(self.date), "targets": list(self.targets)}


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


@dataclass(frozen=True)
class Window:
    """A stretch of days, both ends included, each as vague as it was given."""

    since: SourcedDate
    until: SourcedDate

    def holds(self, date: SourcedDate) -> bool:
        """Say whether every day the date can stand for lies inside."""
        return self.since.first <= date.first and date.last <= self.until.last


def window(since: str = "", until: str = "") -> Window:
    """Read a window; from the first month our list reaches to its last incident where an end is left out.

    Raises BadDate, BadWindow.
    """
    first = register()[0].date.text[:7]
    read = Window(dates.read(since or first), dates.read(until or register()[-1].date.text))
    if read.until.last < read.since.first:
        raise BadWindow(
            "The window ends ({until}) before it begins ({since}). Give a later end.",
            since=str(read.since),
            until=str(read.until),
        )
    if read.since.first < dates.read(first).first:
        raise BadWindow(
            "Our list of incidents begins in {first}, and {since} is earlier. Ask from {first} on.",
            since=str(read.since),
            first=first,
        )
    return read


def listed_in(area: str, asked: Window, *, low: bool = False) -> tuple[Incident, ...]:
    """Give the incidents of an area whose whole date lies in the window; `low` adds those of low confidence.

    Raises NoRegister.
    """
    if area != AREA and area not in {incident.area for incident in register()}:
        raise NoRegister(
            "Our list holds incidents in {known} only, and none in {area}. Ask for {known}, or a part of it that has some.",
            area=area,
            known=AREA,
        )
    return tuple(
        incident
        for incident in (register() if low else sure())
        if area in (AREA, incident.area) and asked.holds(incident.date)
    )


def sure() -> tuple[Incident, ...]:
    """Give the rows that are counted: all but those of low confidence."""
    return tuple(incident for incident in register() if incident.confidence != "low")
