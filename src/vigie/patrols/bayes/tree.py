"""Branch and bound over the sites that the types attack, one linear programme per node.

A node fixes what some types attack. Its programme, over the cover c, the value w_t and the yield d_t of each type:

    maximise  sum prob_t d_t   with  sum c <= resources,  w_t >= attacker_ti(c) for every site i,
              w_t = attacker_tj(c) and d_t = defender_tj(c)   for a type whose attack j is fixed,
              d_t <= slope * w_t + height                     for the others (lines above all that can happen)

so its worth limits every game below it, and its cover is a candidate as it stands. With all types fixed it is the
programme of V. Conitzer, T. Sandholm (2006). Jain, Kiekintveld, Tambe (HBGS, AAMAS 2011) branch on types likewise.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from time import perf_counter
from typing import Any

import numpy as np

from vigie.patrols import linear
from vigie.patrols.bayes.envelope import lines
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.solution import Worth, worth
from vigie.patrols.game import FloatArray, StaticGame

# A node no better than the best cover by more than this, relative to the payoffs, is closed.
_CLOSED = 1e-9


@dataclass
class Best:
    """The best cover so far, what it is worth, and the limit that no cover passes."""

    coverage: FloatArray
    worth: Worth
    bound: float


def search(game: BayesianGame, *, until: float) -> Best:
    """Look through all attacks that can be best, or until the clock (perf_counter) shows `until`."""
    node = _Node(game)
    best = Best(np.zeros(game.n), worth(game, np.zeros(game.n)), np.inf)
    order, tick = _most_first(node.parts), count()
    limit, cover = node.solve(())
    _take(game, best, cover)
    room = _CLOSED * max(1.0, node.scale)
    heap: list[tuple[float, int, tuple[tuple[int, int], ...]]] = [(-limit, next(tick), ())]
    # The highest limit of nodes closed although they stood above the best cover, by the width of a tie at most.
    closed = -np.inf
    while heap and -heap[0][0] > best.worth.value + room and perf_counter() < until:
        limit, fixed = -heap[0][0], heappop(heap)[2]
        if len(fixed) == len(order):
            closed = max(closed, limit)
            continue
        t = order[len(fixed)]
        for j in node.possible[t]:
            low, cover = node.solve((*fixed, (t, j)))
            if cover is None:
                continue
            _take(game, best, cover)
            heappush(heap, (-min(low, limit), next(tick), (*fixed, (t, j))))
    best.bound = max(best.worth.value, closed, -heap[0][0] if heap else -np.inf)
    return best


def _take(game: BayesianGame, best: Best, cover: FloatArray | None) -> None:
    if cover is None:
        return
    found = worth(game, cover)
    if found.value > best.worth.value:
        best.coverage, best.worth = cover, found


def _most_first(parts: list[tuple[float, StaticGame]]) -> list[int]:
    """Types with most at stake first: they move the limit most."""
    stakes = [chance * float(one.def_covered.max() - one.def_uncovered.min()) for chance, one in parts]
    return sorted((t for t, (chance, _) in enumerate(parts) if chance > 0), key=lambda t: -stakes[t])


class _Node:
    """The programme of the root in HiGHS, changed for each node and changed back: it starts warm."""

    def __init__(self, game: BayesianGame) -> None:
        self.n, self.many = game.n, len(game.types)
        # Payoffs of each type between about 0 and 1 for him, of the defender between about -1 and 1: same game.
        self.scale = (
            max(
                max(float(np.abs(one.def_covered).max()), float(np.abs(one.def_uncovered).max()))
                for _, one in game.types
            )
            or 1.0
        )
        self.parts = [(chance, _scaled(one, self.scale)) for chance, one in game.types]
        n, many = self.n, self.many
        tops = [lines(one) for _, one in self.parts]
        rows = 1 + many * n + sum(map(len, tops))
        matrix = np.zeros((rows, n + 2 * many))
        low, self.high = np.full(rows, -np.inf), np.full(rows, np.inf)
        matrix[0, :n], self.high[0] = 1.0, game.resources
        self.possible = []
        row = 1 + many * n
        for t, (_, one) in enumerate(self.parts):
            here = slice(1 + t * n, 1 + (t + 1) * n)
            matrix[here, :n] = np.diag(one.att_uncovered - one.att_covered)
            matrix[here, n + t] = 1.0
            low[here] = one.att_uncovered
            for slope, height in tops[t]:
                matrix[row, n + t], matrix[row, n + many + t] = -slope, 1.0
                self.high[row] = height
                row += 1
            able = np.flatnonzero(one.att_uncovered >= one.att_covered.max())
            self.possible.append([int(j) for j in able])
        self.low = low
        cost = np.concatenate([np.zeros(n + many), [-chance for chance, _ in self.parts]])
        self.engine: Any = linear.started(
            cost,
            matrix,
            low,
            self.high,
            column_low=np.concatenate([np.zeros(n), np.full(2 * many, -4.0)]),
            column_high=np.concatenate([np.ones(n), np.full(2 * many, 4.0)]),
        )
        self.cost = cost

    def solve(self, fixed: tuple[tuple[int, int], ...]) -> tuple[float, FloatArray | None]:
        """Give the limit of a node in the game's own payoffs and its cover; no cover when it cannot be."""
        engine, n, many = self.engine, self.n, self.many
        cost, fall = self.cost.copy(), 0.0
        for t, j in fixed:
            chance, one = self.parts[t]
            row = 1 + t * n + j
            engine.changeRowBounds(row, self.low[row], self.low[row])
            cost[n + many + t] = 0.0
            cost[j] -= chance * float(one.def_covered[j] - one.def_uncovered[j])
            fall += chance * float(one.def_uncovered[j])
        engine.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        found = linear.run(engine)
        for t, j in fixed:
            row = 1 + t * n + j
            engine.changeRowBounds(row, self.low[row], np.inf)
        if found is None:
            return -np.inf, None
        cover = np.clip(found.point[:n], 0.0, 1.0)
        spent = float(cover.sum())
        if spent > self.high[0]:
            cover *= self.high[0] / spent
        return (fall - found.worth) * self.scale, cover


def _scaled(one: StaticGame, scale: float) -> StaticGame:
    least = float(one.att_covered.min())
    width = float(one.att_uncovered.max()) - least or 1.0
    return StaticGame(
        one.resources,
        att_uncovered=(one.att_uncovered - least) / width,
        att_covered=(one.att_covered - least) / width,
        def_covered=one.def_covered / scale,
        def_uncovered=one.def_uncovered / scale,
    )
