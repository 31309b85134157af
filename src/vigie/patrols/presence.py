"""What a plan is made from: people expected at each site in each half day, and nothing else.

The list of columns is closed. A plan knows places, half days and a range of people, and whence the range
comes; who these people are, where they come from and what happened there before cannot be told to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from vigie import times
from vigie.errors import BadInput
from vigie.exposure import forbidden, tables
from vigie.exposure.crowding import BASES, HALVES, Present, half
from vigie.exposure.tables import Column, Fault, FaultyRows, Row

COLUMNS = (
    Column("site", ("id", "place", "lieu"), required=True),
    Column("name", ("nom", "site name", "nom du site")),
    Column("day", ("date", "jour"), required=True),
    Column("half", ("half day", "demi journee"), required=True),
    Column("low", ("people low", "least", "minimum", "mini"), required=True),
    Column("high", ("people high", "most", "maximum", "maxi"), required=True),
    Column("basis", ("base", "origin of the figure"), required=True),
)
KNOWN_BASES = (*BASES, "event")
MOST_PEOPLE = 10_000_000
MOST_SITES = 2_000
MOST_DAYS = 7


class BadPresence(BadInput):
    """People expected that no plan can be made from: none, a hole, a doubled half day, a range upside down."""


@dataclass(frozen=True)
class HalfDay:
    """One half of one day: for each site in order, the least and most people, and whether that is assumed."""

    day: date
    half: str
    low: tuple[int, ...]
    high: tuple[int, ...]
    assumed: tuple[bool, ...]

    @property
    def middle(self) -> tuple[float, ...]:
        """The middle of each range: the value the plan reckons with."""
        return tuple((low + high) / 2 for low, high in zip(self.low, self.high, strict=True))


@dataclass(frozen=True)
class Presence:
    """People expected at `sites` (ids, sorted) with their names, half day by half day."""

    sites: tuple[str, ...]
    names: tuple[str, ...]
    halves: tuple[HalfDay, ...]

    @property
    def days(self) -> int:
        """How many days it covers."""
        return len(self.halves) // len(HALVES)


def gather(present: Iterable[Present], names: Mapping[str, str]) -> Presence:
    """Lay out people expected by site and half day. names: by site id; a site without one goes by its id.

    Raises BadPresence when there is nothing, when half days are missing or doubled, when the days do not
    follow one another or are more than seven, or when a range cannot be.
    """
    found: dict[tuple[date, str, str], Present] = {}
    for one in present:
        _check(one)
        if found.setdefault((one.day, one.half, one.site), one) is not one:
            raise BadPresence(
                "The people expected at {site} on {day} ({half}) are given twice. Keep one.",
                site=one.site,
                day=one.day,
                half=one.half,
            )
    if not found:
        raise BadPresence(
            "There are no sites to plan for. Import sites first: vigie sites import SITES.csv, or give a table of people expected."
        )
    sites = tuple(sorted({site for _, _, site in found}))
    if len(sites) > MOST_SITES:
        raise BadPresence(
            "There are {count} sites; a plan takes at most {most}. Plan by area.",
            count=len(sites),
            most=MOST_SITES,
        )
    days = _days({day for day, _, _ in found})
    halves = tuple(_half_day(found, sites, day, name) for day in days for name in HALVES)
    return Presence(sites, tuple(names.get(site, site) for site in sites), halves)


def read(data: bytes) -> tuple[tuple[Present, ...], dict[str, str]]:
    """Read a table of people expected: what was given, and the names of sites.

    Raises BadTable when a column is forbidden, unknown, doubled or missing, and FaultyRows when cells cannot be.
    """
    table = tables.read(data, COLUMNS, forbidden=forbidden.reason)
    faults = list(table.faults)
    read_rows = [_present(row, faults) for row in table.rows]
    if faults:
        raise FaultyRows.of("the table of people expected", sorted(faults, key=lambda f: f.line))
    names = {row.cells["site"]: row.cells["name"] for row in table.rows if row.cells.get("name")}
    return tuple(one for one in read_rows if one is not None), names


def check_days(count: int) -> None:
    """Refuse a plan of no day, or of more than seven. Raises BadPresence."""
    if not 1 <= count <= MOST_DAYS:
        raise BadPresence(
            "A plan of {count} days cannot be. It covers 1 to {most}.", count=count, most=MOST_DAYS
        )


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[Present, ...], dict[str, str]]:
    """Read people expected from decoded JSON: what was given, and the names of sites.

    Raises BadPresence naming a column that is forbidden, unknown or missing, or a cell that cannot be.
    """
    present, names = [], {}
    for number, row in enumerate(rows, start=1):
        check_columns(row)
        missing = [c.name for c in COLUMNS if c.required and c.name not in row]
        if missing:
            raise BadPresence(
                "Row {number} lacks {missing}. Add it.", number=number, missing=", ".join(missing)
            )
        words = {name: row[name] for name in ("site", "day", "half", "basis")}
        for name, given in words.items():
            if not isinstance(given, str) or not given:
                raise BadPresence(
                    "Row {number}: {name} is {given!r}. Expected a text.",
                    number=number,
                    name=name,
                    given=given,
                )
        present.append(
            Present(
                row["site"], times.parse_day(row["day"]), row["half"], row["low"], row["high"], row["basis"]
            )
        )
        if row.get("name"):
            names[row["site"]] = str(row["name"])
    return tuple(present), names


def check_columns(given: Iterable[str]) -> None:
    """Refuse keys that are no columns of a plan's input, by name. Raises BadPresence."""
    known = [column.name for column in COLUMNS]
    for name in given:
        if name in known:
            continue
        reason = forbidden.reason(name)
        if reason is not None:
            raise BadPresence("The column {name!r} is refused: {reason} Remove it.", name=name, reason=reason)
        raise BadPresence(
            "The column {name!r} is not known. The columns are: {known}. Remove it.",
            name=name,
            known=", ".join(known),
        )


def _present(row: Row, faults: list[Fault]) -> Present | None:
    before = len(faults)
    cells = row.cells

    def fault(column: str, expected: str) -> None:
        faults.append(Fault(row.line, column, cells[column], expected))

    try:
        day = times.parse_day(cells["day"])
    except times.BadTime:
        fault("day", "a day, written as 2031-05-26")
    if cells["half"] not in HALVES:
        fault("half", "am (06:00-15:00) or pm (15:00-24:00)")
    if cells["basis"] not in KNOWN_BASES:
        fault("basis", f"one of {', '.join(KNOWN_BASES)}")
    for column in ("low", "high"):
        if not (
            cells[column].isascii() and cells[column].isdigit() and int(cells[column][:9]) <= MOST_PEOPLE
        ):
            fault(column, f"people, a whole number from 0 to {MOST_PEOPLE}")
    if not cells["site"]:
        fault("site", "the site's id")
    if len(faults) > before:
        return None
    if int(cells["low"]) > int(cells["high"]):
        fault("low", f"at most the other end of the range, {cells['high']}")
        return None
    return Present(cells["site"], day, cells["half"], int(cells["low"]), int(cells["high"]), cells["basis"])


def _check(one: Present) -> None:
    half(one.half)
    whole = type(one.low) is int and type(one.high) is int  # a float has no place on the record
    if not whole or not 0 <= one.low <= one.high <= MOST_PEOPLE:
        raise BadPresence(
            "The people expected at {site} on {day} ({half}) are {low} to {high}. Expected two whole numbers from 0 to {most}, the lower first.",
            site=one.site, day=one.day, half=one.half, low=one.low, high=one.high, most=MOST_PEOPLE,
        )  # fmt: skip
    if one.basis not in KNOWN_BASES:
        raise BadPresence(
            "The figure for {site} rests on {basis!r}. Expected one of: {known}.",
            site=one.site,
            basis=one.basis,
            known=", ".join(KNOWN_BASES),
        )


def _days(given: set[date]) -> list[date]:
    days = sorted(given)
    check_days(len(days))
    for before, after in pairwise(days):
        if after - before != timedelta(days=1):
            raise BadPresence(
                "The days jump from {before} to {after}. A plan covers days that follow one another.",
                before=before,
                after=after,
            )
    return days


def _half_day(
    found: Mapping[tuple[date, str, str], Present], sites: tuple[str, ...], day: date, name: str
) -> HalfDay:
    try:
        ones = [found[day, name, site] for site in sites]
    except KeyError as missing:
        raise BadPresence(
            "Nothing is said of {site} on {day} ({half}). Give 0 to 0 where nobody is expected.",
            site=missing.args[0][2],
            day=day,
            half=name,
        ) from None
    return HalfDay(
        day,
        name,
        tuple(one.low for one in ones),
        tuple(one.high for one in ones),
        # A listed event replaces an assumption only where its own attendance is known; its range says so.
        tuple(one.basis in ("capacity", "assumed") for one in ones),
    )
