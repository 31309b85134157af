"""A cover is checked by other code: every lie is found."""

from dataclasses import replace

import numpy as np
import pytest

from tests.patrols.bayes.test_game import TYPE
from vigie.patrols.bayes.check import CoverNotProven, check
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.optimum import solve

GAME = BayesianGame.of(1, [TYPE, TYPE | {"att_uncovered": [1, 4]}])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"coverage": np.array([1.1, 0.0])}, "leaves 0 to 1"),
        ({"coverage": np.array([1.0])}, "leaves 0 to 1"),
        ({"coverage": np.array([1.0, 1.0])}, "takes 2 resources"),
        ({"coverage": np.array([0.0, 1.0])}, "is not the best|is stated"),
        ({"value": 0.0}, "The value is stated as 0"),
        ({"attacker_value": 0.0}, "The attacker_value is stated as 0"),
        ({"bound": -9.0}, "does not stand between"),
        ({"value_pessimistic": 9.0}, "does not stand between"),
    ],
)
def test_what_does_not_hold_is_named(change, says):
    solution = solve(GAME)
    assert check(GAME, solution) == pytest.approx(0, abs=1e-8)
    with pytest.raises(CoverNotProven, match=says):
        check(GAME, replace(solution, **change))
