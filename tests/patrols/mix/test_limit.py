"""A limit is proven again from chances and prices alone."""

from itertools import product

import numpy as np
import pytest

from tests.patrols.routes.oracle import best_value, routes
from vigie.patrols.mix.limit import LimitNotProven, most_of, proven
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.solution import Proof


def small(seed, **more):
    chance = np.random.default_rng(seed)
    given = {
        "value": chance.integers(0, 10, (3, 4)),
        "travel": chance.integers(0, 3, (3, 3)),
        "teams": 2,
        "min_dwell": int(chance.integers(1, 4)),
        "start": chance.choice([None, 0, 2]),
        "detection": float(chance.choice([1.0, 0.6])),
    }
    return RouteGame(**(given | more)), chance


@pytest.mark.parametrize("seed", range(12))
def test_the_best_route_is_the_best_of_all_routes(seed):
    game, chance = small(seed)
    prices = chance.random(game.value.shape)
    assert most_of(game, prices) == pytest.approx(max(sum(prices[c] for c in r) for r in routes(game)))


@pytest.mark.parametrize("seed", range(12))
def test_any_chances_and_any_prices_prove_no_more_than_is_true(seed):
    game, chance = small(seed, detection=[1.0, 0.6][seed % 2])
    best = -best_value(game)
    for _ in range(20):
        chances = chance.random(game.value.shape) ** 3
        assert proven(game, Proof(chances, chances * chance.random(game.value.shape) * 10)) <= best + 1e-9
        assert proven(game, Proof(chances, None)) <= best + 1e-9


def test_without_prices_the_limit_is_that_of_all_joint_schedules():
    game, chance = small(5, detection=0.6)
    chances = chance.random(game.value.shape)
    left = chances / chances.sum() * game.value
    most = max(
        sum(left[c] * (1 - 0.4 ** ((c in one) + (c in two))) for c in one | two)
        for one, two in product(routes(game), repeat=2)
    )
    assert proven(game, Proof(chances, None)) == pytest.approx(left.sum() - most)


@pytest.mark.parametrize(
    ("chances", "prices", "says"),
    [
        (np.zeros((3, 4)), None, "all zero"),
        (np.ones((2, 4)), None, "no table of the game's sites"),
        (-np.ones((3, 4)), None, "no table of the game's sites"),
        (np.full((3, 4), np.nan), None, "no table of the game's sites"),
        (np.ones((3, 4)), -np.ones((3, 4)), "no table of the game's sites"),
    ],
)
def test_what_is_no_proof_is_refused(chances, prices, says):
    game, _ = small(1)
    with pytest.raises(LimitNotProven, match=says):
        proven(game, Proof(chances, prices))


def test_a_game_too_large_to_go_through_needs_prices():
    game = RouteGame(value=np.ones((8, 12)), travel=np.zeros((8, 8)), teams=2)
    with pytest.raises(LimitNotProven, match="more than 20000 routes"):
        proven(game, Proof(game.value, None))
