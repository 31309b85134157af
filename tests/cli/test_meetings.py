"""`vigie meetings` at the command line: convened, shown, decided, closed."""

import json

from tests.commands import run as command


def test_a_meeting_is_convened_decides_and_is_followed_to_the_end(tmp_path):
    home = tmp_path / "home"
    assert command("init", "--home", home, "--json").returncode == 0
    as_ = ("--home", home, "--json")
    made = command("meetings", "convene", "Council", "--question", "Is it enough?", "--held", "2024-03-20T10:00", "--office", "Interior", *as_)  # fmt: skip
    if made.returncode != 0:  # the first person of a receiving home convenes nothing
        assert "alert.meeting.convene" in made.stderr
        name = ("officers", "add", "desk", "--office", "cabinet", "--role", "proposer", "--home", home)
        assert command(*name).returncode == 0
        as_ = ("--as", "desk", *as_)
        made = command("meetings", "convene", "Council", "--question", "Is it enough?", "--held", "2024-03-20T10:00", "--office", "Interior", *as_)  # fmt: skip
    meeting = json.loads(made.stdout)["meeting"]
    owed = command("meetings", "resolve", meeting, "--words", "Call every school once.", "--office", "nobody", "--due", "2124-01-01T10:00", *as_)  # fmt: skip
    assert (owed.returncode != 0, owed.stdout) == (True, "")
    assert "nobody" in owed.stderr
    shown = json.loads(command("meetings", "show", meeting, "--home", home, "--json").stdout)
    assert shown["dossier"]["levels"] == []
    assert shown["digest"]
    office = "cabinet" if "--as" in as_ else "duty"
    owed = command("meetings", "resolve", meeting, "--words", "Call every school once.", "--office", office, "--due", "2124-01-01T10:00", *as_)  # fmt: skip
    assert owed.returncode == 0, owed.stderr
    outcome = json.loads(owed.stdout)["outcome"]
    assert outcome in command("meetings", "list", "--home", home).stdout
    assert command("meetings", "settle", outcome, "--words", "Every school was called.", *as_).returncode == 0
    assert "Every school was called." in command("meetings", "show", meeting, "--home", home).stdout
