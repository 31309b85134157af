"""Best routes over a graph of what matters are the best of all routes, and can be walked."""

import numpy as np
import pytest

from tests.patrols.routes.odd import odd
from tests.patrols.routes.oracle import routes
from vigie.patrols.mix.check import walked
from vigie.patrols.routes.graph import above
from vigie.patrols.routes.paths import Paths


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("level", [0.0, 5.0])
def test_the_best_route_is_found_and_can_be_walked(seed, level):
    game = odd(seed)
    graph = above(game, level)
    weights = np.where(game.value > level, np.random.default_rng(seed).random(game.value.shape), 0.0)
    most, nodes = Paths(graph).best(graph.of(weights))
    assert most == pytest.approx(max(sum(weights[cell] for cell in route) for route in routes(game)))
    cells = list(walked(game, [tuple(map(int, cell)) for cell in graph.walk(nodes)]))
    assert sum(weights[cell] for cell in cells) == pytest.approx(most)


@pytest.mark.parametrize("seed", range(8))
def test_the_best_route_through_a_trip_is_the_best_when_the_trip_lies_on_it(seed):
    game = odd(seed, min_dwell=1)
    graph = above(game, 0.0)
    paths = Paths(graph)
    weights = graph.of(np.random.default_rng(seed).random(game.value.shape) * (game.value > 0))
    most = paths.collect(weights)
    through = paths.through(weights)
    assert through.max(initial=0.0) <= most + 1e-12
    some = np.zeros(len(graph.tails), dtype=bool)
    some[through >= most - 1e-12] = True
    assert Paths(graph, some).collect(weights) == pytest.approx(most)
