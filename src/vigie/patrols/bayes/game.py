"""What a game against attackers of several types is, checked once when it is made.

The defender covers site i with probability c_i, sum(c) <= resources. An attacker comes, of a type that only he
knows; each type knows the cover and attacks the site that pays him best.

P. Paruchuri, J. Pearce, J. Marecki, M. Tambe, F. Ordonez, S. Kraus, "Playing games for security: an efficient exact
algorithm for solving Bayesian Stackelberg games", AAMAS 2008, on the compact form of Kiekintveld et al. 2009.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from vigie.errors import BadInput
from vigie.patrols.game import PAYOFFS, BadGame, StaticGame

MOST_TYPES = 1_000
# Sites x types x (sites + types): beyond, one linear programme no longer fits into memory and time.
MOST_ENTRIES = 30_000_000
# Chances written with six digits add up to 1 no better.
_ADDS_UP = 1e-6


@dataclass(frozen=True, eq=False)
class BayesianGame:
    """One game. types: pairs of a chance and the static game that this type plays, all of the same sites.

    The chances are >= 0 and add up to 1. Raises BadGame otherwise, naming the type.
    """

    types: tuple[tuple[float, StaticGame], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.types) <= MOST_TYPES:
            raise BadGame(
                "The game has {given} types; 1 to {most} are taken.", given=len(self.types), most=MOST_TYPES
            )
        for number, (chance, one) in enumerate(self.types):
            if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance <= 1:
                raise BadGame(
                    "types[{number}].prob is {given!r}. Expected a chance between 0 and 1.",
                    number=number,
                    given=chance,
                )
            if one.n != self.n:
                raise BadGame(
                    "types[{number}] has {given} sites and types[0] has {n}. Give every type one number per site.",
                    number=number,
                    given=one.n,
                    n=self.n,
                )
        total = sum(chance for chance, _ in self.types)
        if abs(total - 1) > _ADDS_UP:
            raise BadGame(
                "The chances prob of the types add up to {total:.9g}. Expected 1: give each type its share.",
                total=total,
            )
        many = len(self.types)
        if many > 1 and self.n * many * (self.n + many) > MOST_ENTRIES:
            raise BadGame(
                "The game has {n} sites and {types} types; sites x types x (sites + types) may be at most {most}. Merge types that want the same, or split by area.",
                n=self.n,
                types=many,
                most=MOST_ENTRIES,
            )

    @classmethod
    def of(cls, resources: float, types: Sequence[Mapping[str, Any]]) -> Self:
        """Make the game of types given as mappings of prob and the four payoff lists, (n,) each."""
        made = []
        for number, one in enumerate(types):
            try:
                made.append((one["prob"], StaticGame(resources, **{name: one[name] for name in PAYOFFS})))
            except BadInput as fault:
                raise BadGame("types[{number}]: {fault}", number=number, fault=str(fault)) from None
        return cls(tuple(made))

    @property
    def n(self) -> int:
        """How many sites there are."""
        return self.types[0][1].n

    @property
    def resources(self) -> float:
        """How much cover can be given in all."""
        return self.types[0][1].resources

    @property
    def remark(self) -> str | None:
        """A sentence when there are more resources than all sites can take, else None."""
        return self.types[0][1].remark
