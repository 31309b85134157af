"""How well places can be guessed."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from vigie.patrols.predict import best_guess
from vigie.patrols.sampling import WHOLE, draw
from vigie.patrols.seal import Seal

HALF = WHOLE // 2


def test_two_places_that_share_a_team_are_guessed_half_of_the_time():
    assert best_guess([HALF, HALF], 1) == 500


def test_fixed_teams_are_always_guessed():
    assert best_guess([WHOLE, 0, WHOLE], 2) == 1000


def test_places_without_cover_are_not_named():
    assert best_guess([HALF, 0, 0], 3) == 500
    assert best_guess([0, 0], 1) == 0


def test_what_can_be_guessed_is_never_understated():
    assert best_guess([333_333, 333_333, 333_334], 1) == 334


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10).map(lambda k: k * 100_000), min_size=2, max_size=6), st.data())
def test_no_other_set_of_as_many_places_is_right_more_often(cover, data):
    teams = data.draw(st.integers(1, len(cover)))
    best = max(sum(chosen) for chosen in combinations(cover, teams)) / (teams * WHOLE)
    assert best_guess(cover, teams) == pytest.approx(best * 1000, abs=1)


def test_an_observer_of_many_drawn_turns_does_no_better():
    cover = [900_000, 500_000, 400_000, 200_000]
    stream = Seal(bytes(range(32)), bytes(32)).stream("watched")
    turns = [set(draw(cover, 2, stream)) for _ in range(3000)]
    seen, ahead = turns[:2000], turns[2000:]
    favourites = sorted(range(4), key=lambda site: -sum(site in turn for turn in seen))[:2]
    rate = sum(len(turn & set(favourites)) for turn in ahead) / (2 * len(ahead))
    # Two standard deviations of a thousand turns.
    assert rate <= best_guess(cover, 2) / 1000 + 0.03
