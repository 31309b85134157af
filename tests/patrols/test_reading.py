"""Games and answers as JSON, and the schema that says the same."""

import json

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from tests.patrols.games import static_games
from vigie.errors import BadInput
from vigie.patrols.game import BadGame
from vigie.patrols.optimum import solve
from vigie.patrols.reading import UnknownGame, answer, read_game, read_games, schema

GAME = {
    "kind": "static",
    "n": 2,
    "resources": 1,
    "att_uncovered": [3, 2],
    "att_covered": [0, 0],
    "def_covered": [0, 0],
    "def_uncovered": [-3, -2],
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
        (GAME | {"cov_min": [1, 1]}, "take 2 resources"),
        (GAME | {"cov_min": [1, 0], "cov_max": [0.5, 1]}, r"cov_min\[0\] is 1, above"),
    ],
)
def test_what_a_schema_cannot_say_is_refused_by_the_reader(data, says):
    with pytest.raises(BadGame, match=says):
        read_games(json.dumps(data).encode())
    assert SAYS.is_valid(data)


@pytest.mark.parametrize("kind", ["bayesian", "route"])
def test_a_kind_not_solved_here_says_which_are(kind):
    with pytest.raises(UnknownGame, match=f"The kind of game is '{kind}'. Solved here: \"static\"."):
        read_games(json.dumps({"kind": kind}).encode())


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
