"""A proof that no cover can do better, computed from the game alone and sharing nothing with the solver.

Take any number as a claimed level. Let A be the sites above it when covered to their floor, and weigh each
by w_i = cost_i / (att_uncovered_i - att_covered_i). For every cover c within the resources

    sum_A w_i * attacker_i(c)  >=  sum_A w_i * top_i - spare,       spare = resources - cost of all floors

so the best site of A pays the attacker at least (sum_A w_i * top_i - spare) / sum_A w_i (weak duality: the w_i,
scaled, are the attacker's mixed strategy). Likewise some site pays at least what the best site pays at its
ceiling. From this proven least level follows the most cover that a site under attack can have, hence the most
that the attack can leave the defender. The claimed level only chooses A: a wrong one gives a weaker limit,
never a false one.
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray

from vigie.errors import VigieError
from vigie.patrols.game import FLAT, FloatArray, StaticGame
from vigie.patrols.solution import Solution

# A pairwise sum of n doubles is wrong by less than this, relative to its largest term, for every n taken here.
_ROUNDING = 1e-14
# How far a stated number may stand from the recomputed one.
_AGREES = 1e-9


class NotProven(VigieError):
    """A solution does not hold what it says: cover outside its limits, a wrong payoff, a value above the bound."""


def upper_limit(game: StaticGame, level: float) -> float:
    """Give a number that the defender's value cannot exceed, whatever the cover and however ties are broken.

    level: the attacker's payoff that a solver claims to be the least possible; any float is allowed.
    """
    spare, top, bottom = game.resources, game.att_uncovered, game.att_covered
    if game.cov_min is not None:
        spare, top = max(spare - game.spent(game.cov_min), 0.0), game.attacker_at(game.cov_min)
    if game.cov_max is not None:
        bottom = game.attacker_at(game.cov_max)
    capped = float(bottom.max())
    least, slack = _least_level(game, top, spare, capped, level)

    # Only where a site pays as much covered as bare, at the very level, does it matter what the others leave.
    left = spare - _over(game, top, least + slack)[0] if least <= capped + slack else 0.0
    limit = -np.inf
    for part in game.blocks():
        reach = np.flatnonzero(top[part] >= least - slack) + part.start
        if reach.size:
            cover = _most_cover(game, reach, top[reach] - least + slack, max(left, 0.0) + _ROUNDING * spare)
            bare = game.def_uncovered[reach]
            payoff = bare + (game.def_covered[reach] - bare) * cover
            limit = max(limit, float((payoff + _ROUNDING * np.maximum(np.abs(bare), np.abs(payoff))).max()))
    return limit


def best_level(game: StaticGame) -> float:
    """Give the level whose proof is the tightest, by sorting: the highest of what all runs of top sites prove."""
    top = game.att_uncovered if game.cov_min is None else game.attacker_at(game.cov_min)
    spare = game.resources - (0.0 if game.cov_min is None else game.spent(game.cov_min))
    takes = game.att_uncovered - game.att_covered
    cost = np.ones(game.n) if game.cost is None else game.cost
    costly = np.flatnonzero((takes > FLAT) & (cost > 0))
    costly = costly[np.argsort(-top[costly])]
    weight = cost[costly] / takes[costly]
    proofs = (np.cumsum(weight * top[costly]) - spare) / np.cumsum(weight)
    return float(proofs.max(initial=-np.inf))


def _least_level(
    game: StaticGame, top: FloatArray, spare: float, capped: float, level: float
) -> tuple[float, float]:
    """Give the proven least payoff of the attacker's best site, and how far rounding may have moved it.

    top: (n,) the attacker's payoffs at the floors. spare: the resources above the floors.
    capped: the payoff of the site that pays the attacker best at its ceiling; no cover goes below it.
    """
    slack = _ROUNDING * max(abs(float(top.max())), abs(capped))
    # A little lower, so that sites which stand at the level itself are counted among those above it.
    level = max(level - 10 * slack, capped) if capped < level < np.inf else capped
    needed, weight = _over(game, top, level)
    return (max(capped, level + (needed - spare) / weight) if weight > 0 else capped), slack


def _over(game: StaticGame, top: FloatArray, level: float) -> tuple[float, float]:
    """Add up, over the sites that stand above `level`, weight times height over it, and weight."""
    needed, total = [], []
    for part in game.blocks():
        above = np.flatnonzero(top[part] > level) + part.start
        takes = game.att_uncovered[above] - game.att_covered[above]
        cost = np.ones(above.size) if game.cost is None else game.cost[above]
        weight = np.divide(cost, takes, out=np.zeros(above.size), where=takes > FLAT)
        needed.append(float((weight * (top[above] - level)).sum()))
        total.append(float(weight.sum()))
    return fsum(needed), fsum(total)


def _most_cover(game: StaticGame, sites: NDArray[np.intp], height: FloatArray, left: float) -> FloatArray:
    """Give the most cover that each of `sites` can have and still be the attacker's best.

    height: how far each stands above the proven level at its floor.
    left: the resources that the other sites leave over; they alone limit the cover of a site whose payoff
    to the attacker cover does not change.
    """
    floor = 0.0 if game.cov_min is None else game.cov_min[sites]
    ceiling = 1.0 if game.cov_max is None else game.cov_max[sites]
    takes = game.att_uncovered[sites] - game.att_covered[sites]
    if float(takes.min()) > FLAT:
        return np.minimum(floor + height / takes, ceiling)
    cost = np.ones(sites.size) if game.cost is None else game.cost[sites]
    more = np.divide(left, cost, out=np.ones(sites.size), where=cost > 0)
    np.divide(height, takes, out=more, where=takes > FLAT)
    return np.minimum(floor + more, ceiling)


def check(game: StaticGame, solution: Solution) -> float:
    """Recompute what a solution states and give its proven gap: bound less value, >= 0.

    The bound is found anew, by sorting instead of Newton's method.

    Raises NotProven naming the first thing that does not hold.
    """
    cover = solution.coverage
    floor = 0.0 if game.cov_min is None else game.cov_min
    ceiling = 1.0 if game.cov_max is None else game.cov_max
    if cover.shape != (game.n,) or not ((cover >= floor - _AGREES) & (cover <= ceiling + _AGREES)).all():
        raise NotProven("The coverage leaves its floors or ceilings, or has not one number per site.")
    if game.spent(cover) > game.resources + _AGREES * max(game.resources, 1.0):
        raise NotProven(
            "The coverage takes {spent:g} resources and there are {resources:g}.",
            spent=game.spent(cover),
            resources=game.resources,
        )
    attacker, defender = game.attacker_at(cover), game.defender_at(cover)
    best = float(attacker.max())
    tie = _AGREES * max(abs(best), float(np.abs(game.att_uncovered).max()))
    bound = upper_limit(game, best_level(game))
    facts = (
        ("attacker_value", solution.attacker_value, best),
        ("payoff of the attacked site", float(attacker[solution.attacked]), best),
        ("value", solution.value, float(defender[solution.attacked])),
        ("value_pessimistic", solution.value_pessimistic, float(defender[attacker >= best - tie].min())),
    )
    for name, stated, found in facts:
        if abs(stated - found) > max(tie, _AGREES * abs(found)):
            raise NotProven(
                "The {name} is stated as {stated:.12g} and comes out as {found:.12g}.",
                name=name,
                stated=stated,
                found=found,
            )
    if solution.value > bound + _AGREES * max(abs(bound), 1.0):
        raise NotProven(
            "The value {value:.12g} is above its proven limit {bound:.12g}.",
            value=solution.value,
            bound=bound,
        )
    return max(bound - solution.value, 0.0)
