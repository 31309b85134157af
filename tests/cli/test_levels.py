"""`vigie receive` at the command line: what is for later, and what is over."""

import json
from datetime import timedelta

import pytest

from tests.commands import run as command
from vigie import times

GIVEN = (
    "receive", "fr-vigipirate-2016", "UA", "--authority", "Prime Minister", "--words", "Urgence attentat.", "--source",
    "https://example.org/notice",
)  # fmt: skip


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "home"
    assert command("init", "--home", made, "--json").returncode == 0
    return made


def test_a_level_more_than_a_year_ahead_is_refused_with_its_hour_and_nothing_is_recorded(home):
    refused = command(*GIVEN, "--zone", "FR", "--since", "2124-03-24T20:00", "--home", home)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "2124-03-24T19:00:00Z, more than a year from now" in refused.stderr
    shown = command("picture", "--at", "2024-03-24", "--home", home)
    assert "No level stood." in shown.stdout


def test_a_level_for_later_is_told_with_its_hour_and_ended_on_the_word_of_two(home):
    hour = (times.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    told = command(*GIVEN, "--zone", "FR-BRE", "--since", hour, "--home", home)
    assert told.returncode == 0, told.stderr
    assert f"it holds from {hour.replace('T', ' ')} on" in told.stdout
    made = told.stdout.partition(":")[0]
    said = (
        "--authority",
        "Prime Minister",
        "--words",
        "Elle est levée.",
        "--source",
        "a letter",
        "--home",
        home,
    )
    ended = command("end", made, *said)
    assert ended.returncode == 0, ended.stderr
    assert "until a second person has looked" in ended.stdout
    assert command("end", made, *said).returncode == 5


def test_a_period_that_is_over_is_recorded_as_history_and_tasks_nobody(home):
    past = ("--zone", "FR-OCC", "--since", "2018-12-11", "--until", "2018-12-14", "--home", home)
    told = command(*GIVEN, *past)
    assert told.returncode == 0, told.stderr
    assert "recorded as history: it ended 2018-12-14" in told.stdout
    again = command(*GIVEN, *past)
    assert again.returncode == 5
    now = json.loads(command(*GIVEN, "--zone", "FR-OCC", "--home", home, "--json").stdout)
    assert (now["holds"], now["state"]) == (True, "one person")
