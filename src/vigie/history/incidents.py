"""The register of incidents in France: what our list holds beside an official figure. No private person is named."""

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from vigie.errors import BadInput
from vigie.history.changes import Confidence, rows_of
from vigie.history.figures import Figure, figures
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate

# The words of the register beside those of the figures.
_STATUS_OF = {"carried out": "completed", "failed": "failed", "foiled": "foiled"}
STATUSES = ("completed", "failed", "foiled", "disputed")
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

    def is_of(self, figure: Figure) -> bool:
        """Say whether a figure covers exactly these days."""
        return (figure.window_from.first, figure.window_to.last) == (self.since.first, self.until.last)


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
        for incident in (register() if low else _sure())
        if area in (AREA, incident.area) and asked.holds(incident.date)
    )


@dataclass(frozen=True)
class Beside:
    """A figure as said, and what our list holds for its window and kind; never made equal."""

    figure: Figure
    listed: tuple[Incident, ...]

    @property
    def unlisted(self) -> int | None:
        """How many of those said, at the least, our list does not hold; None where no number was said."""
        least, _ = self.figure.bounds
        return None if least is None else max(0, least - len(self.listed))

    @property
    def unsaid(self) -> int | None:
        """How many our list holds, at the least, beyond those said; None where no highest number was said."""
        _, most = self.figure.bounds
        return None if most is None else max(0, len(self.listed) - most)

    def as_dict(self) -> dict[str, Any]:
        """Give both as JSON."""
        return {
            **self.figure.as_dict(),
            "listed": len(self.listed),
            "unlisted": self.unlisted,
            "unsaid": self.unsaid,
        }


@dataclass(frozen=True)
class Counted:
    """A window counted: our list by status, the figures said of exactly it, and those from the same start to an earlier end.

    uncovered: what our list holds, by status, of which no figure of exactly this window speaks. unsure: how many are
    of low confidence, and not counted. astride: how many have a date that may lie in or outside, and are not counted.
    """

    listed: dict[str, int]
    figures: tuple[Beside, ...]
    earlier: tuple[Beside, ...]
    uncovered: dict[str, int]
    unsure: int
    astride: int

    def as_dict(self) -> dict[str, Any]:
        """Give the count as JSON."""
        return {
            "listed": self.listed,
            "figures": [one.as_dict() for one in self.figures],
            "earlier": [one.as_dict() for one in self.earlier],
            "uncovered": self.uncovered,
            "unsure": self.unsure,
            "astride": self.astride,
        }


def counted(area: str, asked: Window) -> Counted:
    """Count a window beside what was said of it. Raises NoRegister."""
    ours, every = listed_in(area, asked), listed_in(area, asked, low=True)
    sides = [
        Beside(figure, listed)
        for figure in figures(area)
        if figure.window_from.first == asked.since.first and figure.window_to.last <= asked.until.last
        for listed in [listed_for(figure)]
        if listed is not None
    ]
    same = tuple(side for side in sides if asked.is_of(side.figure))
    spoken = {_STATUS_OF[what] for side in same for what in side.figure.what}
    by = Counter(incident.status for incident in ours)
    listed = {status: by[status] for status in STATUSES}
    return Counted(
        listed=listed,
        figures=same,
        earlier=tuple(side for side in sides if side not in same),
        uncovered={status: number for status, number in listed.items() if number and status not in spoken},
        unsure=len(every) - len(ours),
        astride=sum(
            area in (AREA, incident.area)
            and not asked.holds(incident.date)
            and incident.date.first <= asked.until.last
            and incident.date.last >= asked.since.first
            for incident in _sure()
        ),
    )


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
    window = Window(figure.window_from, figure.window_to)
    return tuple(each for each in _sure() if each.status in statuses and window.holds(each.date))


def by_status() -> dict[str, int]:
    """Count the register by status, rows of low confidence left out."""
    return dict(Counter(incident.status for incident in _sure()))


def _sure() -> tuple[Incident, ...]:
    return tuple(incident for incident in register() if incident.confidence != "low")
