"""One thing that lies on the calendar: what every kind of day has in common."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from vigie.errors import BadInput

# Where the Umm al-Qura tables end, less a year on either side.
FIRST_YEAR, LAST_YEAR = 1926, 2075

KINDS = ("public-holiday", "school", "neighbour-school", "feast", "event")
BASES = ("computed", "expected", "sourced", "stated")


class OutOfCalendar(BadInput):
    """A day for which no calendar is kept."""


@dataclass(frozen=True)
class Attendance:
    """How many are expected: a range of people, or one of its ends alone. None = not known."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Dated:
    """A day or a run of days, and how sure it is.

    start, end: first and last day, both included. eve: begins at sunset of the day before `start`.
    uncertainty_days: may fall that many days earlier or later.
    areas: where it holds; () is everywhere. site: id of the site it fills, "" for none.
    basis: computed by rule; expected (a rule not yet confirmed by a public order); sourced (a page says so);
    stated (an officer entered it).
    known_on: the day it became public; None for what a rule gives, always known.
    hours: (from, to) in minutes after midnight, None when not known. great: among the days that fill most.
    """

    id: str
    kind: str
    start: date
    end: date
    names: dict[str, str] = field(hash=False)
    basis: str = "computed"
    areas: tuple[str, ...] = ()
    zone: str = ""
    eve: bool = False
    uncertainty_days: int = 0
    known_on: date | None = None
    source: str = ""
    site: str = ""
    hours: tuple[int, int] | None = None
    attendance: Attendance = Attendance()
    organiser: str = ""
    great: bool = False

    def name(self, lang: str = "en") -> str:
        """Say its name in the language asked for, else in English."""
        return self.names.get(lang) or self.names["en"]

    @property
    def first(self) -> date:
        """The earliest day it may touch: eve and uncertainty included."""
        return self.start - timedelta(days=self.uncertainty_days + self.eve)

    @property
    def last(self) -> date:
        """The latest day it may touch: uncertainty included."""
        return self.end + timedelta(days=self.uncertainty_days)

    def sure_on(self, day: date) -> bool:
        """Say whether it holds on `day` without any doubt."""
        return (
            self.start + timedelta(days=self.uncertainty_days)
            <= day
            <= self.end - timedelta(days=self.uncertainty_days)
        )

    def known(self, as_known: date | None) -> bool:
        """Say whether it was public on `as_known`; None asks for all that is known."""
        return as_known is None or self.known_on is None or self.known_on <= as_known


def check_years(start: date, end: date) -> None:
    """Refuse days out of the calendars' reach, or an end before its start. Raises OutOfCalendar."""
    if end < start:
        raise OutOfCalendar(
            "{end} comes before {start}. Give the first day, then the last.", start=start, end=end
        )
    if start.year < FIRST_YEAR or end.year > LAST_YEAR:
        raise OutOfCalendar(
            "The calendars run from {first} to {last}; {start} to {end} does not lie in them.",
            first=FIRST_YEAR, last=LAST_YEAR, start=start, end=end,
        )  # fmt: skip
