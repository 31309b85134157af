"""A plan as people read it."""

import pytest

from vigie.patrols.showing import half_lines, people_down, people_up, rival_lines, site_lines, team_lines

HALF = {
    "day": "2031-05-26", "half": "am", "low": [900, 10, 0], "high": [1100, 21, 0], "assumed": [1],
    "cover": [750_000, 250_001, 0], "exposed": 250_001, "least": 249_999,
}  # fmt: skip


@pytest.mark.parametrize(("thousandths", "up", "down"), [(0, 0, 0), (1, 1, 0), (1000, 1, 1), (1001, 2, 1)])
def test_people_are_rounded_against_us(thousandths, up, down):
    assert (people_up(thousandths), people_down(thousandths)) == (up, down)


def test_sites_come_with_the_most_covered_first():
    lines = site_lines(HALF, ["a", "b", "c"], ["A", "B", "C"])
    assert [(n.site, n.share, n.assumed) for n in lines] == [
        ("a", 75.0, False),
        ("b", 25.0001, True),
        ("c", 0.0, False),
    ]


def test_people_left_at_a_site_are_the_middle_less_the_cover_rounded_up():
    # 1000 x 0.25 = 250; 15.5 x 0.749999 = 11.62; nobody.
    assert [n.left for n in site_lines(HALF, ["a", "b", "c"], ["A", "B", "C"])] == [250, 12, 0]


def test_a_half_day_says_what_is_exposed_in_reserve_and_guessed():
    [line] = half_lines([HALF], 2)
    assert (line.exposed, line.least) == (251, 249)
    assert line.in_reserve == pytest.approx(2 - 1.000001)
    assert line.guessed == pytest.approx(50.1)


def test_rivals_stand_beside_the_plan_the_nearest_first():
    lines = rival_lines(1000, {"uniform": 9000, "proportional": 2500, "fixed": 2001})
    assert [(n.code, n.exposed, n.times) for n in lines] == [
        ("fixed", 3, 2.001),
        ("proportional", 3, 2.5),
        ("uniform", 9, 9.0),
    ]


def test_a_plan_that_exposes_nobody_is_not_divided_by():
    assert rival_lines(0, {"uniform": 5})[0].times == 0.0


def test_teams_are_read_across_the_turns():
    draws = [[9, 9]] * 3 + [[0, 1], [1, -1], [0, 1]]
    assert [(t.team, t.places) for t in team_lines(draws, 1, ["A", "B"])] == [
        (1, ("A", "B", "A")),
        (2, ("B", "", "B")),
    ]
