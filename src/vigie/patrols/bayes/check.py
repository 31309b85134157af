"""A check of a cover against several types that uses nothing of what made it."""

from math import fsum

from vigie.errors import VigieError
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.solution import BayesianSolution

_AGREES = 1e-9
# How close payoffs tie: half as wide again as a solver may take, so that both call the same ties.
_TIE = 1.5e-9


class CoverNotProven(VigieError):
    """A solution does not hold what it says: cover outside its limits, a wrong payoff, a value above the bound."""


def check(game: BayesianGame, solution: BayesianSolution) -> float:
    """Recompute what a solution states, type by type, and give its gap: bound less value, >= 0.

    Raises CoverNotProven naming the first thing that does not hold.
    """
    cover = [float(c) for c in solution.coverage]
    if len(cover) != game.n or not all(-_AGREES <= c <= 1 + _AGREES for c in cover):
        raise CoverNotProven("The coverage leaves 0 to 1, or has not one number per site.")
    if fsum(cover) > game.resources + _AGREES * max(game.resources, 1.0):
        raise CoverNotProven(
            "The coverage takes {spent:g} resources and there are {resources:g}.",
            spent=fsum(cover),
            resources=game.resources,
        )
    value, gained, size = [], [], 1e-300
    for (chance, one), site in zip(game.types, solution.attacked, strict=True):
        pays = [
            float(u) - (float(u) - float(c)) * p
            for u, c, p in zip(one.att_uncovered, one.att_covered, cover, strict=True)
        ]
        best = max(pays)
        if pays[site] < best - _TIE * max(abs(best), *(abs(float(u)) for u in one.att_uncovered)):
            raise CoverNotProven("Site {site} is not the best for the type that attacks it.", site=site)
        bare, full = float(one.def_uncovered[site]), float(one.def_covered[site])
        value.append(chance * (bare + (full - bare) * cover[site]))
        gained.append(chance * best)
        size = max(size, abs(bare), abs(full), abs(best))
    for name, stated, found in (
        ("value", solution.value, fsum(value)),
        ("attacker_value", solution.attacker_value, fsum(gained)),
    ):
        if abs(stated - found) > _AGREES * size:
            raise CoverNotProven(
                "The {name} is stated as {stated:.12g} and comes out as {found:.12g}.",
                name=name,
                stated=stated,
                found=found,
            )
    if not solution.value_pessimistic <= solution.value <= solution.bound + _AGREES * size:
        raise CoverNotProven(
            "The value {value:.12g} does not stand between the pessimistic {low:.12g} and the bound {bound:.12g}.",
            value=solution.value,
            low=solution.value_pessimistic,
            bound=solution.bound,
        )
    return max(solution.bound - solution.value, 0.0)
