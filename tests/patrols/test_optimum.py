"""The exact optimum: against linear programmes, by hand, at the edges."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.patrols.games import static_games
from tests.patrols.oracle import best_value
from vigie.patrols.bound import check
from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve


def game(resources, au, ac, dc, du, **limits):
    return StaticGame(resources, au, ac, dc, du, **limits)


@settings(max_examples=300, deadline=None)
@given(static_games())
def test_the_value_is_that_of_one_linear_programme_per_site(drawn):
    solution = solve(drawn)
    value, _ = best_value(drawn)
    assert solution.value == pytest.approx(value, abs=1e-6)
    assert check(drawn, solution) <= 1e-9 * max(1.0, abs(value))


@pytest.mark.parametrize("seed", range(6))
def test_larger_games_agree_with_the_linear_programmes_too(seed):
    rng = np.random.default_rng(seed)
    n = 40
    drawn = game(
        7.5,
        rng.uniform(1, 10, n),
        rng.uniform(-10, 1, n),
        rng.uniform(0, 10, n),
        rng.uniform(-10, 0, n),
        cost=rng.uniform(0.5, 2, n),
        cov_min=rng.uniform(0, 0.05, n),
        cov_max=rng.uniform(0.3, 1, n),
    )
    solution = solve(drawn)
    value, attacker = best_value(drawn)
    assert solution.value == pytest.approx(value, rel=1e-9)
    assert solution.attacker_value == pytest.approx(attacker, rel=1e-9)
    assert solution.bound == pytest.approx(solution.value, rel=1e-9)


def test_two_equal_sites_share_one_team():
    solution = solve(StaticGame.zero_sum([6.0, 6.0], 1))
    assert solution.coverage == pytest.approx([0.5, 0.5])
    assert solution.value == pytest.approx(-3.0)
    assert solution.attacker_value == pytest.approx(3.0)


def test_the_level_of_three_sites_solved_by_hand():
    # 12(1-a) = 6(1-b) = L and the third, worth 2, is left alone: L/12 + L/6 = 2 - 1, L = 4.
    solution = solve(StaticGame.zero_sum([12.0, 6.0, 2.0], 1))
    assert solution.coverage == pytest.approx([2 / 3, 1 / 3, 0.0])
    assert solution.attacker_value == pytest.approx(4.0)
    assert solution.bound == pytest.approx(-4.0)


def test_ties_go_to_the_defender_and_the_pessimistic_value_stands_beside():
    # Both sites pay the attacker alike at cover 1/2; being hit at the second hurts less.
    solution = solve(game(1, [2, 2], [0, 0], [0, 0], [-10, -2]))
    assert solution.attacked == 1
    assert solution.value == pytest.approx(-1.0)
    assert solution.value_pessimistic == pytest.approx(-5.0)


def test_without_resources_nothing_is_covered():
    solution = solve(StaticGame.zero_sum([3.0, 9.0, 5.0], 0))
    assert solution.coverage.tolist() == [0.0, 0.0, 0.0]
    assert (solution.value, solution.attacked) == (-9.0, 1)


def test_too_many_resources_cover_everything_and_the_game_says_what_stays_free():
    drawn = StaticGame.zero_sum([3.0, 9.0], 5)
    assert solve(drawn).coverage.tolist() == [1.0, 1.0]
    assert (
        drawn.remark
        == "5 resources for 2 sites: all cover that the sites can take needs 2, the other 3 stay free."
    )
    assert StaticGame.zero_sum([3.0, 9.0], 2).remark is None


def test_half_a_resource_is_shared_like_a_whole_one():
    solution = solve(StaticGame.zero_sum([4.0, 4.0], 0.5))
    assert solution.coverage == pytest.approx([0.25, 0.25])


def test_cover_left_over_goes_to_the_flat_site_that_is_attacked():
    # Cover does not move the attacker from site 0, but saves the defender half of what is lost there.
    solution = solve(game(1, [10, 5], [10, 0], [-5, 0], [-10, -5]))
    assert solution.attacked == 0
    assert solution.coverage[0] == pytest.approx(1.0)
    assert solution.value == pytest.approx(-5.0)
    assert solution.bound == pytest.approx(-5.0)


def test_a_flat_site_is_covered_only_with_what_the_others_leave():
    # Site 1 must be brought from 12 down to 10 first: 1/6 of cover; 5/6 is left for site 0.
    solution = solve(game(1, [10, 12], [10, 0], [0, 0], [-10, -60]))
    assert solution.coverage == pytest.approx([5 / 6, 1 / 6])
    assert solution.value == pytest.approx(-10 / 6)
    assert solution.bound == pytest.approx(solution.value)


def test_a_game_of_flat_sites_only_has_a_value_all_the_same():
    solution = solve(game(1, [3] * 4, [3] * 4, [0] * 4, [-4, -3, -2, -1]))
    assert solution.value == pytest.approx(0.0)
    assert solution.attacker_value == 3.0


def test_a_ceiling_stops_the_level_and_the_rest_goes_where_the_attacker_looks_next():
    solution = solve(StaticGame.zero_sum([10.0, 8.0, 8.0], 1, cov_max=[0.3, 1.0, 1.0]))
    assert solution.attacker_value == pytest.approx(7.0)
    assert solution.coverage == pytest.approx([0.3, 0.35, 0.35])


def test_a_post_that_must_be_held_takes_its_share_first():
    solution = solve(StaticGame.zero_sum([1.0, 10.0, 10.0], 1, cov_min=[0.5, 0, 0]))
    assert solution.coverage == pytest.approx([0.5, 0.25, 0.25])


def test_dear_sites_are_paid_at_their_price():
    # 4(1-a) = 4(1-b), a + 3b = 2: a = b = 1/2.
    solution = solve(StaticGame.zero_sum([4.0, 4.0], 2, cost=[1, 3]))
    assert solution.coverage == pytest.approx([0.5, 0.5])


def test_a_site_that_costs_nothing_takes_nothing_from_the_others():
    solution = solve(StaticGame.zero_sum([9.0, 4.0, 4.0], 1, cost=[0, 1, 1]))
    assert solution.attacker_value == pytest.approx(2.0)
    assert solution.coverage[1:] == pytest.approx([0.5, 0.5])


def test_one_site_takes_the_only_team():
    assert solve(StaticGame.zero_sum([5.0], 1)).coverage.tolist() == [1.0]


def test_floors_that_take_everything_leave_the_level_where_they_put_it():
    solution = solve(StaticGame.zero_sum([4.0, 8.0], 1, cov_min=[0.5, 0.5]))
    assert solution.coverage.tolist() == [0.5, 0.5]
    assert solution.attacker_value == pytest.approx(4.0)


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1e9])
def test_payoffs_in_another_unit_give_the_same_cover(scale):
    values = np.array([12.0, 6.0, 2.0])
    assert solve(StaticGame.zero_sum(values * scale, 1)).coverage == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_payoffs_far_apart_keep_cover_within_the_resources():
    rng = np.random.default_rng(3)
    values = 10.0 ** rng.uniform(-9, 9, 500)
    solution = solve(StaticGame.zero_sum(values, 20))
    assert solution.coverage.sum() == pytest.approx(20, rel=1e-12)
    assert solution.bound == pytest.approx(solution.value, rel=1e-9)


def test_nearly_flat_sites_do_not_break_the_sum():
    top = np.full(50, 1e6)
    slope = np.geomspace(1e-9, 1e6, 50)
    drawn = game(5, top, top - slope, top * 0, -top)
    check(drawn, solve(drawn))


@settings(max_examples=100, deadline=None)
@given(static_games(), st.randoms(use_true_random=False))
def test_the_order_of_sites_changes_nothing(drawn, chance):
    order = list(range(drawn.n))
    chance.shuffle(order)
    other = StaticGame(
        drawn.resources,
        *(
            getattr(drawn, name)[order]
            for name in ("att_uncovered", "att_covered", "def_covered", "def_uncovered")
        ),
        **{
            name: None if getattr(drawn, name) is None else getattr(drawn, name)[order]
            for name in ("cost", "cov_min", "cov_max")
        },
    )
    assert solve(other).value == pytest.approx(solve(drawn).value, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30), st.floats(0, 10), st.floats(0, 10))
def test_more_resources_never_hurt_against_an_opponent_who_wants_the_opposite(values, few, more):
    least, most = solve(StaticGame.zero_sum(values, few)), solve(StaticGame.zero_sum(values, few + more))
    assert most.value >= least.value - 1e-9 * max(values, default=0)


def test_a_hundred_thousand_sites_are_solved_by_the_sampled_start_as_by_the_plain_one(monkeypatch):
    rng = np.random.default_rng(1)
    drawn = StaticGame.zero_sum(rng.pareto(1.1, 100_000), 3_000)
    sampled = solve(drawn)
    monkeypatch.setattr("vigie.patrols.optimum._SAMPLED_FROM", 10**9)
    assert sampled.value == pytest.approx(solve(drawn).value, rel=1e-12)
    assert sampled.bound == pytest.approx(sampled.value, rel=1e-9)


def test_a_sample_that_misleads_costs_time_and_not_the_answer():
    # Every second site is worth nothing, and the sample reads only those.
    values = np.zeros(20_000)
    values[1::2] = 5.0
    solution = solve(StaticGame.zero_sum(values, 1_000))
    assert solution.attacker_value == pytest.approx(4.5)
    assert solve(StaticGame.zero_sum(values[::-1], 1_000)).attacker_value == pytest.approx(4.5)
