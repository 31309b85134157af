"""Games and answers as JSON, and the schema that says the same."""

import json

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from tests.patrols.games import static_games
from vigie.errors import BadInput
from vigie.patrols.game import BadGame
from vigie.patrols.optimum import solve
from vigie.patrols.reading import answer, read_game, read_games, schema

GAME = {
    "kind": "static",
    "n": 2,
    "resources": 1,
    "att_uncovered": [3, 2],
    "att_covered": [0, 0],
    "def_covered": [0, 0],
    "def_uncovered": [-3, -2],
}
TYPE = {"prob": 1} | {
    name: GAME[name] for name in ("att_uncovered", "att_covered", "def_covered", "def_uncovered")
}
BAYESIAN = {"kind": "bayesian", "n": 2, "resources": 1, "types": [TYPE]}
ROUTE = {
    "kind": "route",
    "sites": 2,
    "slots": 3,
    "teams": 1,
    "min_dwell": 1,
    "value": [[1, 2, 3], [3, 2, 1]],
    "travel": [[0, 1], [1, 0]],
    "start": 0,
    "detection": 0.9,
}
SAYS = Draft202012Validator(schema())


def without(name):
    return {key: value for key, value in GAME.items() if key != name}


def test_the_schema_is_itself_valid():
    Draft202012Validator.check_schema(schema())


def test_one_game_is_read_as_one():
    games, listed = read_games(json.dumps(GAME).encode())
    assert (len(games), listed) == (1, False)
    assert games[0].n == 2


def test_a_whole_number_of_sites_may_be_written_with_a_point():
    assert SAYS.is_valid(GAME | {"n": 2.0})
    assert read_game(GAME | {"n": 2.0}).n == 2


def test_a_list_of_games_stays_a_list():
    games, listed = read_games(json.dumps([GAME, GAME]).encode())
    assert (len(games), listed) == (2, True)


@settings(max_examples=60, deadline=None)
@given(static_games())
def test_every_game_there_is_goes_through_json_and_fits_the_schema(game):
    names = ("att_uncovered", "att_covered", "def_covered", "def_uncovered", "cost", "cov_min", "cov_max")
    lists = {name: getattr(game, name).tolist() for name in names if getattr(game, name) is not None}
    data = {"kind": "static", "n": game.n, "resources": game.resources} | lists
    assert SAYS.is_valid(data)
    assert solve(read_game(json.loads(json.dumps(data)))).value == solve(game).value


# Each of these is refused by the reader and by the schema alike.
@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("no game", "A game is a text"),
        (3, "A game is a number"),
        ([], "holds no game"),
        ([[]], "Game 1 of the list: A game is a list"),
        (GAME | {"kind": "chess"}, 'Solved here: "static"'),
        (without("kind"), "The kind of game is None"),
        (without("n"), "lacks n"),
        (without("resources"), "lacks resources"),
        (without("def_covered"), "lacks def_covered"),
        (GAME | {"cov_mim": [0, 0]}, "no cov_mim"),
        (GAME | {"n": 2.5}, "n is 2.5"),
        (GAME | {"n": True}, "n is True"),
        (GAME | {"n": -1}, "n is -1"),
        (
            GAME
            | {"n": 0}
            | {k: [] for k in ("att_uncovered", "att_covered", "def_covered", "def_uncovered")},
            "no sites",
        ),
        (GAME | {"resources": -1}, "resources is -1"),
        (GAME | {"resources": "1"}, "resources is '1'"),
        (GAME | {"resources": True}, "resources is True"),
        (GAME | {"att_covered": 3}, "att_covered is a number"),
        (GAME | {"att_covered": [0, None]}, r"att_covered\[1\] is null"),
        (GAME | {"att_covered": [0, "x"]}, r"att_covered\[1\] is a text"),
        (GAME | {"att_covered": [0, False]}, r"att_covered\[1\] is true or false"),
        (GAME | {"cost": [1, -1]}, r"cost\[1\]"),
        (GAME | {"cov_max": [1, 1.5]}, r"cov_max\[1\]"),
        (BAYESIAN | {"types": []}, "0 types"),
        (BAYESIAN | {"types": {}}, "types is an object"),
        (BAYESIAN | {"types": [3]}, r"types\[0\] is a number"),
        (BAYESIAN | {"types": [TYPE | {"cost": [1, 1]}]}, r"type \(types\[0\]\) has no cost"),
        (BAYESIAN | {"types": [{"prob": 1}]}, r"type \(types\[0\]\) lacks att_uncovered"),
        (BAYESIAN | {"types": [TYPE | {"prob": 2}]}, "prob is 2"),
        (BAYESIAN | {"types": [TYPE | {"att_covered": [0, "x"]}]}, r"types\[0\].att_covered\[1\] is a text"),
        (ROUTE | {"teams": 0}, "teams is 0"),
        (ROUTE | {"sites": 0}, "sites is 0"),
        (ROUTE | {"min_dwell": 0}, "min_dwell is 0"),
        (ROUTE | {"n": 2}, "route game has no n"),
        (ROUTE | {"value": 3}, "value is a number"),
        (ROUTE | {"value": [[1, 2, -3], [3, 2, 1]]}, r"value\[0\]\[2\] is -3"),
        (ROUTE | {"value": [[1, 2, None], [3, 2, 1]]}, r"value\[0\]\[2\] is null"),
        (ROUTE | {"travel": [[0, 0.5], [1, 0]]}, r"travel\[0\]\[1\] is 0.5"),
        (ROUTE | {"start": -1}, "start is -1"),
        (ROUTE | {"detection": 2}, "detection is 2"),
        ([GAME, GAME | {"resources": -2}], "Game 2 of the list: resources is -2"),
    ],
)
def test_what_is_refused_is_refused_by_reader_and_schema_alike(data, says):
    with pytest.raises(BadInput, match=says):
        read_games(json.dumps(data).encode())
    assert not SAYS.is_valid(data)


# What a schema cannot say is left to the reader.
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (GAME | {"n": 3}, "att_uncovered has 2 numbers and n is 3"),
        (GAME | {"att_covered": [5, 0]}, r"att_covered\[0\] is 5, above"),
        (BAYESIAN | {"types": [TYPE | {"prob": 0.5}]}, "add up to 0.5"),
        (BAYESIAN | {"n": 3}, r"types\[0\].att_uncovered has 2 numbers"),
        (ROUTE | {"sites": 3}, "value has 2 rows"),
        (ROUTE | {"slots": 2}, r"value\[0\] is a list of 3"),
        (ROUTE | {"min_dwell": 4}, "min_dwell is 4 and the day has 3"),
        (ROUTE | {"start": 2}, "start is 2"),
        (ROUTE | {"travel": [[0, None], [1, 0]]}, "no way from site 0 to site 1"),
        (GAME | {"cov_min": [1, 1]}, "take 2 resources"),
        (GAME | {"cov_min": [1, 0], "cov_max": [0.5, 1]}, r"cov_min\[0\] is 1, above"),
    ],
)
def test_what_a_schema_cannot_say_is_refused_by_the_reader(data, says):
    with pytest.raises(BadGame, match=says):
        read_games(json.dumps(data).encode())
    assert SAYS.is_valid(data)


@pytest.mark.parametrize("data", [BAYESIAN, ROUTE, ROUTE | {"start": None}, [GAME, ROUTE, BAYESIAN]])
def test_every_kind_is_read_and_fits_the_schema(data):
    games, listed = read_games(json.dumps(data).encode())
    assert SAYS.is_valid(data)
    assert len(games) == (len(data) if listed else 1)


def test_what_a_route_game_may_leave_out_has_a_meaning():
    game = read_game({name: given for name, given in ROUTE.items() if name not in {"start", "detection"}})
    assert (game.start, game.detection) == (None, 1.0)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "Line 1, column 1: this is not JSON"),
        (b"{", "Line 1, column 2"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[" * 100_000, "nests lists deeper"),
        (json.dumps(GAME | {"resources": float("nan")}).encode(), "holds NaN"),
        (json.dumps(GAME | {"att_uncovered": [float("inf"), 1]}).encode(), "holds Infinity"),
        (json.dumps(GAME).replace('"resources": 1', '"resources": 1e999').encode(), "resources is inf"),
        (json.dumps(GAME).replace('"n": 2', '"n": 1e999').encode(), "n is inf"),
        (json.dumps(GAME | {"resources": 10**400}).encode(), "resources is 1000"),
        (json.dumps(GAME | {"att_covered": [10**400, 0]}).encode(), "att_covered is not a list of numbers"),
    ],
)
def test_bytes_that_are_no_game_get_one_sentence(raw, says):
    with pytest.raises(BadGame, match=says):
        read_games(raw)


def test_an_answer_never_gives_a_value_without_its_coverage_and_bound():
    given = answer(solve(read_game(GAME)))
    assert set(given) == {
        "value",
        "value_pessimistic",
        "attacker_value",
        "attacked",
        "coverage",
        "bound",
        "seconds",
    }
    assert json.loads(json.dumps(given))["coverage"] == pytest.approx([0.6, 0.4])


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*GAME, "cost", "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    )
)
def test_whatever_else_json_holds_is_refused_in_words(data):
    with pytest.raises(BadInput):
        read_games(json.dumps(data).encode())
