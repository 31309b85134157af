"""The limit: never above what is possible, and just that with stays of one slot."""

from itertools import product
from time import perf_counter

import numpy as np
import pytest

from tests.patrols.routes.odd import odd
from tests.patrols.routes.oracle import best_value, routes
from vigie.patrols.mix.limit import proven
from vigie.patrols.routes import limit as module
from vigie.patrols.routes.exact import best_joint
from vigie.patrols.routes.generator import drawn
from vigie.patrols.routes.graph import above, fastest
from vigie.patrols.routes.limit import limit


def found(game):
    return limit(game, fastest(game), gap=0.0, until=perf_counter() + 60)


@pytest.mark.parametrize("seed", range(12))
def test_a_limit_is_proven_and_never_above_what_a_mix_reaches(seed):
    game = odd(seed)
    loss, proof = found(game)
    best = -best_value(game)
    assert loss <= best + 1e-8
    assert proven(game, proof) == pytest.approx(loss, abs=1e-9)
    if game.min_dwell == 1:
        assert loss == pytest.approx(best, abs=1e-8)


@pytest.mark.parametrize("detection", [1.0, 0.7])
def test_trips_that_enter_as_needed_prove_as_much_as_all_at_once(monkeypatch, detection):
    game = drawn(1, sites=20, slots=10, teams=3, detection=detection)
    at_once, _ = found(game)
    monkeypatch.setattr(module, "_FEW_TRIPS", 0)
    monkeypatch.setattr(module, "_NEAREST", 1)
    assert found(game)[0] == pytest.approx(at_once, rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_the_best_joint_schedule_is_the_best_of_all(seed):
    game = odd(seed)
    graph = above(game, 0.0)
    weights = np.random.default_rng(seed).random(game.value.shape) * (game.value > 0)
    miss = 1.0 - game.detection

    def worth(counts):
        return float((weights * (1.0 - miss**counts)).sum())

    most = 0.0
    for joint in product(routes(game), repeat=game.teams):
        counts = np.zeros(weights.shape)
        for route in joint:
            for cell in route:
                counts[cell] += 1
        most = max(most, worth(counts))
    joint = best_joint(graph, graph.of(weights), seconds=60)
    assert len(joint.routes) == game.teams
    assert worth(joint.counts) == pytest.approx(most)
