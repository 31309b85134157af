"""What is a game and what is refused."""

import numpy as np
import pytest

from vigie.patrols.game import BadGame, StaticGame

TWO = {"att_uncovered": [3, 2], "att_covered": [1, 0], "def_covered": [0, 0], "def_uncovered": [-3, -2]}


def made(resources=1, **changed):
    return StaticGame(resources, **(TWO | changed))


def test_a_game_keeps_its_numbers_from_being_written_to():
    with pytest.raises(ValueError, match="read-only"):
        made().att_uncovered[0] = 5


def test_a_game_does_not_change_when_the_callers_list_does():
    values = np.array([3.0, 2.0])
    game = made(att_uncovered=values)
    values[0] = 99
    assert game.att_uncovered[0] == 3


def test_a_team_more_than_sites_is_allowed():
    assert made(3).resources == 3


@pytest.mark.parametrize("given", [float("nan"), float("inf"), -1, "two", None, 1e16])
def test_resources_that_are_no_number_of_sites_are_refused(given):
    with pytest.raises(BadGame, match=r"^resources is .* Expected a finite number that is not negative"):
        made(given)


def test_a_game_without_sites_is_refused():
    with pytest.raises(BadGame, match="no sites"):
        StaticGame(1, [], [], [], [])


def test_a_game_of_ten_million_sites_is_refused_before_it_is_read():
    with pytest.raises(BadGame, match="10000000 sites; at most 5000000"):
        StaticGame.zero_sum(np.broadcast_to(1.0, 10_000_000), 5)


@pytest.mark.parametrize(
    "name", ["att_covered", "def_covered", "def_uncovered", "cost", "cov_min", "cov_max"]
)
def test_a_list_of_another_length_is_named(name):
    with pytest.raises(BadGame, match=f"^{name} has 3 numbers and the game has 2 sites"):
        made(**{name: [0, 0, 0]})


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), 2e15])
@pytest.mark.parametrize(
    "name", ["att_uncovered", "att_covered", "def_covered", "def_uncovered", "cost", "cov_min", "cov_max"]
)
def test_a_number_that_is_none_is_named_with_its_site(name, bad):
    with pytest.raises(BadGame, match=rf"^{name}\[1\] is "):
        made(**{name: [0, bad]})


@pytest.mark.parametrize(("name", "bad"), [("cost", -1), ("cov_min", -0.1), ("cov_max", 1.1)])
def test_limits_out_of_range_are_refused(name, bad):
    with pytest.raises(BadGame, match=rf"^{name}\[1\] is "):
        made(**{name: [0, bad]})


@pytest.mark.parametrize("given", ["ab", [[1], [2]], [1, [2]], [1, "x"], {"a": 1}])
def test_what_is_no_list_of_numbers_is_refused(given):
    with pytest.raises(BadGame, match=r"^att_covered "):
        made(att_covered=given)


def test_a_site_that_pays_the_attacker_more_when_covered_is_refused():
    with pytest.raises(BadGame, match=r"^att_covered\[1\] is 5, above att_uncovered\[1\], which is 2"):
        made(att_covered=[1, 5])


def test_a_site_that_costs_the_defender_more_when_covered_is_refused():
    with pytest.raises(BadGame, match=r"^def_covered\[0\] is -4, below def_uncovered\[0\], which is -3"):
        made(def_covered=[-4, 0])


def test_a_floor_above_its_ceiling_is_refused():
    with pytest.raises(BadGame, match=r"^cov_min\[0\] is 0.5, above cov_max\[0\], which is 0.2"):
        made(cov_min=[0.5, 0], cov_max=[0.2, 1])


def test_floors_that_the_resources_cannot_pay_are_refused():
    with pytest.raises(BadGame, match=r"take 1.5 resources and there are 1"):
        made(cov_min=[1, 0.5])


def test_negative_values_are_refused_where_an_attack_must_cost_something():
    with pytest.raises(BadGame, match=r"^values\[0\] is -1.0"):
        StaticGame.zero_sum([-1.0], 1)
