"""Drawing whole teams: frequencies equal to the cover, no site twice, nothing that is no cover."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from vigie.patrols import sampling
from vigie.patrols.sampling import WHOLE, BadCover, draw, in_millionths, under_comb
from vigie.patrols.seal import Seal

SEAL = Seal(bytes(range(32)), bytes(32))
covers = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_over_all_offsets_each_site_comes_exactly_as_often_as_its_cover(parts, chance):
    whole = 20
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "WHOLE", whole)
        seen = Counter(i for offset in range(whole) for i in under_comb(parts, offset))
    assert [seen[i] for i in range(len(parts))] == parts


@settings(max_examples=100, deadline=None)
@given(covers)
def test_rounding_keeps_the_total_and_stays_within_a_millionth(cover):
    teams = int(np.ceil(cover.sum()))
    parts = in_millionths(cover, teams)
    assert sum(parts) == min(round(cover.sum() * WHOLE), teams * WHOLE)
    assert max(abs(np.array(parts) - cover * WHOLE)) <= 1


@settings(max_examples=100, deadline=None)
@given(covers, st.integers(0, 3), st.text(max_size=5))
def test_a_draw_sends_whole_teams_to_different_sites(cover, spare, purpose):
    teams = int(np.ceil(cover.sum())) + spare
    parts = in_millionths(cover, teams)
    places = draw(parts, teams, SEAL.stream(purpose))
    sent = [site for site in places if site is not None]
    assert len(places) == teams
    assert len(set(sent)) == len(sent)
    assert sum(parts) // WHOLE <= len(sent) <= -(-sum(parts) // WHOLE)
    assert all(parts[site] > 0 for site in sent)
    assert {i for i, part in enumerate(parts) if part == WHOLE} <= set(sent)


def test_the_same_seed_draws_the_same_places():
    parts = in_millionths(np.linspace(0.1, 0.9, 9), 5)
    assert draw(parts, 5, SEAL.stream("a")) == draw(parts, 5, SEAL.stream("a"))
    assert draw(parts, 5, SEAL.stream("a")) != draw(parts, 5, SEAL.stream("b"))


def test_many_draws_come_out_as_the_cover_says():
    cover = np.array([0.9, 0.6, 0.3, 0.2])
    parts = in_millionths(cover, 2)
    stream = SEAL.stream("many")
    days = 4000
    seen = Counter(site for _ in range(days) for site in draw(parts, 2, stream))
    for site, chance in enumerate(cover):
        spread = (days * chance * (1 - chance)) ** 0.5
        assert abs(seen[site] - days * chance) < 4 * spread


def test_two_sites_of_which_one_is_always_covered_are_never_covered_by_luck():
    parts = [500_000, 500_000]
    stream = SEAL.stream("either")
    assert all(sorted(map(str, draw(parts, 1, stream))) in (["0"], ["1"]) for _ in range(50))


def test_teams_without_cover_to_give_stay_in_reserve():
    assert draw([0, 0], 3, SEAL.stream("x")) == [None, None, None]


def test_no_team_is_tied_to_its_place():
    seen = {tuple(draw([WHOLE, WHOLE], 2, SEAL.stream(str(day)))) for day in range(40)}
    assert seen == {(0, 1), (1, 0)}


@pytest.mark.parametrize("cover", [[1.5], [-0.1], [float("nan")]])
def test_what_is_no_cover_is_refused(cover):
    with pytest.raises(BadCover, match="outside 0 and 1"):
        in_millionths(np.array(cover), 2)


def test_cover_for_more_teams_than_there_are_is_refused():
    with pytest.raises(BadCover, match=r"adds up to 1.8 teams and there are 1"):
        in_millionths(np.array([0.9, 0.9]), 1)
    with pytest.raises(BadCover, match=r"adds up to 1.8 teams and there are 1"):
        draw([900_000, 900_000], 1, SEAL.stream("x"))


@pytest.mark.parametrize("part", [-1, WHOLE + 1])
def test_millionths_outside_one_team_are_refused(part):
    with pytest.raises(BadCover, match="outside 0 and 1,000,000"):
        draw([part], 2, SEAL.stream("x"))
