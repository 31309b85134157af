"""The interior point method agrees with the simplex method of another hand."""

import numpy as np
import pytest

from vigie.patrols.routes.interior import middle
from vigie.patrols.routes.master import mix


@pytest.mark.parametrize(("cells", "schedules"), [(1, 1), (1, 5), (7, 1), (30, 12), (12, 30), (80, 60)])
def test_both_sides_meet_at_the_value_of_the_game(cells, schedules):
    chance = np.random.default_rng(cells * schedules)
    losses = chance.pareto(1.5, (cells, 1)) * (chance.random((cells, schedules)) < 0.7)
    shares, chances = middle(losses)
    assert shares.sum() == pytest.approx(1)
    assert chances.sum() == pytest.approx(1)
    value = mix(losses.T).loss
    assert float((losses @ shares).max()) == pytest.approx(value, rel=1e-5, abs=1e-5)
    assert float((losses.T @ chances).min()) == pytest.approx(value, rel=1e-5, abs=1e-5)


def test_a_game_of_no_loss_has_a_mix():
    shares, chances = middle(np.zeros((3, 2)))
    assert shares.sum() == pytest.approx(1)
    assert chances.sum() == pytest.approx(1)
