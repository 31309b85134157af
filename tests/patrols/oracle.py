"""The multiple-LP oracle: one linear programme per attacked site, solved by HiGHS through scipy.

V. Conitzer, T. Sandholm, "Computing the optimal strategy to commit to", ACM EC 2006.
"""

import numpy as np
from scipy.optimize import linprog

from vigie.patrols.game import StaticGame


def best_value(game: StaticGame) -> tuple[float, float]:
    """Give the defender's value and the attacker's value there, by n linear programmes."""
    slope = game.att_uncovered - game.att_covered
    gain = game.def_covered - game.def_uncovered
    cost = np.ones(game.n) if game.cost is None else game.cost
    low = np.zeros(game.n) if game.cov_min is None else game.cov_min
    high = np.ones(game.n) if game.cov_max is None else game.cov_max
    best = (-np.inf, np.inf)
    for t in range(game.n):
        # attacker_i(c) <= attacker_t(c):  -slope_i c_i + slope_t c_t <= au_t - au_i
        rows = -np.diag(slope)
        rows[:, t] += slope[t]
        answer = linprog(
            -gain * (np.arange(game.n) == t),
            A_ub=np.vstack([rows, cost]),
            b_ub=np.append(game.att_uncovered[t] - game.att_uncovered, game.resources),
            bounds=np.column_stack([low, high]),
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if answer.status == 0:
            value = game.def_uncovered[t] - answer.fun
            if value > best[0]:
                best = (float(value), float(game.att_uncovered[t] - slope[t] * answer.x[t]))
    return best
