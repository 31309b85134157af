"""The best cover against several types: equal to looking through every vector of attacks by linear programmes."""

from itertools import pairwise, product

import numpy as np
import pytest
from scipy.optimize import linprog

from vigie.patrols import optimum
from vigie.patrols.bayes.check import check
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.optimum import solve
from vigie.patrols.game import StaticGame


def drawn(seed, *, n=3, types=2, resources=1.0, whole=False):
    rng = np.random.default_rng(seed)

    def pair():
        numbers = rng.integers(-5, 6, (2, n)) if whole else rng.uniform(-5, 5, (2, n))
        return np.sort(numbers.astype(float), axis=0)

    probs = rng.dirichlet(np.ones(types))
    made = []
    for prob in probs:
        (att_covered, att_uncovered), (def_uncovered, def_covered) = pair(), pair()
        made.append(
            {
                "prob": float(prob), "att_uncovered": att_uncovered, "att_covered": att_covered,
                "def_covered": def_covered, "def_uncovered": def_uncovered,
            }
        )  # fmt: skip
    return BayesianGame.of(resources, made)


def best_value(game):
    best = -np.inf
    for attacks in product(range(game.n), repeat=len(game.types)):
        rows, sides, gain, fall = [np.ones(game.n)], [game.resources], np.zeros(game.n), 0.0
        for t, (prob, one) in zip(attacks, game.types, strict=True):
            slope = one.att_uncovered - one.att_covered
            more = -np.diag(slope)
            more[:, t] += slope[t]
            rows += list(more)
            sides += list(one.att_uncovered[t] - one.att_uncovered)
            gain[t] += prob * (one.def_covered[t] - one.def_uncovered[t])
            fall += prob * one.def_uncovered[t]
        found = linprog(-gain, A_ub=np.array(rows), b_ub=sides, bounds=(0, 1), method="highs")
        if found.status == 0:
            best = max(best, fall - found.fun)
    return best


GAMES = [
    drawn(seed, n=n, types=types, resources=resources, whole=whole)
    for seed, (n, types, resources, whole) in enumerate(
        [
            (2, 2, 1.0, False), (3, 2, 1.0, False), (4, 2, 1.5, False), (3, 3, 1.0, False), (4, 3, 2.0, False),
            (3, 4, 0.5, False), (5, 2, 0.0, False), (5, 3, 1.2, False), (3, 2, 9.0, False), (3, 2, 1.0, True),
            (4, 3, 1.0, True), (3, 4, 1.0, True), (5, 2, 2.0, True), (1, 3, 0.4, True), (4, 2, 0.7, True),
        ]
    )
]  # fmt: skip


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_a_small_game_is_worth_what_every_vector_of_attacks_says(game):
    solution = solve(game)
    assert solution.value == pytest.approx(best_value(game), abs=1e-6)
    assert check(game, solution) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_a_search_cut_short_still_states_a_true_limit(game):
    solution = solve(game, seconds=0)
    check(game, solution)
    assert solution.value <= best_value(game) + 1e-7 <= solution.bound + 2e-7


def payoffs(one):
    names = ("att_uncovered", "att_covered", "def_covered", "def_uncovered")
    return {name: getattr(one, name) for name in names}


def test_one_type_is_the_static_game():
    game = GAMES[4].types[1][1]
    assert solve(BayesianGame(((1.0, game),))).value == pytest.approx(optimum.solve(game).value)


def test_a_type_split_in_two_changes_nothing():
    game = GAMES[4].types[1][1]
    split = solve(BayesianGame(((0.25, game), (0.75, game))))
    assert split.value == pytest.approx(optimum.solve(game).value, abs=1e-8)


def test_sites_and_types_in_another_order_are_the_same_game():
    game, order = GAMES[4], [2, 0, 3, 1]
    turned = tuple(
        (prob, StaticGame(game.resources, **{name: given[order] for name, given in payoffs(one).items()}))
        for prob, one in reversed(game.types)
    )
    assert solve(BayesianGame(turned)).value == pytest.approx(solve(game).value, abs=1e-8)


def test_payoffs_in_another_scale_scale_the_value():
    game = GAMES[4]
    scaled = tuple(
        (
            prob,
            StaticGame(
                game.resources,
                **{name: given * (1e4 if name[0] == "d" else 1e-3) for name, given in payoffs(one).items()},
            ),
        )
        for prob, one in game.types
    )
    assert solve(BayesianGame(scaled)).value == pytest.approx(1e4 * solve(game).value, rel=1e-7)


def test_more_resources_never_hurt():
    values = [solve(drawn(3, n=4, types=3, resources=r)).value for r in (0, 0.5, 1, 2, 4)]
    assert all(a <= b + 1e-8 for a, b in pairwise(values))


def test_beyond_looking_through_the_value_stands_below_its_bound():
    game = drawn(1, n=30, types=12, resources=4)
    solution = solve(game, seconds=0.5)
    assert check(game, solution) >= 0
