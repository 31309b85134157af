"""What a route game is: sites and slots, teams that travel and stay, checked once when it is made.

The defender draws a joint plan for all teams from a mix; the attacker knows the mix and picks the cell (site,
slot) that pays best: value x (1 - coverage). What the attacker gains the defender loses. A team present in a slot
covers the cell with probability `detection`; k teams there cover it with 1 - (1 - detection)^k.

The model is that of F. Fang, A. X. Jiang, M. Tambe, "Protecting moving targets with multiple mobile resources",
JAIR 48 (2013), on whole slots, with shortest stays as in M. Jain, E. Kardes, C. Kiekintveld, F. Ordonez,
M. Tambe, "Security games with arbitrary schedules", AAAI 2010.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vigie.patrols.game import LARGEST_PAYOFF, BadGame, FloatArray

IntArray = NDArray[np.int64]
MOST_SITES, MOST_SLOTS, MOST_TEAMS = 2_000, 2_000, 1_000


@dataclass(frozen=True, eq=False)
class RouteGame:
    """One route game.

    value: (sites, slots), float, >= 0: what an attack on the cell costs where no team stands.
    travel: (sites, sites), whole slots on the way from row to column, >= 0; None in a list means no way.
        Held as int; no way is a trip longer than the day. The diagonal is not used.
    teams: how many, >= 1. min_dwell: slots that a stay lasts at least, 1 to slots.
    start: the site where every team is in slot 0, or None: anywhere.
    detection: chance that one team present covers the cell, 0 to 1.

    Raises BadGame when any of this does not hold, naming the entry and what to change.
    """

    value: FloatArray
    travel: IntArray
    teams: int
    min_dwell: int = 1
    start: int | None = None
    detection: float = 1.0

    def __post_init__(self) -> None:
        value = _values(self.value)
        object.__setattr__(self, "value", value)
        sites, slots = value.shape
        object.__setattr__(self, "teams", whole("teams", self.teams, 1, MOST_TEAMS))
        dwell = whole("min_dwell", self.min_dwell, 1, MOST_SLOTS)
        if dwell > slots:
            raise BadGame(
                "min_dwell is {dwell} and the day has {slots} slots. No stay fits: shorten it or add slots.",
                dwell=dwell,
                slots=slots,
            )
        object.__setattr__(self, "min_dwell", dwell)
        if self.start is not None:
            object.__setattr__(self, "start", whole("start", self.start, 0, sites - 1))
        object.__setattr__(self, "detection", _share(self.detection))
        object.__setattr__(self, "travel", _trips(self.travel, sites, slots, self.start))

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return int(self.value.shape[0])

    @property
    def slots(self) -> int:
        """How many slots the day has."""
        return int(self.value.shape[1])

    @property
    def remark(self) -> str | None:
        """A sentence naming the sites that no team reaches within the day, else None."""
        if self.start is None:
            return None
        first = np.full(self.sites, self.slots, dtype=np.int64)
        first[self.start] = 0
        for _ in range(self.sites):
            then = np.minimum(first, (first[:, None] + self.min_dwell + self.travel).min(axis=0))
            if (then == first).all():
                break
            first = then
        late = np.flatnonzero(first + self.min_dwell > self.slots)
        if not late.size:
            return None
        return (
            f"{late.size} sites cannot be reached from site {self.start} early enough for a whole stay, "
            f"the first of them site {int(late[0])}: they stay uncovered."
        )


def whole(name: str, given: Any, least: int, most: int) -> int:
    """Give a whole number between `least` and `most`. Raises BadGame naming it otherwise."""
    fits = isinstance(given, int | float | np.integer) and not isinstance(given, bool)
    if not fits or not isfinite(given) or given % 1 != 0 or not least <= given <= most:
        raise BadGame(
            "{name} is {given!r}. Expected a whole number between {least} and {most}.",
            name=name,
            given=given,
            least=least,
            most=most,
        )
    return int(given)


def _share(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise BadGame(
            "detection is {given!r}. Expected a chance between 0 and 1: that a team present covers the site.",
            given=given,
        )
    return float(given)


def _values(given: Any) -> FloatArray:
    try:
        value = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise BadGame(
            "value is not a table of numbers. Give one row per site with one number per slot."
        ) from None
    if value.ndim != 2 or 0 in value.shape:
        raise BadGame(
            "value is no table of sites by slots. Give one row per site with one number per slot, at least one of each."
        )
    for name, count, most in (("sites", value.shape[0], MOST_SITES), ("slots", value.shape[1], MOST_SLOTS)):
        if count > most:
            raise BadGame(
                "The game has {count} {name}; at most {most} are taken. Split it by area or by shift.",
                count=count,
                name=name,
                most=most,
            )
    wrong = np.argwhere(~((value >= 0) & (value <= LARGEST_PAYOFF)))
    if wrong.size:
        site, slot = map(int, wrong[0])
        raise BadGame(
            "value[{site}][{slot}] is {value}. Expected a number between 0 and {most:g}.",
            site=site,
            slot=slot,
            value=float(value[site, slot]),
            most=LARGEST_PAYOFF,
        )
    value.flags.writeable = False
    return value


def _trips(given: Any, sites: int, slots: int, start: int | None) -> IntArray:
    rows = list(given) if isinstance(given, list | tuple | np.ndarray) else []
    if len(rows) != sites or any(np.shape(row) != (sites,) for row in _rows(rows)):
        raise BadGame(
            "travel is no table of {sites} by {sites}. Give one row per site with one number per site.",
            sites=sites,
        )
    # A trip longer than the day is as good as none.
    longest = slots + 1
    travel = np.full((sites, sites), longest, dtype=np.int64)
    linked = np.zeros((sites, sites), dtype=bool)
    for i, row in enumerate(rows):
        for j, slots_on_way in enumerate(row):
            if i == j or slots_on_way is None:
                continue
            number = slots_on_way
            if (
                isinstance(number, bool | str)
                or not isinstance(number, int | float | np.integer | np.floating)
                or not 0 <= number <= LARGEST_PAYOFF
                or number % 1 != 0
            ):
                raise BadGame(
                    "travel[{i}][{j}] is {given!r}. Expected a whole number of slots, 0 or more, or null for no way.",
                    i=i,
                    j=j,
                    given=number,
                )
            linked[i, j] = True
            travel[i, j] = min(int(number), longest)
    _refuse_cut_off(linked, start)
    np.fill_diagonal(travel, longest)
    travel.flags.writeable = False
    return travel


def _rows(rows: list[Any]) -> Iterator[Any]:
    for row in rows:
        yield np.array(row, dtype=object) if isinstance(row, list | tuple | np.ndarray) else None


def _refuse_cut_off(linked: NDArray[np.bool_], start: int | None) -> None:
    first = 0 if start is None else start
    ways = [(linked, "from site {first} to site {site}")]
    if start is None:
        ways.append((linked.T, "from site {site} to site {first}"))
    for table, words in ways:
        reached = np.zeros(len(linked), dtype=bool)
        edge = np.array([first])
        while edge.size:
            reached[edge] = True
            edge = np.flatnonzero(table[edge].any(axis=0) & ~reached)
        if not reached.all():
            raise BadGame(
                "travel has no way {way}, over other sites either. Give the slots it takes, or make two games.",
                way=words.format(first=first, site=int(np.argmin(reached))),
            )
