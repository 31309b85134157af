"""A team's sheet."""

import dataclasses
import re
from datetime import date

import pytest

from tests.patrols.weeks import FIRST
from vigie.patrols.sheet import NoSuchSheet, Sheet, Stop, sheet

SITES, NAMES = ["a", "b"], ["Gare", "Musée"]
HALVES = [(FIRST, "am"), (FIRST, "pm")]
# Turns of three hours, two teams: team 1 stays at «a» twice, then goes to «b»; team 2 is in reserve at noon.
DRAWS = [[0, 1], [0, -1], [1, 0], [1, 0], [0, 1], [1, 0]]


def made(**changed):
    given = {"day": FIRST, "half": "am", "team": 1, "secret": "c0ffee"} | changed
    return sheet(DRAWS, HALVES, SITES, NAMES, **given)


def test_turns_at_the_same_site_are_one_stop():
    assert [(s.hours, s.name) for s in made().stops] == [("06:00–12:00", "Gare"), ("12:00–15:00", "Musée")]


def test_the_afternoon_ends_at_midnight():
    assert [(s.hours, s.name) for s in made(half="pm").stops] == [
        ("15:00–18:00", "Musée"),
        ("18:00–21:00", "Gare"),
        ("21:00–24:00", "Musée"),
    ]


def test_a_turn_in_reserve_has_no_site():
    assert [s.site for s in made(team=2).stops] == ["b", "", "a"]


def test_every_stop_has_its_own_codes_to_arrive_and_to_leave():
    codes = [
        c
        for half in ("am", "pm")
        for team in (1, 2)
        for s in made(half=half, team=team).stops
        for c in (s.arrive, s.leave)
    ]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[2-9BCDFGHJKMNPQRSTVWXZ]{4}", code) for code in codes)


def test_another_plan_has_other_codes():
    assert made().stops[0].arrive != made(secret="decaf").stops[0].arrive


@pytest.mark.parametrize("team", [0, 3, -1])
def test_a_team_that_is_not_is_refused(team):
    with pytest.raises(NoSuchSheet, match=f"no team {team}. The teams are 1 to 2"):
        made(team=team)


def test_a_half_day_outside_the_plan_is_refused():
    with pytest.raises(NoSuchSheet, match="no 2031-06-09 am"):
        made(day=date(2031, 6, 9))


def test_a_sheet_has_no_room_for_a_person():
    fields = {f.name for kind in (Sheet, Stop) for f in dataclasses.fields(kind)}
    assert fields == {"team", "day", "half", "stops", "start", "end", "site", "name", "arrive", "leave"}
