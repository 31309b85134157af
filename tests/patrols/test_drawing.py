"""Drawn days follow from the seed, and from nothing else."""

from collections import Counter

import pytest

from tests.patrols.weeks import presence
from vigie.patrols.drawing import TURNS, NotRedrawn, check_redrawn, drawn, turns
from vigie.patrols.plan import make
from vigie.patrols.sampling import WHOLE
from vigie.patrols.seal import Seal

SEAL = Seal(bytes(range(32)), bytes(32))
LAID = presence()
HALVES = [(h.day, h.half) for h in LAID.halves]
COVERS = [c.cover for c in make(LAID, 2).covers]


def test_a_half_day_is_cut_into_turns_that_leave_no_gap():
    spans = turns()
    assert spans["am"] == ((360, 540), (540, 720), (720, 900))
    assert spans["pm"] == ((900, 1080), (1080, 1260), (1260, 1440))


def test_seven_days_have_every_turn_with_every_team():
    draws = drawn(HALVES, COVERS, 2, SEAL)
    assert len(draws) == 14 * TURNS
    assert all(len(turn) == 2 and len(set(turn)) == 2 for turn in draws)


def test_the_same_seed_draws_the_same_days_and_another_does_not():
    draws = drawn(HALVES, COVERS, 2, SEAL)
    assert check_redrawn(HALVES, COVERS, 2, SEAL, draws) == 42
    with pytest.raises(NotRedrawn, match="The turn 2031-05-2"):
        check_redrawn(HALVES, COVERS, 2, Seal(bytes(32), bytes(32)), draws)


def test_one_team_moved_by_hand_is_found_with_its_turn():
    draws = drawn(HALVES, COVERS, 2, SEAL)
    draws[4][0], draws[4][1] = draws[4][1], draws[4][0]
    with pytest.raises(NotRedrawn, match="The turn 2031-05-26/pm/1 as drawn"):
        check_redrawn(HALVES, COVERS, 2, SEAL, draws)


def test_a_turn_left_out_is_found():
    draws = drawn(HALVES, COVERS, 2, SEAL)
    with pytest.raises(NotRedrawn, match="states 41 turns and 42 follow"):
        check_redrawn(HALVES, COVERS, 2, SEAL, draws[1:])


def test_over_many_seeds_each_site_is_visited_as_often_as_its_cover():
    seeds = 300
    seen = Counter(
        site
        for k in range(seeds)
        for turn in drawn(HALVES[:1], COVERS[:1], 2, Seal(k.to_bytes(32, "big"), bytes(32)))
        for site in turn
    )
    for site, part in enumerate(COVERS[0]):
        chance = part / WHOLE
        spread = (seeds * TURNS * chance * (1 - chance)) ** 0.5
        assert abs(seen[site] - seeds * TURNS * chance) <= 4 * spread + 1e-9


def test_cover_that_needs_no_team_leaves_it_in_reserve():
    assert all(sorted(turn) == [-1, 0] for turn in drawn(HALVES[:1], [(WHOLE, 0)], 2, SEAL))
