"""What to do with cover that the optimum does not need: give it where the attacker would look next.

When a ceiling, or a site that cover cannot help, stops the level from falling, resources are left over.
They cannot raise the guaranteed value; they can still lower what an attacker finds everywhere else, in the
order in which an attacker would look (the lexicographic refinement of the optimum).
"""

import numpy as np

from vigie.patrols.game import FLAT, FloatArray, StaticGame

_PASSES = 200


def spread(game: StaticGame, coverage: FloatArray, left: float, *, keep: int) -> None:
    """Raise `coverage` (n,) in place so that the highest payoffs left to the attacker fall together.

    left: the resources not yet spent; never more than these are spent.
    keep: the site attacked, whose cover stays: covering it further would turn the attacker elsewhere.
    """
    ceiling = np.ones(game.n) if game.cov_max is None else game.cov_max
    slope = game.att_uncovered - game.att_covered
    room = (coverage < ceiling) & (slope > FLAT)
    room[keep] = False
    where = np.flatnonzero(room)
    if game.cost is not None:
        unpaid = where[game.cost[where] == 0]
        coverage[unpaid] = ceiling[unpaid]
        where = where[game.cost[where] > 0]
    if where.size == 0 or left <= 0:
        return
    cost = np.ones(where.size) if game.cost is None else game.cost[where]
    more = ceiling[where] - coverage[where]
    if float((cost * more).sum()) <= left:
        coverage[where] = ceiling[where]
        return
    now = game.attacker_at(coverage)[where]
    slope = slope[where]
    coverage[where] += _down_to_one_level(now, slope, more, cost, left)


def _down_to_one_level(
    now: FloatArray, slope: FloatArray, more: FloatArray, cost: FloatArray, left: float
) -> FloatArray:
    """Give the extra cover that brings payoffs `now` down to one level, as far as `more` allows, for `left`.

    The spending falls with the level but is not convex (ceilings), so each Newton step is kept between
    levels known to cost too much and too little, and halves the gap when it would leave it.
    """
    high, low = float(now.max()), float((now - slope * more).min())
    level = high
    extra = np.zeros(now.size)
    for _ in range(_PASSES):
        wanted = (now - level) / slope
        tried = np.clip(wanted, 0.0, more)
        over = float((cost * tried).sum()) - left
        if over > 0:
            low = level
        else:
            high, extra = level, tried
            if -over <= 1e-12 * left:
                break
        falling = float((cost / slope)[(wanted >= 0) & (wanted < more)].sum())
        level = level + over / falling if falling > 0 else low
        if not low < level < high:
            level = (low + high) / 2
        if level in (low, high):
            break
    return extra
