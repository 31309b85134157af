"""All joint schedules of a tiny game, for an answer that is exact whatever the detection and the stays."""

from itertools import combinations_with_replacement
from math import comb

import numpy as np

from vigie.patrols.routes.game import IntArray, RouteGame

_MOST_ROUTES, _MOST_JOINTS = 400, 30_000
# Joint schedules times cells: beyond, the linear programme is no longer small.
_MOST_ENTRIES = 1_000_000


def all_routes(game: RouteGame) -> list[IntArray] | None:
    """Give all routes whose cells no other route holds too, (length, 2) each; None when they are many.

    Routes that begin later or wait on the way are left out: standing at a site meanwhile holds their cells.
    """
    found: dict[frozenset[tuple[int, int]], list[tuple[int, int]]] = {}
    firsts = range(game.sites) if game.start is None else [game.start]
    open_: list[tuple[list[tuple[int, int]], int]] = [
        ([(site, slot) for slot in range(game.min_dwell)], site) for site in firsts
    ]
    while open_:
        cells, site = open_.pop()
        if len(found) + len(open_) > 4 * _MOST_ROUTES:
            return None
        t = cells[-1][1]
        if t + 1 == game.slots:
            found[frozenset(cells)] = cells
            continue
        open_.append(([*cells, (site, t + 1)], site))
        for then in range(game.sites):
            arrives = t + 1 + int(game.travel[site, then])
            if arrives + game.min_dwell <= game.slots:
                stay = [(then, slot) for slot in range(arrives, arrives + game.min_dwell)]
                open_.append((cells + stay, then))
    sets = list(found)
    best = [one for one in sets if not any(one < other for other in sets)]
    if len(best) > _MOST_ROUTES:
        return None
    return [np.array(found[one], dtype=np.int64) for one in best]


def all_joints(game: RouteGame) -> tuple[list[IntArray], IntArray, IntArray] | None:
    """Give the routes, which of them each joint schedule takes (k, teams), and its counts (k, sites, slots).

    None when they are too many.
    """
    routes = all_routes(game)
    if routes is None:
        return None
    many = comb(len(routes) + game.teams - 1, game.teams)
    if many > _MOST_JOINTS or many * game.value.size > _MOST_ENTRIES:
        return None
    present = np.zeros((len(routes), *game.value.shape), dtype=np.int64)
    for k, route in enumerate(routes):
        present[k, route[:, 0], route[:, 1]] = 1
    taken = np.array(list(combinations_with_replacement(range(len(routes)), game.teams)), dtype=np.int64)
    counts = np.zeros((many, *game.value.shape), dtype=np.int64)
    for team in range(game.teams):
        counts += present[taken[:, team]]
    return routes, taken, counts
