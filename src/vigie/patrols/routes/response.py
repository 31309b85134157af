"""The best route of one team against given weights of cells: dynamic programming on the time-expanded graph.

Backwards over slots, with present(t, i) for a team whose stay at i is long enough in slot t, and arrive(t, i) for
one whose stay begins there:

    present(t, i) = weight(i, t) + max(0, present(t + 1, i), max_j arrive(t + 1 + travel(i, j), j))
    arrive(t, i)  = weights of the first min_dwell - 1 slots + present(t + min_dwell - 1, i)

Beginning later, or waiting on the way, is never better than standing at a site meanwhile: weights are not negative.
"""

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray, RouteGame

_NEVER = -np.inf


class Responder:
    """Finds best routes in one game, or in the part of it that lies at `sites`.

    sites: (k,) int, the sites that a route may touch, the start among them; None is all of them.
    """

    def __init__(self, game: RouteGame, sites: IntArray | None = None) -> None:
        self.sites = np.arange(game.sites) if sites is None else np.asarray(sites, dtype=np.int64)
        self.slots, self.dwell = game.slots, game.min_dwell
        travel = game.travel[np.ix_(self.sites, self.sites)]
        self.start = None if game.start is None else int(np.flatnonzero(self.sites == game.start)[0])
        count = len(self.sites)
        self.span = int(min(travel.max(initial=0), self.slots))
        self.trips = np.minimum(travel, self.span)
        # Where arrive(t + 1 + travel(i, j), j) stands in the flat run of rows from t + 1 on.
        self.flat = self.trips * count + np.arange(count)
        # Rows past the day hold never; a trip longer than the day ends there.
        self.arrive = np.full((self.slots + self.span + 2, count), _NEVER)
        self.present = np.full((self.slots + 1, count), _NEVER)

    def best(self, weights: FloatArray) -> tuple[float, IntArray]:
        """Give the most that one route collects, and its cells in order, (length, 2): site, slot.

        weights: (sites, slots) of the whole game, >= 0.
        """
        gains = np.ascontiguousarray(weights[self.sites].T)
        summed = np.vstack([np.zeros(len(self.sites)), np.cumsum(gains, axis=0)])
        arrive, present, dwell = self.arrive, self.present, self.dwell
        count = len(self.sites)
        for t in range(self.slots - 1, -1, -1):
            rows = arrive[t + 1 : t + 2 + self.span].ravel()
            onward = np.take(rows, self.flat).max(axis=1)
            np.maximum(onward, present[t + 1], out=onward)
            np.maximum(onward, 0.0, out=onward)
            present[t] = gains[t] + onward
            if t + dwell <= self.slots:
                arrive[t] = summed[t + dwell - 1] - summed[t] + present[t + dwell - 1]
            else:
                arrive[t] = _NEVER
        first = int(arrive[0].argmax()) if self.start is None else self.start
        cells: list[tuple[int, int]] = []
        site, t = first, 0
        while True:
            cells += [(site, slot) for slot in range(t, t + dwell)]
            t += dwell - 1
            while True:
                rows = arrive[t + 1 : t + 2 + self.span].ravel()
                ways = rows[self.flat[site]] if count else rows
                go = int(ways.argmax())
                leave, stay = float(ways[go]), float(present[t + 1][site])
                if stay >= leave and t + 1 < self.slots:
                    t += 1
                    cells.append((site, t))
                    continue
                break
            if leave == _NEVER:
                break
            t, site = t + 1 + int(self.trips[site, go]), go
        route = np.array(cells, dtype=np.int64)
        route[:, 0] = self.sites[route[:, 0]]
        return float(arrive[0, first]), route
