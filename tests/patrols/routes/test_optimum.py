"""The best mix: exact against all joint schedules, proven beyond."""

import numpy as np
import pytest

from tests.patrols.routes.oracle import best_value
from vigie.patrols.mix.check import check
from vigie.patrols.routes import optimum
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.generator import drawn
from vigie.patrols.routes.optimum import solve
from vigie.patrols.routes.solution import Stop


def tiny(seed, **more):
    rng = np.random.default_rng(seed)
    sites, slots = (3, 3) if more.get("teams", 1) > 1 else (3, 4)
    given = {
        "value": rng.integers(0, 10, (sites, slots)),
        "travel": rng.integers(0, 3, (sites, sites)),
        "teams": 1,
    }
    return RouteGame(**(given | more))


GAMES = [
    tiny(seed, teams=teams, min_dwell=dwell, detection=detection, start=start)
    for seed, (teams, dwell, detection, start) in enumerate(
        [
            (1, 1, 1.0, None), (1, 1, 1.0, 0), (1, 2, 1.0, None), (1, 2, 0.6, 1), (1, 1, 0.3, None), (1, 4, 1.0, None),
            (2, 1, 1.0, None), (2, 1, 0.5, None), (2, 2, 0.7, None), (2, 1, 0.8, 2), (2, 3, 0.9, None), (2, 1, 0.0, None),
            (2, 2, 1.0, 0), (3, 1, 0.6, 1), (3, 3, 0.5, None), (1, 3, 0.5, 0),
        ]
    )
]  # fmt: skip


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_a_tiny_game_is_worth_what_all_joint_schedules_say(game):
    solution = solve(game)
    assert solution.value == pytest.approx(best_value(game), abs=1e-7)
    assert check(game, solution) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_the_search_never_states_more_than_is_possible_nor_a_limit_below_it(game, monkeypatch):
    monkeypatch.setattr(optimum, "all_joints", lambda _game: None)
    solution = solve(game, Stop(gap=1e-6, seconds=1))
    check(game, solution)
    best = best_value(game)
    assert solution.value <= best + 1e-7 <= solution.bound + 2e-7


def test_two_teams_that_see_half_are_never_added_up():
    game = RouteGame(value=[[10.0]], travel=[[0]], teams=2, detection=0.5)
    solution = solve(game)
    assert solution.value == pytest.approx(-2.5)
    assert solution.bound == pytest.approx(-2.5)


def test_a_trip_covers_nothing_on_the_way():
    game = RouteGame(value=[[4, 0, 0], [0, 0, 4]], travel=[[0, 1], [1, 0]], teams=1, start=0)
    assert solve(game).value == pytest.approx(0)
    longer = RouteGame(value=[[4, 0, 0], [0, 0, 4]], travel=[[0, 2], [2, 0]], teams=1, start=0)
    assert solve(longer).value == pytest.approx(-4)


def test_enough_teams_leave_nothing():
    solution = solve(RouteGame(value=np.ones((3, 2)), travel=np.ones((3, 3)), teams=3))
    assert solution.value == pytest.approx(0, abs=1e-9)


def test_a_game_of_no_value_is_solved():
    assert solve(RouteGame(value=np.zeros((2, 2)), travel=np.zeros((2, 2)), teams=1)).value == 0


@pytest.mark.parametrize(("dwell", "detection"), [(1, 1.0), (2, 1.0), (2, 0.7)])
def test_beyond_lists_the_value_stands_below_its_bound(dwell, detection):
    game = drawn(3, sites=12, slots=8, teams=3, min_dwell=dwell, detection=detection)
    solution = solve(game, Stop(gap=1e-3, seconds=2))
    check(game, solution)
    assert solution.value <= solution.bound
    assert solution.bound < 0


def test_more_teams_and_better_eyes_never_hurt_and_scale_scales():
    game = {"value": [[3, 5, 1], [4, 2, 6], [2, 2, 2]], "travel": [[0, 1, 1], [1, 0, 1], [1, 1, 0]]}
    one = solve(RouteGame(**game, teams=1, detection=0.5)).value
    assert one <= solve(RouteGame(**game, teams=2, detection=0.5)).value + 1e-9
    assert one <= solve(RouteGame(**game, teams=1, detection=0.9)).value + 1e-9
    thrice = game | {"value": np.multiply(game["value"], 3.0)}
    assert solve(RouteGame(**thrice, teams=1, detection=0.5)).value == pytest.approx(3 * one)
