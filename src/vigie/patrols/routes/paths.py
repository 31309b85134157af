"""Best routes of one team in a graph: dynamic programming, one slot after the other.

Backwards, the most that is collected from a node on:

    presence(t, i) = weight(t, i) + max(0, presence(t + 1, i), max over trips of arrival(t', j))
    arrival(t, i)  = weights of the first min_dwell - 1 slots + presence(t + min_dwell - 1, i)

Forwards, the most that is collected up to a node; both together, the best route through each trip.
"""

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray
from vigie.patrols.routes.graph import BoolArray, Graph

_NEVER = -np.inf


class Paths:
    """Finds best routes over some trips of a graph; `chosen` says which, None is all."""

    def __init__(self, graph: Graph, chosen: BoolArray | None = None) -> None:
        self.graph = graph
        slots, count = graph.shape
        tails = graph.tails if chosen is None else graph.tails[chosen]
        self.tails, self.heads = tails, graph.heads if chosen is None else graph.heads[chosen]
        self.dwell = graph.game.min_dwell
        # The trips of each presence, one run per node; the runs of a slot follow one another.
        nodes, begins = np.unique(tails, return_index=True)
        self.nodes = nodes
        self.runs = np.append(begins, len(tails))
        self.cuts = np.searchsorted(nodes, np.arange(slots + 1) * count)
        self.run_of = np.full(slots * count, -1, dtype=np.int64)
        self.run_of[nodes] = np.arange(len(nodes))
        self.off_here, self.off_comes = np.where(graph.here, 0.0, _NEVER), np.where(graph.comes, 0.0, _NEVER)
        # What a presence of the slot before may not take over.
        self.off_stays = np.where(graph.stays, 0.0, _NEVER)
        self.presence = np.full((slots + 1, count), _NEVER)
        self.arrival = np.full((slots, count), _NEVER)

    def collect(self, weights: FloatArray) -> float:
        """Give the most that one route collects of `weights` (slots, kept sites), >= 0; fills the tables."""
        slots, count = self.graph.shape
        presence, arrival, dwell = self.presence, self.arrival, self.dwell
        summed = np.vstack([np.zeros(count), np.cumsum(weights, axis=0)]) if dwell > 1 else None
        flat = arrival.ravel()
        for t in range(slots - 1, -1, -1):
            onward = np.zeros(count)
            if t + 1 < slots:
                np.maximum(onward, presence[t + 1] + self.off_stays[t + 1], out=onward)
            first, last = self.cuts[t], self.cuts[t + 1]
            if last > first:
                low, high = self.runs[first], self.runs[last]
                best = np.maximum.reduceat(flat[self.heads[low:high]], self.runs[first:last] - low)
                at = self.nodes[first:last] - t * count
                onward[at] = np.maximum(onward[at], best)
            presence[t] = weights[t] + onward + self.off_here[t]
            if t + dwell <= slots:
                arrival[t] = presence[t + dwell - 1] + self.off_comes[t]
                if summed is not None:
                    arrival[t] += summed[t + dwell - 1] - summed[t]
        return float(flat[self.graph.starts].max())

    def best(self, weights: FloatArray) -> tuple[float, IntArray]:
        """Give the most that one route collects, and the nodes that it stands at, in order."""
        most = self.collect(weights)
        _, count = self.graph.shape
        flat = self.arrival.ravel()
        here = self.presence.ravel()
        starts = self.graph.starts
        node = int(starts[int(flat[starts].argmax())])
        cells: list[int] = []
        stays, run_of, runs = self.graph.stays.ravel(), self.run_of, self.runs
        while True:
            cells += range(node, node + self.dwell * count, count)
            node += (self.dwell - 1) * count
            while True:
                then = node + count
                stay = here[then] if then < stays.size and stays[then] else _NEVER
                run = run_of[node]
                leave, go = _NEVER, -1
                if run >= 0:
                    heads = self.heads[runs[run] : runs[run + 1]]
                    onward = flat[heads]
                    k = int(onward.argmax())
                    leave, go = onward[k], int(heads[k])
                if max(stay, leave) <= 0:
                    return most, np.array(cells, dtype=np.int64)
                if leave > stay:
                    node = go
                    break
                node = then
                cells.append(node)

    def through(self, weights: FloatArray) -> FloatArray:
        """Give, for each trip, the most that a route through it collects; minus infinity where no route comes."""
        self.collect(weights)
        slots, count = self.graph.shape
        dwell = self.dwell
        to_come = np.full(slots * count, _NEVER)
        to_come[self.graph.starts] = 0.0
        so_far = np.full((slots, count), _NEVER)
        arrive = to_come.reshape(slots, count)
        summed = np.vstack([np.zeros(count), np.cumsum(weights, axis=0)])
        for t in range(slots):
            if t - dwell + 1 >= 0:
                settled = arrive[t - dwell + 1] + summed[t + 1] - summed[t - dwell + 1]
                so_far[t] = settled + self.off_here[t]
            if t:
                np.maximum(so_far[t], so_far[t - 1] + weights[t] + self.off_stays[t], out=so_far[t])
            low, high = self.runs[self.cuts[t]], self.runs[self.cuts[t + 1]]
            if high > low:
                np.maximum.at(to_come, self.heads[low:high], so_far.ravel()[self.tails[low:high]])
        return np.asarray(so_far.ravel()[self.tails] + self.arrival.ravel()[self.heads])
