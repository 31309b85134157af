"""The best joint schedule against given weights of cells: a flow of whole teams.

A cell pays less for each further team: w d, w d (1 - d), w d (1 - d)^2 … With stays of one slot this is a min-cost
flow with convex costs, whose corners are whole (R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993); longer
stays take the branch and bound of HiGHS.
"""

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.linear import least
from vigie.patrols.routes.flow import Flow
from vigie.patrols.routes.game import IntArray
from vigie.patrols.routes.graph import Graph
from vigie.patrols.routes.joint import Joint, joined


def best_joint(graph: Graph, weights: FloatArray, *, seconds: float) -> Joint | None:
    """Give the joint schedule that covers most of `weights` (slots, kept sites), >= 0; None when the time was up."""
    game = graph.game
    flow = Flow(graph, np.ones(len(graph.tails), dtype=bool), game.teams if game.detection < 1 else 1)
    worth = weights.ravel()[flow.cells]
    cost = np.zeros(flow.columns)
    for k, piece in enumerate(flow.pieces):
        cost[piece] = -worth * game.detection * (1.0 - game.detection) ** k
    low, high = np.zeros(flow.rows), np.full(flow.rows, np.inf)
    low[flow.team] = high[flow.team] = game.teams
    column_high = np.full(flow.columns, np.inf)
    column_high[np.concatenate(flow.pieces)] = 1.0
    whole = np.zeros(flow.columns, dtype=bool)
    whole[np.concatenate([flow.start, flow.stay, flow.settle, flow.trip])] = game.min_dwell > 1
    found = least(
        cost, flow.sparse(), low, high,
        column_low=np.zeros(flow.columns), column_high=column_high, whole=whole, seconds=seconds,
    )  # fmt: skip
    if found is None:
        return None
    return joined(
        game, tuple(graph.walk(nodes) for nodes in _routes(flow, np.rint(found.point).astype(np.int64)))
    )


def _routes(flow: Flow, teams: IntArray) -> list[IntArray]:
    """Take whole teams, (columns,), apart into routes: the nodes that each stands at."""
    graph = flow.graph
    count, dwell = graph.shape[1], graph.game.min_dwell
    onward: dict[int, list[tuple[int, bool]]] = {}
    starts: list[int] = graph.starts.tolist()
    for tail, head, many in zip(graph.tails, graph.heads, teams[flow.trip], strict=True):
        onward.setdefault(int(tail), []).extend([(int(head), True)] * int(many))
    for then, many in zip(flow.stays, teams[flow.stay], strict=True):
        onward.setdefault(int(then) - count, []).extend([(int(then), False)] * int(many))
    routes = []
    for first, many in zip(starts, teams[flow.start], strict=True):
        for _ in range(int(many)):
            node, arrives = first, True
            nodes: list[int] = []
            while True:
                if arrives:
                    nodes += range(node, node + dwell * count, count)
                    node += (dwell - 1) * count
                else:
                    nodes.append(node)
                if not onward.get(node):
                    break
                node, arrives = onward[node].pop()
            routes.append(np.array(nodes, dtype=np.int64))
    return routes
