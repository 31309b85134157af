"""The commands that read: one line a report, errors per file, an exit code."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vigie.cli import app

DATA = Path(__file__).parent.parent / "data" / "reports"
DEMO = Path(__file__).parents[2] / "src" / "vigie" / "replays" / "moscow-2024" / "reports"


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return call


def test_read_prints_one_json_object_a_line(run):
    done = run("read", DATA / "en-uk.txt", DATA / "weather.txt", "--published", "2024-03-25", "--json")
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert (first["file"], second["claims"]) == ("en-uk.txt", [])
    assert first["published"] == "2024-03-25"


def test_read_names_a_bad_file_goes_on_and_says_so_by_its_exit_code(run, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("read", tmp_path / "empty.txt", tmp_path / "gone.txt", DATA / "weather.txt", "--json")
    assert done.exit_code == 2
    assert "empty.txt is empty" in done.stderr
    assert "gone.txt cannot be read" in done.stderr
    assert json.loads(done.stdout)["file"] == "weather.txt"


def test_read_in_words_shows_each_claim_with_its_words(run):
    done = run("read", DATA / "en-uk.txt")
    assert "lowered | to substantial" in done.stdout
    assert "claims" in done.stdout


def test_copies_prints_groups_with_reasons(run):
    done = run("copies", DEMO / "wire.html", DEMO / "reprint.txt", DATA / "weather.txt", "--json")
    found = json.loads(done.stdout)
    assert found["copies"] == [["wire.html", "reprint.txt"]]
    assert found["newsrooms"] == 2
    assert found["why"]


def test_a_day_that_is_none_is_refused(run):
    done = run("read", DATA / "weather.txt", "--published", "Easter")
    assert done.exit_code != 0
