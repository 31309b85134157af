"""All joint schedules of a tiny route game, by plain recursion, and one linear programme over them through scipy."""

from itertools import product

import numpy as np
from scipy.optimize import linprog


def routes(game):
    """Every route there is, those that stand down early or begin late among them."""
    found = []

    def stay(cells, site, slot):
        for last in range(slot + game.min_dwell - 1, game.slots):
            here = [*cells, *((site, t) for t in range(slot, last + 1))]
            found.append(frozenset(here))
            for then in range(game.sites):
                if then != site and last + 1 + game.travel[site, then] < game.slots:
                    stay(here, then, last + 1 + int(game.travel[site, then]))

    for site in range(game.sites) if game.start is None else [game.start]:
        for slot in range(game.slots) if game.start is None else [0]:
            stay([], site, slot)
    return sorted(set(found), key=sorted)


def best_value(game):
    """The defender's value, by the mix of all joint schedules."""
    columns = set()
    for joint in product(routes(game), repeat=game.teams):
        columns.add(
            tuple(sum((s, t) in r for r in joint) for s in range(game.sites) for t in range(game.slots))
        )
    value = game.value.ravel()
    loss = value * (1 - game.detection) ** np.array(sorted(columns))
    many = len(loss)
    answer = linprog(
        np.append(np.zeros(many), 1.0),
        A_ub=np.column_stack([loss.T, -np.ones(value.size)]),
        b_ub=np.zeros(value.size),
        A_eq=[np.append(np.ones(many), 0.0)],
        b_eq=[1.0],
        bounds=[(0, None)] * (many + 1),
        method="highs",
    )
    assert answer.status == 0
    return -answer.fun
