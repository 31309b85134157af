"""The search for a mix in games too large to list: hedge, restricted master programme, certificate, in rounds.

1. Hedge: the attacker's weights grow where the last joint schedules left most (Y. Freund, R. Schapire, 1999); each
   answer is a joint schedule of real routes.
2. Master: the best mix of all joint schedules so far, with the attacker's weights that make it the best.
3. Certificate: the limit proven by those weights, and by the hedge's mean weights.

Column generation with such oracles: M. Jain et al., AAAI 2010; the double oracle: H. B. McMahan, G. Gordon, A. Blum,
ICML 2003. Nothing is drawn by chance: the same game gives the same mix unless the time is up.
"""

from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.certificate import least_loss, piece_of
from vigie.patrols.routes.game import IntArray, RouteGame
from vigie.patrols.routes.joint import Joint, answer, covered
from vigie.patrols.routes.master import Mixed, mix
from vigie.patrols.routes.response import Responder

# Hedge: passes in the first round and in the others, and how fast weights grow with loss over the level.
_FIRST, _PASSES, _RATE = 60, 100, 0.1
_MOST_COLUMNS = 3_000
_TINY = 1e-12


@dataclass
class Found:
    """The best mix so far, the best limit so far, and all joint schedules with their losses (cells,)."""

    joints: list[Joint] = field(default_factory=list)
    losses: list[FloatArray] = field(default_factory=list)
    chosen: list[Joint] = field(default_factory=list)
    shares: FloatArray = field(default_factory=lambda: np.zeros(0))
    loss: float = np.inf
    limit: float = 0.0

    def narrow(self, gap: float) -> bool:
        """Tell whether loss and limit have met."""
        return self.loss - self.limit <= max(gap * self.limit, _TINY * self.loss)


def search(game: RouteGame, *, gap: float, until: float) -> Found:
    """Look for a mix until it is within `gap` of the limit, or until the clock (perf_counter) shows `until`."""
    found = Found()
    whole = Responder(game)
    weights, found.limit = _standing(game)
    found.limit = max(found.limit, least_loss(game, whole, weights, np.zeros(weights.shape, dtype=np.int64)))
    passes = _FIRST
    while True:
        near = Responder(game, _worth_going(game, found.limit))
        logs = np.log(np.maximum(weights, weights.max() * 1e-9))
        mean, counts = np.zeros(weights.shape), np.zeros(weights.shape)
        scale = max(found.limit, 0.01 * float(game.value.max()), _TINY)
        for _ in range(passes):
            played = np.exp(logs - logs.max())
            played[game.value <= found.limit] = 0.0
            played /= played.sum()
            joint = answer(game, near, played * game.value)
            loss = game.value * (1.0 - covered(game, joint.counts))
            found.joints.append(joint)
            found.losses.append(loss.ravel())
            mean += played / passes
            counts += joint.counts / passes
            logs += _RATE * loss / scale
            if perf_counter() > until:
                break
        _prove(game, whole, found, mean, counts)
        mixed = _remix(found, until)
        if mixed is not None:
            weights = mixed.weights.reshape(game.value.shape)
            if weights.max() > 0:
                _prove(game, whole, found, weights, _mean_counts(found, mixed.shares))
            else:
                weights = mean
        if found.narrow(gap) or perf_counter() > until or mixed is None:
            return found
        passes = _PASSES


def _standing(game: RouteGame) -> tuple[FloatArray, float]:
    """Give weights for a start, and the loss when travel took no time: each slot a static game of its own."""
    best = 0.0
    most = game.teams * game.detection
    for slot in range(game.slots):
        value = np.sort(game.value[:, slot])[::-1]
        value = value[value > 0]
        levels = (np.arange(1, len(value) + 1) - most) / np.cumsum(1.0 / value)
        level = float(levels.max(initial=0.0))
        best = max(best, level)
    weights = np.where(game.value > best, 1.0 / np.where(game.value > 0, game.value, 1.0), 0.0)
    if not weights.any():
        weights = np.ones(game.value.shape)
    return weights, best * (1 - _TINY)


def _worth_going(game: RouteGame, limit: float) -> IntArray:
    """Give the sites that ever stand above the proven level, and the start."""
    worth = np.asarray((game.value > limit).any(axis=1))
    if game.start is not None:
        worth[game.start] = True
    if not worth.any():
        worth[0] = True
    return np.flatnonzero(worth)


def _mean_counts(found: Found, shares: FloatArray) -> FloatArray:
    mean = np.zeros(found.joints[0].counts.shape)
    for share, joint in zip(shares, found.joints, strict=True):
        if share > 0:
            mean += share * joint.counts
    return mean


def _prove(game: RouteGame, whole: Responder, found: Found, weights: FloatArray, counts: FloatArray) -> None:
    pieces = piece_of(counts)
    found.limit = max(found.limit, least_loss(game, whole, weights, pieces))
    if game.detection < 1 and pieces.any():
        none = np.zeros(pieces.shape, dtype=np.int64)
        found.limit = max(found.limit, least_loss(game, whole, weights, none))


def _remix(found: Found, until: float) -> Mixed | None:
    losses = np.array(found.losses)
    mixed = mix(losses, level=found.limit, method="ipm", seconds=max(until - perf_counter(), 5.0))
    if mixed is None:
        return None
    if mixed.loss < found.loss:
        found.loss, found.shares, found.chosen = mixed.loss, mixed.shares, list(found.joints)
    if len(found.joints) > _MOST_COLUMNS:
        stay = np.sort(np.argsort(-mixed.shares, kind="stable")[: _MOST_COLUMNS // 2])
        found.joints = [found.joints[k] for k in stay]
        found.losses = [found.losses[k] for k in stay]
        return Mixed(mixed.shares[stay], mixed.weights, mixed.loss)
    return mixed
