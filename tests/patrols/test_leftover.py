"""Cover that the optimum does not need."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.patrols.games import static_games
from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve


@settings(max_examples=200, deadline=None)
@given(static_games())
def test_nothing_is_left_while_a_site_that_could_be_attacked_has_room(game):
    solution = solve(game)
    ceiling = np.ones(game.n) if game.cov_max is None else game.cov_max
    cost = np.ones(game.n) if game.cost is None else game.cost
    room = (ceiling - solution.coverage > 1e-6) & (game.att_uncovered > game.att_covered) & (cost > 0)
    room[solution.attacked] = False
    left = game.resources - game.spent(solution.coverage)
    assert left >= -1e-9 * max(1.0, game.resources)
    assert left <= 1e-6 or not room.any()


def test_a_team_that_a_ceiling_leaves_free_stands_where_the_attacker_looks_next():
    # The station may be covered half of the time only; the rest of two teams levels the other three.
    solution = solve(StaticGame.zero_sum([20.0, 8.0, 6.0, 4.0], 2, cov_max=[0.5, 1, 1, 1]))
    assert solution.attacker_value == pytest.approx(10.0)
    others = np.array([8.0, 6.0, 4.0]) * (1 - solution.coverage[1:])
    assert solution.coverage.sum() == pytest.approx(2.0)
    assert others == pytest.approx([others[0]] * 3)


def test_two_ceilings_at_different_heights_are_both_kept():
    solution = solve(StaticGame.zero_sum([20.0, 18.0, 6.0, 6.0], 2, cov_max=[0.5, 0.6, 1, 0.2]))
    assert solution.coverage == pytest.approx([0.5, 0.6, 0.7, 0.2])


def test_a_site_that_costs_nothing_is_covered_whole():
    solution = solve(StaticGame.zero_sum([20.0, 8.0], 0, cost=[1, 0]))
    assert solution.coverage.tolist() == [0.0, 1.0]


def test_the_attacked_site_keeps_its_cover_when_that_favours_the_defender():
    # Site 0 is capped at a level of 10; the defender likes the attack at site 1, which must stay at 10.
    game = StaticGame(2, [20, 12, 3], [0, 0, 0], [0, 0, 0], [-50, -1, -3], cov_max=[0.5, 1, 1])
    solution = solve(game)
    assert solution.attacked == 1
    assert solution.coverage[1] == pytest.approx(1 / 6)
    assert solution.value == pytest.approx(-5 / 6)
    assert solution.value_pessimistic == pytest.approx(-25.0)
