"""`vigie ahead`, `vigie sites`, `vigie owners` as people run them."""

import json
from importlib import resources

import pytest

DATA = resources.files("vigie.exposure").joinpath("data")
SITES, OWNERS = DATA.joinpath("example-sites.csv"), DATA.joinpath("example-owners.csv")


def test_what_lies_ahead_needs_no_home_and_makes_none(vigie, tmp_path):
    done = vigie(
        "ahead",
        "--from",
        "2024-03-25",
        "--days",
        "150",
        "--area",
        "FR",
        "--as-known",
        "2024-03-25",
        "--json",
        cwd=tmp_path,
    )
    assert done.code == 0, done.err
    seen = {e["id"]: e for e in done.json["entries"]}
    assert (seen["olympic-games-2024"]["start"], seen["olympic-games-2024"]["end"]) == (
        "2024-07-26",
        "2024-08-11",
    )
    assert seen["eid-al-fitr-2024"]["uncertainty_days"] == 1
    assert seen["easter-2024"]["start"] == "2024-03-31"
    assert {e["zone"] for e in seen.values() if e["kind"] == "school"} == {"A", "B", "C", "ABC"}
    assert "paralympic-relay-eure-2024" not in seen
    assert len(done.json["drivers"]) == 5
    assert list(tmp_path.iterdir()) == []


def test_what_lies_ahead_is_said_in_french_too(vigie, tmp_path):
    done = vigie(
        "ahead", "--from", "2024-03-25", "--days", "20", "--area", "FR-75", "--lang", "fr", cwd=tmp_path
    )
    assert "Pâques : dimanche 31 mars 2024." in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--area", "Nowhere"], "is not an area"),
        (["--from", "25/03/2024"], "is not a day"),
        (["--days", "0"], "Expected 1 to"),
        (["--from", "1066-10-14"], "The calendars run from"),
        (["--events", "none.yaml"], "cannot be read"),
    ],
)
def test_a_question_that_cannot_be_gets_one_sentence(vigie, tmp_path, words, said):
    done = vigie("ahead", *words, cwd=tmp_path)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


def test_events_of_a_file_are_seen(vigie, tmp_path):
    file = tmp_path / "events.yaml"
    file.write_text(
        "events:\n- {id: fair, en: Fair, start: 2024-04-01, areas: FR-75, known_on: 2024-03-28}\n"
    )
    ask = ["ahead", "--from", "2024-03-25", "--days", "14", "--area", "FR-75", "--events", file, "--json"]
    assert "fair" in {e["id"] for e in vigie(*ask).json["entries"]}
    assert "fair" not in {e["id"] for e in vigie(*ask, "--as-known", "2024-03-27").json["entries"]}


def test_the_examples_go_in_and_every_place_has_its_owner(vigie, made):
    done = vigie("owners", "import", OWNERS, "--home", made)
    assert done.code == 0, done.err
    assert "3 owners answer for no place" in done.out
    done = vigie("sites", "import", SITES, "--home", made, "--json")
    assert len(done.json["added"]) == 12
    assert vigie("sites", "import", SITES, "--home", made).out.startswith(
        "0 new, 0 changed, 12 as they were."
    )
    listed = vigie("owners", "list", "--home", made, "--json").json
    assert sum(len(o["sites"]) for o in listed["owners"]) == 12
    assert not any(listed["gaps"].values())
    assert "example.org" not in json.dumps(listed)
    assert [s["id"] for s in vigie("sites", "list", "--kind", "arena", "--home", made, "--json").json] == [
        "ex-arena"
    ]


def test_places_nobody_answers_for_are_said_at_once(vigie, made):
    done = vigie("sites", "import", SITES, "--home", made)
    assert "Nobody answers for 12 places" in done.out
    assert "Places name 3 owners who are not on the list: ex-town, ex-transport, ex-venues." in done.out


def test_a_faulty_table_names_each_row_and_imports_nothing(vigie, made, tmp_path):
    table = tmp_path / "sites.csv"
    table.write_text(
        SITES.read_text(encoding="utf-8").replace(",museum,", ",fortress,").replace("48.0040", "4800")
    )
    done = vigie("sites", "import", table, "--home", made)
    assert done.code == 2
    assert "line 6, kind: 'fortress'" in done.err
    assert "line 12, lat: '4800'" in done.err
    assert vigie("sites", "list", "--home", made, "--json").json == []


@pytest.mark.parametrize("command", ["sites", "owners"])
def test_a_file_that_is_not_there_is_refused(vigie, made, tmp_path, command):
    done = vigie(command, "import", tmp_path / "none.csv", "--home", made)
    assert done.code == 2
    assert "cannot be read" in done.err


def test_what_is_exported_and_imported_again_changes_nothing(vigie, made, tmp_path):
    vigie("owners", "import", OWNERS, "--home", made)
    vigie("sites", "import", SITES, "--home", made)
    for command, count in (("sites", 12), ("owners", 3)):
        table = tmp_path / f"{command}.csv"
        done = vigie(command, "export", "--separator", "semicolon", "--out", table, "--home", made)
        assert done.code == 0, done.err
        assert table.stat().st_mode & 0o077 == 0
        again = vigie(command, "import", table, "--home", made)
        assert again.out.startswith(f"0 new, 0 changed, {count} as they were.")
    assert "ex-arena" in vigie("sites", "export", "--home", made).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--separator", "tab"], "Expected one of: comma, semicolon"),
        (["--out", "none/x.csv"], "cannot be written"),
    ],
)
def test_an_export_that_cannot_be_gets_one_sentence(vigie, made, tmp_path, words, said):
    done = vigie("owners", "export", *words, "--home", made, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
