"""The search for a mix in games too large to list: first the limit, then a mix that comes up to it.

1. Limit: the linear programme of flows and its prices (limit.py) tell what loss no mix goes below.
2. Schedules: the attacker's chances that prove it, spread over all cells that need cover, are a start; then each
   cell's weight grows while the schedules so far leave it short of the cover it needs, and falls where they cover
   it (Y. Freund, R. Schapire, 1999). Each answer is a joint schedule of real routes.
3. Mix: the best of all schedules so far, by the interior point method, now and then.
4. When schedules by hand come no closer, the master programme's prices ask for the very best joint schedule.

Nothing is drawn by chance: the same game gives the same mix unless the time is up.
"""

from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.exact import best_joint
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.graph import Graph, above, fastest
from vigie.patrols.routes.interior import middle
from vigie.patrols.routes.joint import Joint, answer, covered
from vigie.patrols.routes.limit import limit
from vigie.patrols.routes.master import mix
from vigie.patrols.routes.paths import Paths
from vigie.patrols.routes.solution import Proof

# Share of the time, and of the gap, that the limit may take.
_FOR_LIMIT, _LIMIT_GAP = 0.6, 0.1
# Weights: how fast they move, how much of the start is spread evenly, and the least swing of cover, as a share.
_RATE, _EVEN, _LEAST_SWING = 0.15, 0.8, 0.15
# Schedules before the first mix, and how many more for each further one; the most that are ever mixed.
_FIRST, _MORE, _MOST = 60, 1.4, 2_500
# Schedules by hand before the best ones are asked for, in games of few trips.
_BY_HAND, _FEW_TRIPS = 600, 4_000
_TINY = 1e-12


@dataclass
class Found:
    """The best mix so far and the best limit so far with what proves it."""

    chosen: list[Joint] = field(default_factory=list)
    shares: FloatArray = field(default_factory=lambda: np.zeros(0))
    loss: float = np.inf
    limit: float = 0.0
    proof: Proof = field(default_factory=lambda: Proof(np.zeros(0), None))

    def narrow(self, gap: float) -> bool:
        """Tell whether loss and limit have met."""
        return self.loss - self.limit <= max(gap * self.limit, _TINY * self.loss)


@dataclass
class _Pool:
    """Joint schedules and what each cell that matters loses under them."""

    graph: Graph
    joints: list[Joint] = field(default_factory=list)
    losses: list[FloatArray] = field(default_factory=list)

    def add(self, joint: Joint) -> FloatArray:
        """Keep a schedule; give the cover of its cells, (slots, kept sites)."""
        cover = covered(self.graph.game, joint.counts)
        lost = self.graph.of(self.graph.game.value * (1.0 - cover))
        self.joints.append(joint)
        self.losses.append(lost[self.graph.matters])
        return self.graph.of(cover)


def search(game: RouteGame, *, gap: float, until: float) -> Found:
    """Look for a mix until it is within `gap` of the limit, or until the clock (perf_counter) shows `until`."""
    began = perf_counter()
    found = Found()
    legs = fastest(game)
    found.limit, found.proof = limit(
        game, legs, gap=gap * _LIMIT_GAP, until=began + _FOR_LIMIT * (until - began)
    )
    graph = above(game, found.limit, legs)
    pool = _Pool(graph)
    if not graph.matters.any():
        pool.add(answer(Paths(graph), graph.of(game.value)))
        _keep(found, pool, np.ones(1))
        return found
    _by_hand(found, Paths(graph), pool, gap, until)
    if not found.narrow(gap) and len(graph.tails) <= _FEW_TRIPS:
        _by_price(found, pool, gap, until)
    return found


def _by_hand(found: Found, paths: Paths, pool: _Pool, gap: float, until: float) -> None:
    """Make schedules by growing weights, and mix them, until that comes no closer or the time is up."""
    graph = pool.graph
    game, matters = graph.game, graph.matters
    value = np.where(matters, graph.of(game.value), 1.0)
    need = np.where(matters, 1.0 - found.limit / value, 0.0)
    even = np.where(matters, 1.0 / value, 0.0)
    start = _EVEN * even / even.sum() + (1.0 - _EVEN) * graph.of(found.proof.chances)
    logs = np.log(np.where(matters, start, 1.0))
    rate = _RATE / _swing(game, need)
    few = len(graph.tails) <= _FEW_TRIPS
    mixed_at, best = _FIRST, np.inf
    while len(pool.joints) < (_BY_HAND if few else _MOST):
        stake = np.where(matters, np.exp(logs - logs[matters].max()) * value, 0.0)
        logs += rate * (need - pool.add(answer(paths, stake)))
        late = perf_counter() > until
        if len(pool.joints) >= mixed_at or late:
            _mix(found, pool, gap)
            if found.narrow(gap) or late:
                return
            mixed_at = int(_MORE * mixed_at)
            if few and found.loss > best * (1 - gap):
                return
            best = found.loss
    _mix(found, pool, gap)


def _swing(game: RouteGame, need: FloatArray) -> FloatArray:
    """Give about how far a cell's cover in one schedule lies from the cover it needs, between two whole counts."""
    if game.detection in {0.0, 1.0}:
        few, more = np.zeros_like(need), np.ones_like(need)
    else:
        teams = np.log(np.maximum(1.0 - need, _TINY)) / np.log(1.0 - game.detection)
        few, more = (1.0 - (1.0 - game.detection) ** (np.floor(teams) + k) for k in (0, 1))
    swing: FloatArray = np.sqrt(np.maximum((need - few) * (more - need), (_LEAST_SWING * (more - few)) ** 2))
    return swing


def _mix(found: Found, pool: _Pool, gap: float) -> None:
    """Mix what the pool holds, and keep it when it is the best so far."""
    table = np.array(pool.losses).T / max(found.limit, _TINY)
    shares, _chances = middle(table, 0.1 * gap)
    _keep(found, pool, shares)


def _keep(found: Found, pool: _Pool, shares: FloatArray) -> None:
    lost = np.zeros(pool.graph.game.value.shape)
    for share, joint in zip(shares, pool.joints, strict=True):
        lost += share * (1.0 - covered(pool.graph.game, joint.counts))
    loss = float((lost * pool.graph.game.value).max())
    if loss < found.loss:
        found.loss, found.shares, found.chosen = loss, shares, list(pool.joints)


def _by_price(found: Found, pool: _Pool, gap: float, until: float) -> None:
    """Ask for the best joint schedule at the prices of the best mix so far, until none is better."""
    graph = pool.graph
    game = graph.game
    while perf_counter() < until:
        table = np.array(pool.losses)
        mixed = mix(table, seconds=max(until - perf_counter(), 1.0))
        if mixed is None:
            return
        _keep(found, pool, mixed.shares)
        if found.narrow(gap) or not mixed.weights.any():
            return
        stake = np.zeros(graph.shape)
        stake[graph.matters] = mixed.weights / mixed.weights.sum()
        joint = best_joint(graph, stake * graph.of(game.value), seconds=max(until - perf_counter(), 1.0))
        if joint is None:
            return
        cover = pool.add(joint)
        lost = float((stake * graph.of(game.value) * (1.0 - cover)).sum())
        if lost >= mixed.loss * (1 - _TINY) - _TINY:
            return
