"""The mix that leaves the best-informed attacker least, with a proven limit: exact where all schedules can be listed."""

from time import perf_counter

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.every import all_joints
from vigie.patrols.routes.game import IntArray, RouteGame
from vigie.patrols.routes.graph import fastest
from vigie.patrols.routes.joint import covered, joined
from vigie.patrols.routes.limit import limit as limit_of
from vigie.patrols.routes.master import kept, mix
from vigie.patrols.routes.search import Found, search
from vigie.patrols.routes.solution import Proof, RouteSolution, Stop

# Cells times teams that half a minute is plenty for. From four times that on, time grows faster than the size.
_MEASURED = 200 * 24 * 20
_SMALL, _SMALL_GAP, _LARGE_GAP = 2_000, 1e-7, 1e-3
_LEAST_SECONDS, _MOST_SECONDS = 30.0, 1_200.0
_ROUNDING, _SAME = 1e-15, 1e-9
_LEAST_PASSED = 1e-7
"""Of the value, what a linear programme's limit may pass it by without being wrong."""


def solve(game: RouteGame, stop: Stop | None = None) -> RouteSolution:
    """Give a mix of joint schedules and the limit that no mix can pass. Nothing is drawn by chance.

    Tiny games are solved exactly, over all joint schedules (V. Conitzer, T. Sandholm, ACM EC 2006: in a zero-sum
    game one linear programme). Larger ones by `search`; then the gap may stay open, and is told by bound.
    """
    began = perf_counter()
    stop = stop or Stop()
    found = _listed(game)
    if found is None:
        size = game.value.size * game.teams / _MEASURED
        grown = _LEAST_SECONDS * max(1.0, size, 3.0 * size - 8.0)
        seconds = stop.seconds or min(grown, _MOST_SECONDS)
        gap = stop.gap
        if gap is None:
            gap = _SMALL_GAP if game.value.size * game.teams <= _SMALL else _LARGE_GAP
        found = search(game, gap=gap, until=began + seconds)
    losses = np.array([_loss(game, joint.counts) for joint in found.chosen])
    stay, shares = kept(found.shares)
    mean = (shares @ losses[stay]).reshape(game.value.shape)
    site, slot = map(int, np.unravel_index(int(mean.argmax()), mean.shape))
    worst = float(mean[site, slot])
    return RouteSolution(
        mix=tuple((float(share), found.chosen[k].routes) for share, k in zip(shares, stay, strict=True)),
        value=-worst,
        attacker_value=worst,
        attacked=(site, slot),
        # No more than rounding is smoothed over: a limit that the mix itself passes must show.
        bound=-(worst if 0 < found.limit - worst <= _LEAST_PASSED * max(1.0, abs(worst)) else found.limit),
        proof=found.proof,
        seconds=perf_counter() - began,
    )


def _loss(game: RouteGame, counts: IntArray) -> FloatArray:
    lost: FloatArray = (game.value * (1.0 - covered(game, counts))).ravel()
    return lost


def _listed(game: RouteGame) -> Found | None:
    """Solve over all joint schedules; None when they are too many."""
    every = all_joints(game)
    if every is None:
        return None
    routes, taken, counts = every
    losses = np.asarray(game.value * (1.0 - covered(game, counts))).reshape(len(taken), -1)
    mixed = mix(losses)
    if mixed is None:  # no limit of time was given
        raise AssertionError
    total = mixed.weights.sum()
    weights = mixed.weights / total if total > 0 else np.full(game.value.size, 1.0 / game.value.size)
    # Against the attacker's weights every joint schedule loses at least this.
    limit = max(float((losses @ weights).min()) - _ROUNDING * float(losses.max(initial=0.0)), 0.0)
    proof = Proof(weights.reshape(game.value.shape), None)
    priced, prices = limit_of(game, fastest(game), gap=0.0, until=np.inf)
    if priced >= limit * (1 - _SAME):
        limit, proof = priced, prices
    chosen = np.flatnonzero(mixed.shares > 0)
    return Found(
        chosen=[joined(game, tuple(routes[r] for r in taken[k])) for k in chosen],
        shares=mixed.shares[chosen],
        loss=mixed.loss,
        limit=limit,
        proof=proof,
    )
