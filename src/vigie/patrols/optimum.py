"""The exact optimum of a static security game: the strong Stackelberg equilibrium, by Newton on one level.

Whatever the payoffs, the best cover drives the attacker's best payoff down to the lowest level that the
resources allow, and that level is the root of a piecewise-linear convex function (see docs/patrols.md).
The idea is the water-filling of ORIGAMI (C. Kiekintveld, M. Jain, J. Tsai, J. Pita, F. Ordonez, M. Tambe,
AAMAS 2009), here with floors, ceilings and costs; the root is found by Newton's method, which on such a
function never overshoots and ends after finitely many passes, each over fewer sites than the one before.
"""

from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigie.patrols.bound import upper_limit
from vigie.patrols.game import FLAT, FloatArray, StaticGame
from vigie.patrols.leftover import spread
from vigie.patrols.solution import Solution

# Two payoffs nearer than this, relative to the largest in play, are one: the level is known no better.
TIE = 1e-12
# From this many sites on, every k-th site tells roughly where the level lies.
_SAMPLED_FROM = 8192


def solve(game: StaticGame) -> Solution:
    """Find the strong Stackelberg equilibrium of `game`, exact up to rounding (1e-9 relative)."""
    start = perf_counter()
    top = game.att_uncovered if game.cov_min is None else game.attacker_at(game.cov_min)
    bottom = game.att_covered if game.cov_max is None else game.attacker_at(game.cov_max)
    lowest = float(bottom.max())
    tie = TIE * max(abs(float(top.max())), abs(lowest))

    level, finer = _waterline(game, top, lowest)
    coverage = _cover(game, top, level, finer)
    left = max(game.resources - game.spent(coverage), 0.0)
    free = left > TIE * max(game.resources, 1.0) or (game.cost is not None and not game.cost.all())
    best = _best_attack(game, coverage, top >= level - tie, left if free else None)
    worst = best.worst
    if free:
        coverage[best.site] = best.cover
        spread(game, coverage, game.resources - game.spent(coverage), keep=best.site)
        attacker = game.attacker_at(coverage)
        worst = float(game.defender_at(coverage)[attacker >= attacker.max() - 1e3 * tie].min())
    return Solution(
        coverage=coverage,
        value=best.value,
        value_pessimistic=min(best.value, worst),
        attacker_value=level,
        attacked=best.site,
        bound=upper_limit(game, level),
        seconds=perf_counter() - start,
    )


def _waterline(game: StaticGame, top: FloatArray, lowest: float) -> tuple[float, float]:
    """Find the lowest level to which the attacker's best payoff can be pushed, by Newton's method.

    top: (n,) the attacker's payoffs at the floors. lowest: what the site that pays best at its ceiling pays
    there; no cover goes below it.
    Returns the level and the small part of it that does not fit into a double: without that, sites where
    cover changes little would be given too much of it or too little.
    """
    spare = game.resources if game.cov_min is None else max(game.resources - game.spent(game.cov_min), 0.0)
    level = _guess(game, top, lowest, spare)
    now = _spending(game, top, level)
    if now.resources < spare and level > lowest:
        # The guess was above the root. The function is convex, so the tangent there leads below it.
        level = max(lowest, level + (now.resources - spare) / now.falling) if now.falling > 0 else lowest
        now = _spending(game, top, level)
    if now.resources <= spare:
        return level, 0.0
    while True:
        level += (now.resources - spare) / now.falling
        before, now = now, _spending(game, top, level)
        if now.falling == 0:
            return level, 0.0
        if now.sites == before.sites:
            return level, (now.resources - spare) / now.falling


class _Spending(NamedTuple):
    resources: float  # what it takes above the floors that no site pays the attacker more than the level
    falling: float  # how much of that one unit of level saves
    sites: int  # how many sites stand above the level


def _spending(game: StaticGame, top: FloatArray, level: float) -> _Spending:
    """Add up (top_i - level) * cost_i / slope_i over the sites above `level`: convex and falling in it."""
    resources = falling = 0.0
    sites = 0
    for part in game.blocks():
        height = top[part] - level
        np.maximum(height, 0.0, out=height)
        weight = _weight(game, part)
        above = height > 0
        # Not a dot product: BLAS spreads one over all cores, and on a busy machine waits for them at every block.
        weight *= above
        falling += float(weight.sum())
        weight *= height
        resources += float(weight.sum())
        sites += int(np.count_nonzero(above))
    return _Spending(resources, falling, sites)


def _weight(game: StaticGame, part: slice) -> FloatArray:
    """Give what it costs to lower the attacker by one at each site of `part`."""
    weight = game.att_uncovered[part] - game.att_covered[part]
    np.maximum(weight, FLAT, out=weight)
    return np.divide(1.0 if game.cost is None else game.cost[part], weight, out=weight)


def _guess(game: StaticGame, top: FloatArray, lowest: float, spare: float) -> float:
    """Guess the level from every k-th site, a little low. Only speed hangs on it."""
    if game.n < _SAMPLED_FROM:
        return lowest
    stride = game.n // (_SAMPLED_FROM // 2)
    every = slice(None, None, stride)
    weight = _weight(game, every)
    costly = weight > 0
    height, weight = top[every][costly], weight[costly]
    order = np.argsort(-height)
    height, weight = height[order], weight[order]
    # Each run of the highest sites gives a lower bound on the level, and the right run attains it.
    levels = (np.cumsum(weight * height) - 1.05 * spare / stride) / np.cumsum(weight)
    return max(lowest, float(levels.max(initial=lowest)))


def _cover(game: StaticGame, top: FloatArray, level: float, finer: float) -> FloatArray:
    """Give each site the least cover that brings it down to the level."""
    coverage = np.empty(game.n)
    for part in game.blocks():
        cover = coverage[part]
        np.subtract(top[part], level, out=cover)
        cover -= finer
        slope = game.att_uncovered[part] - game.att_covered[part]
        np.maximum(slope, FLAT, out=slope)
        cover /= slope
        np.maximum(cover, 0.0, out=cover)
        if game.cov_min is not None:
            cover += game.cov_min[part]
        np.minimum(cover, 1.0 if game.cov_max is None else game.cov_max[part], out=cover)
    return coverage


class _Attack(NamedTuple):
    site: int  # the best for the defender among the attacker's best
    cover: float  # what it is covered with
    value: float  # the defender's payoff there
    worst: float  # the defender's payoff at the worst of the attacker's best


def _best_attack(
    game: StaticGame, coverage: FloatArray, tied: NDArray[np.bool_], left: float | None
) -> _Attack:
    """Choose among the attacker's best sites (`tied`) as the defender likes.

    Cover at a flat site does not move the attacker, so the resources `left` over can go there and make an
    attack there cheaper for the defender, without turning the attacker elsewhere. None: nothing is left.
    """
    chosen = _Attack(-1, 0.0, -np.inf, np.inf)
    for part in game.blocks():
        sites = np.flatnonzero(tied[part]) + part.start
        if sites.size == 0:
            continue
        bare = game.def_uncovered[sites]
        gain = game.def_covered[sites] - bare
        cover = coverage[sites]
        worst = min(chosen.worst, float((bare + gain * cover).min()))
        if left is not None:
            flat = (game.att_uncovered[sites] - game.att_covered[sites] <= FLAT) & (gain > 0)
            cover[flat] = _cover_for_free(game, sites[flat], cover[flat], left)
        payoff = bare + gain * cover
        best = int(np.argmax(payoff))
        if payoff[best] > chosen.value:
            chosen = _Attack(int(sites[best]), float(cover[best]), float(payoff[best]), worst)
        else:
            chosen = chosen._replace(worst=worst)
    return chosen


def _cover_for_free(game: StaticGame, sites: NDArray[np.intp], cover: FloatArray, left: float) -> FloatArray:
    ceiling = 1.0 if game.cov_max is None else game.cov_max[sites]
    cost = np.ones(sites.size) if game.cost is None else game.cost[sites]
    more = np.divide(left, cost, out=np.ones(sites.size), where=cost > 0)
    return np.minimum(cover + more, ceiling)
