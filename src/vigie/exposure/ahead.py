"""What lies ahead in an area: day by day with every term of its weight, and the heaviest drivers in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vigie.errors import BadInput
from vigie.exposure import areas, calendar, phrases, shipped
from vigie.exposure.calendar import Limit
from vigie.exposure.dated import Dated, check_years

MAX_DAYS = 3_660


class TooFar(BadInput):
    """More days asked for than are ever listed."""


@dataclass(frozen=True)
class Term:
    """What one entry adds to one day. points: half points at the finest. doubtful: it may not fall on that day."""

    entry: Dated
    points: float
    doubtful: bool


@dataclass(frozen=True)
class Day:
    """One day: its terms, the heaviest first. Its weight is their plain sum."""

    day: date
    terms: tuple[Term, ...]

    @property
    def weight(self) -> float:
        """The sum of the terms; 0 when nothing is known."""
        return sum(term.points for term in self.terms)

    @property
    def heat(self) -> int:
        """Five steps for a strip: 0 nothing, 1 below 2, 2 below 4, 3 below 7, 4 from there on."""
        return sum(self.weight >= step for step in (0.5, 2, 4, 7))


@dataclass(frozen=True)
class Driver:
    """An entry that weighs on the time ahead: on how many days, and its points over all of them."""

    entry: Dated
    days: int
    points: float

    def words(self, lang: str = "en") -> str:
        """Say it in one sentence."""
        return phrases.entry(self.entry, lang)


@dataclass(frozen=True)
class Ahead:
    """What lies ahead. as_known: the day whose knowledge it shows; None = all that is known now."""

    start: date
    end: date
    area: str
    as_known: date | None
    days: tuple[Day, ...]
    entries: tuple[Dated, ...]
    limits: tuple[Limit, ...]

    def drivers(self, most: int = 5) -> tuple[Driver, ...]:
        """Give the heaviest entries: by their points on one day, then by their days."""
        found: dict[str, Driver] = {}
        peak: dict[str, float] = {}
        for day in self.days:
            for term in day.terms:
                so_far = found.get(term.entry.id, Driver(term.entry, 0, 0.0))
                found[term.entry.id] = Driver(term.entry, so_far.days + 1, so_far.points + term.points)
                peak[term.entry.id] = max(peak.get(term.entry.id, 0.0), term.points)
        ranked = sorted(found.values(), key=lambda d: (-peak[d.entry.id], d.entry.start, d.entry.id))
        return tuple(ranked[:most])

    def peaks(self, most: int = 5) -> tuple[Day, ...]:
        """Give the heaviest days, by date."""
        heavy = sorted((d for d in self.days if d.terms), key=lambda d: (-d.weight, d.day))[:most]
        return tuple(sorted(heavy, key=lambda d: d.day))


def ahead(
    start: date, days: int, area: str, *, as_known: date | None = None, events: Iterable[Dated] = ()
) -> Ahead:
    """Say what lies ahead in `area` on `days` days from `start` on.

    as_known: show only what was public on that day. events: entries beside the computed ones.
    Raises UnknownArea, OutOfCalendar, TooFar.
    """
    code = areas.check(area)
    if not 1 <= days <= MAX_DAYS:
        raise TooFar("{days} days were asked for. Expected 1 to {most}.", days=days, most=MAX_DAYS)
    try:
        end = start + timedelta(days=days - 1)
    except OverflowError:
        end = date.max
    check_years(start, end)
    found = calendar.entries(start, end, (code,), as_known=as_known, events=events)
    every = tuple(_day(start + timedelta(days=i), code, found) for i in range(days))
    return Ahead(start, end, code, as_known, every, found, calendar.limits(start, end, (code,)))


def _day(day: date, area: str, found: tuple[Dated, ...]) -> Day:
    terms = [_term(entry, day, area) for entry in found if entry.first <= day <= entry.last]
    # A feast that is a public holiday too (Ascension, Christmas) fills the day once, and so does each neighbour's
    # country, however many of its regions are off; the widest area speaks for it.
    free = {_bare(t.entry) for t in terms if t.entry.kind == "public-holiday"}
    off: set[str] = set()
    kept = []
    for term in sorted(terms, key=lambda t: len(t.entry.areas[0]) if t.entry.areas else 0):
        if term.entry.kind == "feast" and not term.entry.great and _bare(term.entry) in free:
            continue
        if term.entry.kind == "neighbour-school":
            country = areas.country(term.entry.areas[0])
            if country in off:
                continue
            off.add(country)
        kept.append(term)
    return Day(day, tuple(sorted(kept, key=lambda t: (-t.points, t.entry.start, t.entry.id))))


def _bare(entry: Dated) -> str:
    return entry.names["en"].removesuffix(" Day").rstrip("'")


def _term(entry: Dated, day: date, area: str) -> Term:
    data = shipped.tree("drivers.yaml")
    reached = entry.start <= day <= entry.end
    points = float(data["points"][_class(entry, area)]["points"])
    crowd = max(entry.attendance.high or 0, entry.attendance.low or 0)
    points += next((step["points"] for step in data["attendance"] if crowd >= step["from"]), 0)
    return Term(entry, points * (1.0 if reached else data["doubt"]), not entry.sure_on(day))


def _class(entry: Dated, area: str) -> str:
    if entry.kind in {"event", "feast"} and entry.great:
        return f"{entry.kind}-great"
    if entry.kind == "public-holiday" and not any(areas.contains(a, area) for a in entry.areas):
        return "public-holiday-local"
    return entry.kind
