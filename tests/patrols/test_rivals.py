"""The plans people make without a computer."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.patrols.weeks import presence
from vigie.patrols.plan import make
from vigie.patrols.rivals import fixed, proportional, rivals, uniform

VALUES = np.array([400.0, 200.0, 1000.0, 600.0])


def test_each_rival_by_hand():
    # Two teams: half of 1000; proportional covers 1000/1100 of 1000, leaving most at 400 x (1 - 800/2200) = 254.5;
    # fixed at 1000 and 600 leaves 400.
    found = rivals(presence(), 2)
    assert found.uniform == 500_000
    assert found.proportional == pytest.approx(600 * (1 - 1200 / 2200) * 1000, abs=1)
    assert found.fixed == 400_000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2_000_000).map(lambda k: k / 2), min_size=1, max_size=20), st.data())
def test_every_rival_spends_no_more_than_the_teams(values, data):
    values = np.array(values)
    teams = data.draw(st.integers(1, len(values)))
    for cover in (uniform(values, teams), proportional(values, teams), fixed(values, teams)):
        assert cover.sum() <= teams + 1e-9
        assert ((cover >= 0) & (cover <= 1)).all()


def test_proportional_gives_what_a_full_site_cannot_take_to_the_others():
    assert proportional(np.array([900.0, 50.0, 50.0]), 2) == pytest.approx([1.0, 0.5, 0.5])


@pytest.mark.parametrize("teams", [1, 2, 3])
def test_no_rival_beats_the_plan(teams):
    laid = presence()
    plan = make(laid, teams)
    found = rivals(laid, teams)
    # A thousandth of a person for each rounding.
    assert min(found.uniform, found.proportional, found.fixed) >= plan.exposed - 2
