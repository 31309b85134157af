"""Plans: the guarantee of each half day and of the week, rounded against us."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.patrols.weeks import FOUR, presence
from vigie.patrols.plan import BadPlan, exposed, make
from vigie.patrols.sampling import WHOLE


def test_the_cover_of_four_sites_by_two_teams_is_the_one_worked_out_by_hand():
    # Middles 400, 200, 1000, 600: (400-L)/400 + (1000-L)/1000 + (600-L)/600 = 2, L = 1/(1/400+1/1000+1/600) = 193.5,
    # which leaves the museum (200) just above: four sites, L = 2/(1/400+1/200+1/1000+1/600) = 196.7.
    plan = make(presence(), 2)
    level = 2 / (1 / 400 + 1 / 200 + 1 / 1000 + 1 / 600)
    assert plan.exposed / 1000 == pytest.approx(level, abs=0.01)
    assert np.array(plan.covers[0].cover) / WHOLE == pytest.approx(
        1 - level / np.array([400, 200, 1000, 600]), abs=2e-6
    )


def test_what_no_plan_can_avoid_is_never_above_what_is_exposed():
    plan = make(presence(), 2)
    for cover in plan.covers:
        assert cover.least <= cover.exposed <= cover.least + 10


def test_the_week_is_as_good_as_its_worst_half_day():
    quiet = tuple((site, low // 10, high // 10, basis) for site, low, high, basis in FOUR)
    week = presence()
    halves = (*presence(quiet).halves[:13], week.halves[13])
    from dataclasses import replace

    plan = make(replace(week, halves=halves), 2)
    assert plan.exposed == plan.covers[13].exposed > plan.covers[0].exposed
    assert plan.least == plan.covers[13].least


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=15), st.data())
def test_whatever_is_expected_the_guarantee_is_that_of_the_cover_written_down(ranges, data):
    rows = tuple((f"s{k:02}", min(r), max(r), "figure") for k, r in enumerate(ranges))
    teams = data.draw(st.integers(1, len(rows)))
    laid = presence(rows, days=1)
    plan = make(laid, teams)
    for half, cover in zip(laid.halves, plan.covers, strict=True):
        assert sum(cover.cover) <= teams * WHOLE
        assert cover.exposed >= exposed(half.middle, cover.cover) * 1000
        assert cover.least <= cover.exposed


def test_as_many_teams_as_sites_leave_nobody_exposed():
    assert make(presence(), 4).exposed == 0


def test_places_where_nobody_is_expected_get_no_team():
    plan = make(presence((("full", 10, 20, "figure"), ("empty", 0, 0, "figure"))), 2)
    assert plan.covers[0].cover == (0, WHOLE)


@pytest.mark.parametrize("teams", [0, -3])
def test_no_team_is_no_plan(teams):
    with pytest.raises(BadPlan, match=f"{teams} teams cannot be anywhere. Give at least one."):
        make(presence(), teams)


def test_more_teams_than_sites_is_said_with_the_way_out():
    with pytest.raises(BadPlan, match=r"5 teams for 4 sites.* Give at most 4 teams, or add sites"):
        make(presence(), 5)
