"""A proof that no mix does better, from the attacker's chances and a price per team and cell; one best route checks it.

Let q be any mix of cells for the attacker and w = q v. Whatever joint schedule the defender draws, with x_c teams in
cell c, the attack costs sum w_c (1 - f(x_c)) with f(k) = 1 - (1 - d)^k. For every price r_c >= 0 of a team in cell c,

    w_c f(x_c) <= r_c x_c + s_c,     s_c = max over whole k of  w_c f(k) - r_c k,

so that, one route per team,

    loss >= sum w_c - sum s_c - teams * (best single route against the prices r).

Any q and any r give a true limit. With d = 1, a cell stood at twice brings nothing the second time: s_c = w_c - r_c,
and r = w is the best price. The linear programme of flows (limit.py) gives good ones.
"""

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.paths import Paths

# Sums of up to millions of doubles, taken in pairs or in the order of slots.
_ROUNDING = 1e-12


def least_loss(paths: Paths, chances: FloatArray, prices: FloatArray) -> float:
    """Give a number that the worst cell's loss cannot go below, whatever the mix; >= 0.

    paths: over all trips of a graph. chances, prices: (slots, kept sites) of that graph, >= 0; the chances add up
    to 1 and are 0 where a cell does not matter.
    """
    game = paths.graph.game
    stake = chances * paths.graph.of(game.value)
    most = paths.collect(prices)
    limit = float(stake.sum()) - float(spare(game, stake, prices).sum()) - game.teams * most
    return max(limit - _ROUNDING * float(stake.sum()), 0.0)


def spare(game: RouteGame, stake: FloatArray, prices: FloatArray) -> FloatArray:
    """Give what covering each cell brings beyond its price, with the best whole number of teams; any shape."""
    detection = game.detection
    if detection == 1.0:
        return np.asarray(np.maximum(stake - prices, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(stake > 0, prices / (stake * detection), 1.0)
        many = np.ceil(np.log(ratio) / np.log(1.0 - detection)) if detection > 0 else np.zeros_like(ratio)
    many = np.clip(np.nan_to_num(many, posinf=game.teams), 0, game.teams)
    return np.asarray(np.maximum(stake * (1.0 - (1.0 - detection) ** many) - prices * many, 0.0))
