"""What a game against several types is, and what is none."""

import pytest

from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.game import BadGame

TYPE = {"prob": 0.5, "att_uncovered": [3, 2], "att_covered": [0, 0], "def_covered": [0, 0], "def_uncovered": [-3, -2]}  # fmt: skip
LONG = {name: [*given, given[0]] if name != "prob" else given for name, given in TYPE.items()}


@pytest.mark.parametrize(
    ("types", "says"),
    [
        ([], "0 types"),
        ([TYPE], "add up to 0.5"),
        ([TYPE, TYPE | {"prob": 0.4}], "add up to 0.9"),
        ([TYPE, TYPE | {"prob": -0.5}], r"types\[1\].prob is -0.5"),
        ([TYPE, TYPE | {"prob": float("nan")}], r"types\[1\].prob is nan"),
        ([TYPE, TYPE | {"prob": "half"}], r"types\[1\].prob is 'half'"),
        ([TYPE, TYPE | {"att_covered": [0, 9]}], r"types\[1\]: att_covered\[1\] is 9, above"),
        ([TYPE, TYPE | {"def_covered": [0, float("nan")]}], r"types\[1\]: def_covered\[1\] is nan"),
        ([TYPE, LONG], r"types\[1\] has 3 sites and types\[0\] has 2"),
    ],
)
def test_what_is_no_game_is_refused_by_name(types, says):
    with pytest.raises(BadGame, match=says):
        BayesianGame.of(1, types)


def test_a_game_too_large_for_its_programme_says_so():
    large = {name: given * 2_000 if name != "prob" else given for name, given in TYPE.items()}
    with pytest.raises(BadGame, match="4000 sites and 2 types"):
        BayesianGame.of(1, [large, large])
