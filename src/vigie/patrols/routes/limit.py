"""The lowest loss that flows of teams allow: a linear programme whose prices prove a limit of every mix.

    minimise L   over flows of teams in the graph, F_c of them through cell c, and y_ck in [0, 1], sum_k y_ck <= F_c:
                 L / v_c + sum_k d (1 - d)^(k - 1) y_ck >= 1     for every cell that matters

A mix of joint schedules gives such a flow, its mean: so no mix loses less. With stays of one slot the converse holds
too, whatever the detection: at any prices of cells the best flow is a whole one (min-cost flow with convex costs;
R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993), so some mix of joint schedules loses just L.

Trips enter as they are needed: those on routes that collect more than the programme thinks possible (column
generation: J. Desrosiers, M. Luebbecke, "A primer in column generation", 2005).
"""

from time import perf_counter

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.linear import Method, least
from vigie.patrols.routes.certificate import least_loss
from vigie.patrols.routes.flow import Flow
from vigie.patrols.routes.game import IntArray, RouteGame
from vigie.patrols.routes.graph import BoolArray, Graph, above
from vigie.patrols.routes.paths import Paths
from vigie.patrols.routes.solution import Proof

# Trips per presence at first; trips and cells up to which the simplex method, exact to the last digits, is the faster.
_NEAREST, _FEW_TRIPS, _FEW_CELLS = 8, 60_000, 2_500
_ADDED = 2
_SAME, _ROUNDING = 1e-7, 1e-12


def limit(game: RouteGame, legs: IntArray, *, gap: float, until: float) -> tuple[float, Proof]:
    """Give a loss that no mix goes below, and its proof; within `gap` of what the programme can prove, if time allows.

    legs: the fastest ways of the game. until: the clock (perf_counter) at which to stop.
    """
    best, proof = standing(game)
    graph = above(game, best, legs)
    if not graph.matters.any():
        return best, proof
    paths, many = Paths(graph), len(graph.tails)
    exact = many <= _FEW_TRIPS and int(graph.matters.sum()) <= _FEW_CELLS
    chosen = np.ones(many, dtype=bool) if exact else _nearest(graph)
    while True:
        found = _flow(graph, chosen, "simplex" if exact else "ipm", max(until - perf_counter(), 1.0))
        if found is None:
            return best, proof
        chances, prices, worth, team = found
        loss = least_loss(paths, chances, prices)
        if loss > best:
            best, proof = loss, Proof(graph.back(chances), graph.back(prices))
        through = paths.through(prices)
        better = np.flatnonzero((through > team * (1 + _SAME)) & ~chosen)
        if not better.size or worth - best <= gap * worth or perf_counter() > until:
            return best, proof
        for ends in (graph.tails, graph.heads):
            order = better[np.lexsort((-through[better], ends[better]))]
            place = np.arange(len(order)) - np.searchsorted(ends[order], ends[order])
            chosen[order[place < _ADDED]] = True


def standing(game: RouteGame) -> tuple[float, Proof]:
    """Give what is lost even if travel took no time: each slot is a static game of its own, the worst one counts."""
    best, most = 0.0, game.teams * game.detection
    chances = np.full(game.value.shape, 1.0 / game.value.size)
    for slot in range(game.slots):
        order = np.argsort(-game.value[:, slot], kind="stable")
        value = game.value[order, slot]
        value = value[value > 0]
        if not value.size:
            continue
        levels = (np.arange(1, len(value) + 1) - most) / np.cumsum(1.0 / value)
        many = int(levels.argmax()) + 1
        level = float(levels[many - 1]) * (1 - _ROUNDING)
        if level > best:
            best = level
            chances = np.zeros(game.value.shape)
            chances[order[:many], slot] = 1.0 / value[:many] / float((1.0 / value[:many]).sum())
    return best, Proof(chances, game.detection * chances * game.value)


def _nearest(graph: Graph) -> BoolArray:
    """Choose the shortest trips of every presence; among equals, not the same ones for all."""
    count = graph.shape[1]
    lasts = graph.heads // count - graph.tails // count
    spread = (graph.tails * 7919 + graph.heads * 104_729) % 10_007
    order = np.lexsort((spread, lasts, graph.tails))
    tails = graph.tails[order]
    place = np.arange(len(order)) - np.searchsorted(tails, tails)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[place < _NEAREST]] = True
    return chosen


def _flow(
    graph: Graph, chosen: BoolArray, method: Method, seconds: float
) -> tuple[FloatArray, FloatArray, float, float] | None:
    """Solve the programme over the chosen trips; None when the time was up.

    Gives chances, prices, the loss, and the price of a team.
    """
    detection, value = graph.game.detection, graph.of(graph.game.value)[graph.matters]
    scale = float(value.min())
    flow = Flow(graph, chosen, _pieces(graph))
    cells, level = len(flow.cells), flow.columns
    # With one piece alone, of full worth, the cell's own row asks for cover; else rows of their own do.
    further = cells if flow.pieces else 0
    covered = flow.rows + np.arange(cells) if flow.pieces else flow.standing
    worth = [(covered, piece, detection * (1.0 - detection) ** k) for k, piece in enumerate(flow.pieces)]
    rows = flow.sparse([*worth, (covered, np.full(cells, level), scale / value)], further, 1)
    low, high = np.zeros(flow.rows + further), np.full(flow.rows + further, np.inf)
    low[covered] = 1.0
    low[flow.team], high[flow.team] = -np.inf, graph.game.teams
    column_high, cost = np.full(flow.columns + 1, np.inf), np.zeros(flow.columns + 1)
    for piece in flow.pieces:
        column_high[piece] = 1.0
    cost[level] = 1.0
    found = least(
        cost, rows, low, high,
        column_low=np.zeros(flow.columns + 1), column_high=column_high, method=method, seconds=seconds,
    )  # fmt: skip
    if found is None:
        return None
    chances, prices = np.zeros(graph.shape), np.zeros(graph.shape)
    chances[graph.matters] = np.maximum(found.prices[covered], 0.0) / value
    total = float(chances.sum())
    if not total > 0:
        return None
    chances /= total
    prices[graph.matters] = np.maximum(found.prices[flow.standing], 0.0) / total
    return chances, prices, found.worth * scale, abs(float(found.prices[flow.team])) / total


def _pieces(graph: Graph) -> int:
    """Give how many teams in one cell can be of use: with more, the cell is below any level that matters. 0 with d = 1."""
    game = graph.game
    if game.detection == 1.0:
        return 0
    if game.detection == 0.0:
        return 1
    most = float(graph.of(game.value)[graph.matters].max())
    needed = np.log(max(graph.level / most, 1e-9)) / np.log(1.0 - game.detection)
    return int(min(max(np.ceil(needed), 1), game.teams))
