"""A proof that no mix does better, from the attacker's weights alone and one best route.

Let q be any mix of cells for the attacker. Whatever joint schedule the defender draws, with x_c teams in cell c,
the attack costs sum q_c v_c (1 - f(x_c)) with f(k) = 1 - (1 - d)^k. The straight pieces between whole counts lie
above f, so f(x) <= a_k + b_k x for every k, with b_k = d (1 - d)^k and a_k = f(k) - k b_k. Choosing one k per cell,

    loss >= sum q v (1 - a_k) - teams * (best single route against the weights q v b_k).

Any q and any k give a true limit; good ones come from the master programme and from the counts of its mix.
With d = 1 and k = 0 this is the bound of the additive network-flow programme.
"""

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray, RouteGame
from vigie.patrols.routes.response import Responder

# Sums of up to millions of doubles, taken in pairs or in the order of slots.
_ROUNDING = 1e-12


def least_loss(game: RouteGame, responder: Responder, weights: FloatArray, pieces: IntArray) -> float:
    """Give a number that the worst cell's loss cannot go below, whatever the mix; >= 0.

    responder: of the whole game, all sites. weights: (sites, slots), >= 0, not all zero: the attacker's weights of
    cells, in any scale. pieces: (sites, slots), whole, >= 0: which straight piece limits each cell.
    """
    total = float(weights.sum())
    if not total > 0:
        return 0.0
    stake = weights / total * game.value
    slope = game.detection * (1.0 - game.detection) ** pieces
    offset = 1.0 - (1.0 - game.detection) ** pieces - pieces * slope
    most, _ = responder.best(stake * slope)
    limit = float((stake * (1.0 - offset)).sum()) - game.teams * most
    return max(limit - _ROUNDING * float(stake.sum()), 0.0)


def piece_of(mean: FloatArray) -> IntArray:
    """Give the straight piece that holds a mean count of teams, (sites, slots)."""
    return np.floor(mean + 1e-9).astype(np.int64)
