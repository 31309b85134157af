"""The command line: what it prints, and that it says plainly when nothing was really sent."""

import json

import pytest

from vigie.cli import measures as commands
from vigie.measures.call_sheet import UnknownChip


@pytest.fixture
def opened(monkeypatch):
    """The command opens the home the test already has."""
    from django.conf import settings

    monkeypatch.setattr(commands, "open_home", lambda _given: settings.VIGIE_HOME)


def test_tasks_are_listed_with_their_state_and_a_sum(raised, opened, capsys):
    commands.tasks()
    said = capsys.readouterr().out
    assert "Galerie Nord PC sécurité" in said
    assert "tasks asked: 0 acknowledged" in said


def test_with_json_only_json_is_printed(raised, opened, capsys):
    commands.tasks(owner="o-mall", as_json=True)
    value = json.loads(capsys.readouterr().out)
    assert {row["owner"] for row in value["tasks"]} == {"o-mall"}
    assert value["by_filter"]["not-answered"] == value["open"]


def test_an_unknown_filter_is_refused(opened):
    with pytest.raises(UnknownChip):
        commands.tasks(show="rude")


def test_without_a_channel_it_is_said_that_nothing_was_sent(owners, level, opened, capsys):
    from vigie.measures import actions

    actions.switch(owners["prime-minister"], level("UA"))
    commands.send()
    said = capsys.readouterr().out
    assert "No channel is set in vigie.toml, so nothing was sent" in said
    assert "5 messages stand as mail files" in said
    commands.send()
    assert "Nothing waits to be sent." in capsys.readouterr().out
