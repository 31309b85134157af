"""`vigie replay`: the whole way, once, from reports to the record that answers."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import run
from vigie.ledger.append_only import lifted

WEATHER = Path(__file__).resolve().parent.parent / "data" / "reports" / "weather.txt"


@pytest.fixture(scope="session")
def played(vigie, tmp_path_factory):
    """The story played once: (home, what it printed)."""
    home = tmp_path_factory.mktemp("replay") / "home"
    done = vigie("replay", "moscow-2024", "--home", home, "--json")
    assert done.code == 0, done.err
    return home, done.json


@pytest.fixture(scope="session")
def founding(vigie, tmp_path_factory, shared):
    """The story played on the founding report: (home, what it printed, lines told)."""
    home = tmp_path_factory.mktemp("founding") / "home"
    report = shared / "examples" / "moscow-2024" / "seed.txt"
    done = vigie("replay", "moscow-2024", "--home", home, "--report", report, "--json")
    assert done.code == 0, done.err
    return home, done.json, done.err


def test_it_ends_with_the_level_the_count_the_files_and_a_record_that_holds(played):
    home, found = played
    level = found["level"]
    assert (level["scheme"], level["zone"], level["code"], level["rank"]) == (
        "fr-vigipirate-2016",
        "FR",
        "UA",
        3,
    )
    assert found["activation_number"] == 4
    assert found["claims"]["claim_of_responsibility"] >= 1
    assert found["claims"]["level_change"] >= 1
    assert sum(found["tasks"].values()) > 50
    assert found["tasks"]["sent"] > 0
    assert found["tasks"]["done"] > 0
    assert found["tasks"]["cannot"] > 0
    assert found["patrol"]["value"] <= found["patrol"]["bound"] < 0
    assert Path(found["cap_file"]).is_file()
    assert Path(found["stix_file"]).is_file()
    assert (Path(found["public_dir"]) / "index.html").is_file()
    assert found["record"]["verified"] is True
    assert re.fullmatch(r"[0-9a-f]{64}", found["record"]["root"])
    assert str(home) == found["home"]


def test_the_meeting_s_dossier_is_sealed_and_what_it_decided_is_followed(played):

    home, _found = played
    shown = json.loads(run("meetings", "list", "--home", home, "--json").stdout)
    [meeting] = shown["meetings"]
    assert meeting["held"].startswith("2024-03-28")
    assert [owed["office"] for owed in shown["owed"]] == ["services-assessment"]
    whole = json.loads(run("meetings", "show", meeting["id"], "--home", home, "--json").stdout)
    assert len(whole["outcomes"]) == 2
    for part in ("levels", "assessments", "tasks", "calendar"):
        assert whole["dossier"][part]


def test_decided_announced_and_convened_are_different_times(played):
    _, found = played
    level = found["level"]
    assert level["decided"] == level["effective"] == "2024-03-24T19:00:00Z"
    assert [day[:10] for day in level["announced"]] == ["2024-03-24", "2024-03-25"]
    assert level["convened"][0].startswith("2024-03-28")


def test_what_lies_ahead_is_what_was_known_that_day(played):
    _, found = played
    names = {entry["id"] for entry in found["ahead"]}
    assert any("eid-al-fitr" in name for name in names)
    assert any("pesach" in name for name in names)
    games = next(e for e in found["ahead"] if e["id"] == "olympic-games-2024")
    assert (games["start"], games["end"]) == ("2024-07-26", "2024-08-11")
    assert not any("legislative" in json.dumps(entry).lower() for entry in found["ahead"])


def test_the_record_verifies_from_the_shell_and_rebuilds_row_for_row(vigie, played):
    home, found = played
    done = vigie("record", "verify", "--home", home, "--json")
    assert done.code == 0, done.out
    assert done.json["root"] == found["record"]["root"]
    again = vigie("record", "rebuild", "--home", home, "--json")
    assert (again.code, again.json["changed"]) == (0, [])


def test_a_row_edited_by_hand_is_found_and_named(vigie, played, tmp_path):
    home = Path(shutil.copytree(played[0], tmp_path / "home"))
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection, connection:
        for statement in [*lifted("sqlite"), "UPDATE alert_decision SET reasons = 'Other reasons.'"]:
            connection.execute(statement)
    done = vigie("record", "verify", "--home", home)
    assert done.code == 6
    assert "alert_decision decision-" in done.out


def test_it_refuses_a_home_that_already_holds_a_record(vigie, played):
    done = vigie("replay", "moscow-2024", "--home", played[0])
    assert done.code == 5
    assert "starts on an empty home" in done.err


def test_an_unknown_story_is_refused_with_those_there_are(vigie, tmp_path):
    done = vigie("replay", "atlantis", "--home", tmp_path / "home")
    assert done.code == 4
    assert "moscow-2024" in done.err
    assert not (tmp_path / "home").exists()


def test_fed_a_weather_report_it_stops_before_any_decision_naming_the_act(vigie, tmp_path):
    done = vigie("replay", "moscow-2024", "--home", tmp_path / "home", "--report", WEATHER, "--json")
    assert done.code == 3
    assert done.out == ""
    assert "«propose UA for FR» has lost its ground" in done.err
    with closing(sqlite3.connect(tmp_path / "home" / "record.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM alert_decision").fetchone() == (0,)
        assert connection.execute(
            "SELECT count(*) FROM ledger_entry WHERE kind LIKE 'alert.%'"
        ).fetchone() == (0,)
    assert vigie("record", "verify", "--home", tmp_path / "home").code == 0


def test_a_report_that_is_not_there_is_refused_before_anything_is_made(vigie, tmp_path):
    done = vigie("replay", "moscow-2024", "--home", tmp_path / "home", "--report", tmp_path / "none.txt")
    assert done.code == 2
    assert not (tmp_path / "home").exists()


def test_everything_public_says_replay_is_not_indexed_and_the_message_is_an_exercise(played):
    _, found = played
    public = Path(found["public_dir"])
    pages = list(public.rglob("*.html"))
    assert len(pages) >= 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "REPLAY" in text, page
        assert "noindex" in text, page
        assert "<script" not in text, page
        assert page.stat().st_size <= 50 * 1024
    for feed in [*public.rglob("*.atom"), *public.rglob("*.txt")]:
        assert "REPLAY" in feed.read_text(encoding="utf-8"), feed
    cap = Path(found["cap_file"]).read_text(encoding="utf-8")
    assert "<status>Exercise</status>" in cap
    assert "REPLAY" in cap


def test_every_message_to_an_owner_says_replay_first(played):
    home, _ = played
    letters = list((home / "outbox").glob("*.eml"))
    assert letters
    from email import message_from_bytes, policy

    for letter in letters:
        message = message_from_bytes(letter.read_bytes(), policy=policy.default)
        assert message["Subject"].startswith("REPLAY"), letter
        assert "REPLAY" in message.get_content().splitlines()[0]


def test_the_bundle_for_the_partner_is_valid_stix_and_says_replay(played):
    from stix2validator import ValidationOptions, validate_string

    text = Path(played[1]["stix_file"]).read_text(encoding="utf-8")
    assert validate_string(text, ValidationOptions(version="2.1", strict=True)).is_valid
    assert "REPLAY" in text


def test_no_plan_of_patrols_reaches_what_is_public(played):
    home, found = played
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        [(commitment,)] = connection.execute("SELECT commitment FROM patrols_plan").fetchall()
    for path in [
        *Path(found["public_dir"]).rglob("*"),
        *(home / "outbox").rglob("*"),
        Path(found["stix_file"]),
    ]:
        if path.is_file():
            assert commitment.encode() not in path.read_bytes()


def test_the_shipped_reports_private_names_stand_nowhere_but_under_seal(played):
    home, _ = played
    from importlib.resources import files

    wire = (files("vigie.replays") / "moscow-2024" / "reports" / "wire.html").read_text(encoding="utf-8")
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT text, masks FROM reports_report WHERE name = 'wire.html'"
        ).fetchall()
    [(_, masks)] = rows
    spans = json.loads(masks)
    assert len(spans) >= 2
    for span in spans:
        _scan(home, wire[span["start"] : span["end"]])


def _scan(home: Path, word: str) -> None:
    """No file of the home holds the word, in any encoding it might take."""
    assert word.strip()
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for form in (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()):
                assert form not in data, (path, word)


@pytest.mark.parametrize("word", ["Dominique Bernard", "Dominique", "Caucasian republic", "Russian origin"])
def test_of_the_founding_report_no_private_name_and_no_origin_stands_in_the_home(founding, word):
    _scan(founding[0], word)


def test_on_the_founding_report_the_reader_finds_what_it_says_with_its_exact_words(founding, shared):
    home, found, _ = founding
    raw = (shared / "examples" / "moscow-2024" / "seed.txt").read_text(encoding="utf-8")
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        claims = [dict(row) for row in connection.execute("SELECT * FROM reports_claim ORDER BY number")]
        [(passages,)] = [tuple(r) for r in connection.execute("SELECT passages FROM reports_report")]
    by_kind = {}
    for claim in claims:
        by_kind.setdefault(claim["kind"], []).append(claim)
    numbers = lambda kind: [n for c in by_kind[kind] for n in json.loads(c["numbers"])]  # noqa: E731
    assert {"what": "dead", "value": 137, "modifier": "at_least"} in numbers("claim_of_responsibility")
    assert any(c["direction"] == "raised" and c["date"] == "2024-03-24" for c in by_kind["level_change"])
    assert any("stations" in c["evidence"] and "shopping" in c["evidence"] for c in by_kind["deployment"])
    assert any(c["date"] == "2024-03-28" for c in by_kind["planned_meeting"])
    assert any(n["value"] == 24 for n in numbers("statistic"))
    assert any(n["value"] == 50 and n["modifier"] == "nearly" for n in numbers("statistic"))
    assert any(c["date"] == "2024-07-26/2024-08-11" for c in by_kind["calendar_event"])
    for claim in claims:
        words = raw[claim["start"] : claim["end"]]
        assert len(words) == len(claim["evidence"])
        differing = [(a, b) for a, b in zip(words, claim["evidence"], strict=True) if a != b]
        assert len({b for _, b in differing}) <= 1, "only masks may differ from the exact words"
        assert "You may also like" not in claim["evidence"]
        assert "Immediate Access Pro" not in claim["evidence"]
    assert passages
    assert found["activation_number"] == 4
    assert found["record"]["verified"] is True
