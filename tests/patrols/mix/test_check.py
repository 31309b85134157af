"""A mix is checked by code that shares nothing with its maker: every lie is found."""

from dataclasses import replace

import numpy as np
import pytest

from vigie.patrols.mix.check import MixNotProven, check
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.solution import Proof, RouteSolution

GAME = RouteGame(value=[[4, 4, 1], [2, 2, 2]], travel=[[0, 1], [0, 0]], teams=1, start=0, detection=0.5)

SEEN = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])


def told(*route, p=1.0, value=-2.0, bound=-2.0, attacked=(0, 0)):
    return RouteSolution(((p, (np.array(route),)),), value, -value, attacked, bound, Proof(SEEN, None), 0.0)


def test_what_holds_is_let_through():
    assert check(GAME, told((0, 0), (0, 1), (0, 2))) == 0


def test_the_gap_is_bound_less_value():
    assert check(GAME, told((0, 0), (0, 1), (0, 2), bound=-1.5)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("solution", "says"),
    [
        (told((0, 0), (0, 1), (0, 2), p=0.9), "do not add up"),
        (told((0, 0), (0, 1), (0, 2), value=-1.0), "The value is stated as -1"),
        (told((0, 0), (0, 1), (0, 2), attacked=(0, 2)), "attacked cell"),
        (told((0, 0), (0, 1), (0, 2), bound=-3.0), "above its proven limit"),
        (told((1, 0), (1, 1), (1, 2)), "does not begin at site 0"),
        (told((0, 0), (1, 1)), "no such trip"),
        (told((0, 0), (0, 2)), "no such trip"),
        (told((0, 0), (0, 0)), "no such trip"),
        (told((0, 0), (2, 2)), "leaves the game"),
        (told((0, 0), (0, 3)), "leaves the game"),
        (replace(told((0, 0)), mix=((1.0, ()),)), "0 teams and the game 1"),
        (replace(told((0, 0)), mix=((1.0, ([],)),)), "holds no cell"),
    ],
)
def test_what_does_not_hold_is_named(solution, says):
    with pytest.raises(MixNotProven, match=says):
        check(GAME, solution)


@pytest.mark.parametrize("route", [((0, 0),), ((0, 0), (1, 2)), ((0, 0), (0, 1), (1, 2))])
def test_a_stay_too_short_is_found(route):
    game = RouteGame(value=GAME.value, travel=[[0, 0], [0, 0]], teams=1, min_dwell=2)
    with pytest.raises(MixNotProven, match=r"too short|shorter than 2|no such trip"):
        check(game, told(*route))


def test_standing_down_after_a_whole_stay_is_allowed():
    game = RouteGame(value=[[1, 1, 0], [0, 0, 0]], travel=[[0, 0], [0, 0]], teams=1, min_dwell=2)
    assert check(game, told((0, 0), (0, 1), value=0.0, bound=0.0)) == 0


@pytest.mark.parametrize("prices", [None, 2 * SEEN])
def test_a_limit_that_the_proof_does_not_reach_is_found(prices):
    low = replace(told((0, 0), (0, 1), (0, 2)), proof=Proof(SEEN, prices))
    assert check(GAME, low) == 0
    spread = replace(low, proof=Proof(np.full((2, 3), 1 / 6), None if prices is None else prices))
    with pytest.raises(MixNotProven, match="The limit -2 is not proven"):
        check(GAME, spread)
