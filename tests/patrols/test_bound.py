"""The certificate: never below the truth, tight at the optimum, and a judge of false claims."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.patrols.games import static_games
from vigie.patrols.bound import NotProven, best_level, check, upper_limit
from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve

GAME = StaticGame.zero_sum([12.0, 6.0, 2.0], 1)


@settings(max_examples=200, deadline=None)
@given(static_games(), st.floats(allow_nan=True, allow_infinity=True))
def test_whatever_level_is_claimed_the_limit_holds(game, level):
    assert upper_limit(game, level) >= solve(game).value


@settings(max_examples=200, deadline=None)
@given(static_games(), st.data())
def test_no_cover_that_anybody_tries_beats_the_limit(game, data):
    solution = solve(game)
    low = np.zeros(game.n) if game.cov_min is None else game.cov_min
    high = np.ones(game.n) if game.cov_max is None else game.cov_max
    share = np.array(data.draw(st.lists(st.floats(0, 1), min_size=game.n, max_size=game.n)))
    more = share * (high - low)
    price, spare = game.spent(more), game.resources - game.spent(low)
    cover = low + more * min(1.0, max(spare, 0.0) / price if price > 0 else 1.0)
    attacker = game.attacker_at(cover)
    tied = attacker >= attacker.max() - 1e-12
    assert game.defender_at(cover)[tied].max() <= solution.bound + 1e-9


def test_at_the_optimum_nothing_is_left_between_value_and_bound():
    assert check(GAME, solve(GAME)) <= 1e-12


def test_the_bound_of_three_sites_by_hand():
    # Weights 1/12 and 1/6 on the two highest: (12/12 + 6/6 - 1) / (1/12 + 1/6) = 4.
    assert upper_limit(GAME, 4.0) == pytest.approx(-4.0)
    # Claiming 7 leaves only the first site in the proof: (1 - 1) / (1/12) = 0, true and useless.
    assert upper_limit(GAME, 7.0) == pytest.approx(0.0)


@settings(max_examples=200, deadline=None)
@given(static_games())
def test_sorting_proves_what_newton_found(game):
    solution = solve(game)
    assert upper_limit(game, best_level(game)) == pytest.approx(solution.bound, abs=1e-9)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"coverage": np.array([0.7, 0.7, 0.0])}, "takes 1.4 resources and there are 1"),
        ({"coverage": np.array([1.1, 0.0, 0.0])}, "leaves its floors or ceilings"),
        ({"coverage": np.array([0.5, float("nan"), 0.0])}, "leaves its floors or ceilings"),
        ({"coverage": np.array([1.0])}, "has not one number per site"),
        ({"attacker_value": 3.0}, "attacker_value is stated as 3 and comes out as 4"),
        ({"attacked": 2}, "payoff of the attacked site"),
        ({"value": -3.5}, "value is stated as -3.5 and comes out as -4"),
        ({"value_pessimistic": -3.5}, "value_pessimistic is stated as -3.5"),
    ],
)
def test_a_claim_that_does_not_hold_is_named(changed, says):
    with pytest.raises(NotProven, match=says):
        check(GAME, replace(solve(GAME), **changed))


def test_a_poor_cover_is_no_fault_and_shows_its_gap():
    cover = np.array([1.0, 0.0, 0.0])
    poor = replace(
        solve(GAME), coverage=cover, attacker_value=6.0, attacked=1, value=-6.0, value_pessimistic=-6.0
    )
    assert check(GAME, poor) == pytest.approx(2.0)
