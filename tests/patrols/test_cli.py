"""`vigie patrols` at the command line."""

import json
from datetime import timedelta

import pytest
from openpyxl import Workbook

from tests.commands import run
from vigie import times

GAME = {
    "kind": "static", "n": 2, "resources": 1, "att_uncovered": [3, 2], "att_covered": [0, 0],
    "def_covered": [0, 0], "def_uncovered": [-3, -2],
}  # fmt: skip

BAYESIAN = {
    "kind": "bayesian", "n": 2, "resources": 1,
    "types": [
        {"prob": p, **{name: GAME[name] for name in ("att_uncovered", "att_covered", "def_covered", "def_uncovered")}}
        for p in (0.25, 0.75)
    ],
}  # fmt: skip
ROUTE = {
    "kind": "route", "sites": 2, "slots": 2, "teams": 1, "min_dwell": 1, "value": [[2, 2], [2, 2]],
    "travel": [[0, 0], [0, 0]], "start": None, "detection": 0.5,
}  # fmt: skip


def vigie(*words, **more):
    return run("patrols", *words, **more)


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "game.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        return str(path)

    return write


def test_a_game_is_solved_without_a_home_and_none_is_made(file, tmp_path):
    done = vigie("solve", file(GAME), "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["coverage"] == pytest.approx([0.6, 0.4])
    assert told["value"] == pytest.approx(-1.2)
    assert told["value"] <= told["bound"] == pytest.approx(-1.2)
    assert [p.name for p in tmp_path.iterdir()] == ["game.json"]


def test_a_list_of_games_gives_a_list_of_answers(file):
    told = json.loads(vigie("solve", file([GAME, GAME | {"resources": 0}]), "--json").stdout)
    assert [round(t["value"], 6) for t in told] == [-1.2, -3.0]


def test_a_list_may_mix_the_three_kinds(file):
    done = vigie("solve", file([ROUTE, BAYESIAN, GAME]), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [round(t["value"], 6) for t in told] == [-1.5, -1.2, -1.2]
    assert [round(t["bound"], 6) for t in told] == [-1.5, -1.2, -1.2]
    assert sum(one["p"] for one in told[0]["mix"]) == pytest.approx(1)
    assert all(len(one["teams"]) == 1 for one in told[0]["mix"])
    assert told[1]["coverage"] == pytest.approx([0.6, 0.4])


def test_routes_and_types_are_told_in_words_too(file):
    said = vigie("solve", file([ROUTE, BAYESIAN])).stdout
    assert said.startswith("2 sites, 2 slots, 1 teams, solved in")
    assert "no mix can reach more than -1.5" in said
    assert "no cover can reach more than -1.2" in said


def test_a_game_comes_by_standard_input_too():
    assert json.loads(vigie("solve", "-", "--json", given=json.dumps(GAME)).stdout)["attacked"] in (0, 1)


def test_without_json_the_answer_is_words_with_value_and_limit(file):
    said = vigie("solve", file(GAME)).stdout
    assert "Value to the defender   -1.2   (no cover can reach more than -1.2)" in said


def test_more_resources_than_sites_are_said_beside_the_answer(file):
    done = vigie("solve", file(GAME | {"resources": 5}), "--json")
    assert json.loads(done.stdout)["coverage"] == [1.0, 1.0]
    assert "the other 3 stay free" in done.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"kind": "chess"}, 'Solved here: "static", "bayesian", "route"'),
        ({"kind": "route"}, "route game lacks sites"),
        (ROUTE | {"travel": [[0, None], [1, 0]]}, "travel has no way from site 0 to site 1"),
        (GAME | {"att_covered": [9, 0]}, "att_covered[0] is 9, above att_uncovered[0]"),
        ("{", "this is not JSON"),
        ("", "this is not JSON"),
    ],
)
def test_a_bad_game_is_one_sentence_and_exit_code_two(file, data, says):
    done = vigie("solve", file(data), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named():
    done = vigie("solve", "no-such-file.json")
    assert done.returncode == 2
    assert "no-such-file.json cannot be read" in done.stderr


@pytest.fixture(scope="module")
def planning_home(tmp_path_factory):
    """A home with three sites and a planner."""
    from tests.patrols.conftest import SITES

    folder = tmp_path_factory.mktemp("cli")
    home = str(folder / "home")
    (folder / "sites.csv").write_bytes(SITES)
    for words in (
        ("init", "--home", home),
        ("officers", "add", "paula", "--office", "planning", "--role", "planner", "--home", home),
        ("sites", "import", str(folder / "sites.csv"), "--home", home, "--as", "duty"),
    ):
        done = run(*words)
        assert done.returncode == 0, done.stderr
    return home


def test_a_plan_is_drawn_in_a_home_and_stays_sealed(planning_home):
    first = (times.now() + timedelta(days=2)).date().isoformat()
    words = ("--teams", "2", "--from", first, "--days", "2", "--home", planning_home, "--as", "paula")
    done = vigie("draw", *words, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["value"] <= told["bound"] <= 0
    assert len(told["commitment"]) == 64
    early = vigie("verify", told["plan"], "--home", planning_home)
    assert (early.returncode, early.stdout) == (5, "")
    assert "nothing can be drawn again before it is revealed" in early.stderr
    again = vigie("draw", *words)
    assert again.returncode == 2
    assert "Say why it is replaced" in again.stderr
    refused = vigie("reveal", told["plan"], "--home", planning_home, "--as", "duty")
    assert refused.returncode == 3


def test_a_plan_is_drawn_from_a_table_of_people_expected(planning_home, tmp_path):
    day = (times.now() + timedelta(days=20)).date().isoformat()
    rows = [f"{site},{day},{half},10,20,figure" for site in ("a", "b", "c") for half in ("am", "pm")]
    table = tmp_path / "people.csv"
    table.write_text("\n".join(["site,day,half,low,high,basis", *rows]))
    words = (
        "--teams",
        "1",
        "--from",
        day,
        "--days",
        "1",
        "--people",
        str(table),
        "--home",
        planning_home,
        "--as",
        "paula",
    )
    told = json.loads(vigie("draw", *words, "--json").stdout)
    assert told["value"] == pytest.approx(-10.0, abs=0.01)
    book = Workbook()
    for row in ("site,day,half,low,high,basis", *rows):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row.split(",")])
    book.save(tmp_path / "people.xlsx")
    same = [str(tmp_path / "people.xlsx") if word == str(table) else word for word in words]
    again = json.loads(vigie("draw", *same, "--reason", "The same people, from a workbook.", "--json").stdout)
    assert (again["value"], again["bound"]) == (told["value"], told["bound"])
    table.write_text("site,day,half,low,high,basis,nationality\n")
    done = vigie("draw", *words, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The column 'nationality' is refused" in done.stderr
