"""Joint schedules: what several routes cover together, and a good one against given weights.

Coverage is exact: k teams in a cell cover it with 1 - (1 - detection)^k, never with k x detection.
"""

from dataclasses import dataclass

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray, RouteGame
from vigie.patrols.routes.paths import Paths


@dataclass(frozen=True, eq=False)
class Joint:
    """One route per team, (length, 2) each: site, slot; and how many teams stand in each cell, (sites, slots)."""

    routes: tuple[IntArray, ...]
    counts: IntArray


def joined(game: RouteGame, routes: tuple[IntArray, ...]) -> Joint:
    """Count how many of `routes` stand in each cell."""
    counts = np.zeros(game.value.shape, dtype=np.int64)
    for route in routes:
        counts[route[:, 0], route[:, 1]] += 1
    return Joint(routes, counts)


def covered(game: RouteGame, counts: IntArray) -> FloatArray:
    """Give the chance that each cell is covered when `counts` teams stand there; any shape."""
    return np.asarray(1.0 - (1.0 - game.detection) ** counts, dtype=np.float64)


def answer(paths: Paths, weights: FloatArray) -> Joint:
    """Give a joint schedule that covers much of `weights`: each team takes the best of what the others left.

    weights: (slots, kept sites) of the graph, >= 0. No less than 1 - 1/e of the most possible (G. Nemhauser,
    L. Wolsey, M. Fisher, 1978); not always the most.
    """
    graph = paths.graph
    left = weights.copy()
    flat = left.ravel()
    routes = []
    for _ in range(graph.game.teams):
        _, nodes = paths.best(left)
        flat[nodes] *= 1.0 - graph.game.detection
        routes.append(graph.walk(nodes))
    return joined(graph.game, tuple(routes))
