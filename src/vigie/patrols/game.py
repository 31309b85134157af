"""What a static security game is: sites, resources and four payoffs per site, checked once when it is made.

The defender covers site i with probability c_i; the attacker watches long enough to know every c_i, then
attacks the one site that pays best.

    attacker at i:  att_uncovered_i - (att_uncovered_i - att_covered_i) * c_i
    defender at i:  def_uncovered_i + (def_covered_i - def_uncovered_i) * c_i
    cov_min_i <= c_i <= cov_max_i,   sum(cost_i * c_i) <= resources

The compact form is that of C. Kiekintveld, M. Jain, J. Tsai, J. Pita, F. Ordonez, M. Tambe, "Computing
optimal randomized resource allocations for massive security games", AAMAS 2009.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vigie.errors import BadInput

FloatArray = NDArray[np.float64]

MOST_SITES = 5_000_000
# Beyond this a double no longer tells payoffs apart to nine digits after a subtraction.
LARGEST_PAYOFF = 1e15
# Rounding allowed when floors are added up against the resources.
_ROUNDING = 1e-9
# 16,384 doubles are 128 kB. Whole-length temporaries at a million sites cost more in fresh pages than in sums.
_BLOCK = 16_384
# Sites whose cover moves the attacker by no more are flat: a slope this small has no inverse in doubles.
FLAT = 1e-200

PAYOFFS = ("att_uncovered", "att_covered", "def_covered", "def_uncovered")
LIMITS = ("cost", "cov_min", "cov_max")


class BadGame(BadInput):
    """A game that is not one: no sites, lists of unequal length, payoffs in the wrong order, a number that is none."""


@dataclass(frozen=True, eq=False)
class StaticGame:
    """One static security game. Arrays are float, shape (n,), and cannot be written to.

    resources: how much cover can be given in all, >= 0, whole or not.
    att_uncovered, att_covered: the attacker's payoff at each site; covered is never above uncovered.
    def_covered, def_uncovered: the defender's payoff at each site; covered is never below uncovered.
    cost: resources that one unit of cover takes, >= 0; None is 1 everywhere.
    cov_min, cov_max: floors and ceilings of cover, each in [0, 1]; None is 0, and 1, everywhere.

    Raises BadGame when any of this does not hold, naming the list and the site.
    """

    resources: float
    att_uncovered: FloatArray
    att_covered: FloatArray
    def_covered: FloatArray
    def_uncovered: FloatArray
    cost: FloatArray | None = None
    cov_min: FloatArray | None = None
    cov_max: FloatArray | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "resources", _resources(self.resources))
        n = _count(self.att_uncovered)
        for name in PAYOFFS:
            object.__setattr__(
                self, name, _numbers(name, getattr(self, name), n, least=-LARGEST_PAYOFF, most=LARGEST_PAYOFF)
            )
        for name in LIMITS:
            given = getattr(self, name)
            if given is not None:
                most = LARGEST_PAYOFF if name == "cost" else 1.0
                object.__setattr__(self, name, _numbers(name, given, n, least=0.0, most=most))
        self._check_order()
        self._check_floors()

    @classmethod
    def zero_sum(cls, values: ArrayLike, resources: float, **limits: Any) -> Self:
        """Make the game where an attack costs the defender `values` (n,), >= 0, and nothing where a team stands.

        limits: cost, cov_min, cov_max as for the game.
        """
        lost = _numbers("values", values, _count(values), least=0.0, most=LARGEST_PAYOFF)
        none = np.zeros(len(lost))
        return cls(
            resources=resources,
            att_uncovered=lost,
            att_covered=none,
            def_covered=none,
            def_uncovered=-lost,
            **limits,
        )

    @property
    def n(self) -> int:
        """How many sites there are."""
        return len(self.att_uncovered)

    @property
    def remark(self) -> str | None:
        """A sentence when there are more resources than all sites can take, else None."""
        ceilings = np.ones(self.n) if self.cov_max is None else self.cov_max
        most = self.spent(ceilings)
        if self.resources <= most:
            return None
        return (
            f"{self.resources:g} resources for {self.n} sites: all cover that the sites can take needs {most:g}, "
            f"the other {self.resources - most:g} stay free."
        )

    def blocks(self) -> Iterator[slice]:
        """Cut the sites into runs whose numbers stay in the processor's cache while a pass works on them."""
        for first in range(0, self.n, _BLOCK):
            yield slice(first, first + _BLOCK)

    def attacker_at(self, coverage: FloatArray) -> FloatArray:
        """Give the attacker's expected payoff at each site (n,) under `coverage` (n,)."""
        return self.att_uncovered - (self.att_uncovered - self.att_covered) * coverage

    def defender_at(self, coverage: FloatArray) -> FloatArray:
        """Give the defender's expected payoff at each site (n,) under `coverage` (n,)."""
        return self.def_uncovered + (self.def_covered - self.def_uncovered) * coverage

    def spent(self, coverage: FloatArray) -> float:
        """Give the resources that `coverage` (n,) takes."""
        return float((coverage if self.cost is None else coverage * self.cost).sum())

    def _check_order(self) -> None:
        wrong = np.flatnonzero(self.att_covered > self.att_uncovered)
        if wrong.size:
            _refuse_order(
                "att_covered",
                self.att_covered,
                "above",
                "att_uncovered",
                self.att_uncovered,
                int(wrong[0]),
                "attacker no better off",
            )
        wrong = np.flatnonzero(self.def_covered < self.def_uncovered)
        if wrong.size:
            _refuse_order(
                "def_covered",
                self.def_covered,
                "below",
                "def_uncovered",
                self.def_uncovered,
                int(wrong[0]),
                "defender no worse off",
            )

    def _check_floors(self) -> None:
        if self.cov_min is None:
            return
        if self.cov_max is not None:
            wrong = np.flatnonzero(self.cov_min > self.cov_max)
            if wrong.size:
                site = int(wrong[0])
                raise BadGame(
                    "cov_min[{site}] is {low:g}, above cov_max[{site}], which is {high:g}. Lower the floor or raise the ceiling.",
                    site=site,
                    low=float(self.cov_min[site]),
                    high=float(self.cov_max[site]),
                )
        needed = self.spent(self.cov_min)
        if needed > self.resources * (1 + _ROUNDING) + _ROUNDING:
            raise BadGame(
                "The floors in cov_min take {needed:g} resources and there are {resources:g}. Lower the floors or add resources.",
                needed=needed,
                resources=self.resources,
            )


def _resources(given: Any) -> float:
    try:
        resources = float(given)
    except (TypeError, ValueError, OverflowError):
        resources = float("nan")
    if not 0 <= resources <= LARGEST_PAYOFF:
        raise BadGame(
            "resources is {given!r}. Expected a finite number that is not negative: how many sites can be covered at once.",
            given=given,
        )
    return resources


def _count(given: ArrayLike) -> int:
    try:
        n = np.size(given)
    except (TypeError, ValueError):
        n = 1  # a ragged list: `_numbers` names it
    if n == 0:
        raise BadGame("The game has no sites. Give at least one.")
    if n > MOST_SITES:
        raise BadGame(
            "The game has {n} sites; at most {most} are taken. Split it by area, or merge sites that stand together.",
            n=n,
            most=MOST_SITES,
        )
    return n


def _numbers(name: str, given: ArrayLike, n: int, *, least: float, most: float) -> FloatArray:
    try:
        numbers = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise BadGame("{name} is not a list of numbers. Give one number per site.", name=name) from None
    if numbers.shape != (n,):
        raise BadGame(
            "{name} has {given} numbers and the game has {n} sites. Give one number per site.",
            name=name,
            given=" x ".join(map(str, numbers.shape)) or "no list of",
            n=n,
        )
    # A comparison with NaN is false, so one pass refuses NaN, the infinities and what is out of range.
    fits = (numbers >= least) & (numbers <= most)
    if not fits.all():
        site = int(np.argmin(fits))
        raise BadGame(
            "{name}[{site}] is {value}. Expected a number between {least:g} and {most:g}.",
            name=name,
            site=site,
            value=float(numbers[site]),
            least=least,
            most=most,
        )
    numbers.flags.writeable = False
    return numbers


def _refuse_order(
    name: str, values: FloatArray, side: str, other: str, others: FloatArray, site: int, wanted: str
) -> None:
    raise BadGame(
        "{name}[{site}] is {value:g}, {side} {other}[{site}], which is {against:g}. "
        "Cover must leave the {wanted}: swap the two lists if they were mixed up.",
        name=name,
        site=site,
        value=float(values[site]),
        side=side,
        other=other,
        against=float(others[site]),
        wanted=wanted,
    )
