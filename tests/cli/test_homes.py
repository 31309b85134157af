"""`vigie init`, `vigie officers`."""

import os
import stat

import pytest


def test_a_new_home_receives_decides_nothing_and_prints_its_sign_ins_once(vigie, tmp_path):
    done = vigie("init", "--home", tmp_path / "home", "--title", "Ville d'Exemple", "--json")
    assert done.code == 0, done.err
    assert [s["name"] for s in done.json["sign_ins"]] == ["duty", "second"]
    toml = (tmp_path / "home" / "vigie.toml").read_text()
    assert "decides" not in toml
    assert all(s["password"] not in toml for s in done.json["sign_ins"])


def test_keys_and_originals_are_closed_to_others(made):
    assert stat.S_IMODE((made / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in (made / "keys").iterdir()} == {0o600}
    assert stat.S_IMODE((made / "originals").stat().st_mode) == 0o700


def test_a_folder_that_holds_something_is_left_alone(vigie, made):
    before = sorted(p.name for p in made.iterdir())
    done = vigie("init", "--home", made)
    assert done.code == 5
    assert "is not empty" in done.err
    assert sorted(p.name for p in made.iterdir()) == before


def test_a_home_that_is_not_there_says_how_to_make_one(vigie, tmp_path):
    done = vigie("officers", "list", "--home", tmp_path / "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "vigie init --home" in done.err


def test_an_unknown_word_in_vigie_toml_is_named(vigie, made):
    file = made / "vigie.toml"
    file.write_text(file.read_text() + "decide = 1\n")
    done = vigie("officers", "list", "--home", made)
    assert done.code == 2
    assert "decide, which vigie does not know" in done.err


@pytest.mark.parametrize("line", ["zone = 'Europe/Nowhere'", "instance = ", "decides = ['FR']"])
def test_a_vigie_toml_that_cannot_be_is_refused_in_one_sentence(vigie, made, line):
    file = made / "vigie.toml"
    kept = "\n".join(line_ for line_ in file.read_text().splitlines() if not line_.startswith("zone"))
    file.write_text(f"{kept}\n{line}\n")
    done = vigie("officers", "list", "--home", made)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_officers_are_enrolled_into_offices_once(vigie, made):
    done = vigie(
        "officers",
        "add",
        "reader-1",
        "--office",
        "reading-room",
        "--role",
        "reader",
        "--home",
        made,
        "--json",
    )
    assert done.code == 0, done.err
    again = vigie("officers", "add", "reader-1", "--office", "reading-room", "--home", made)
    assert again.code == 5
    assert "in use" in again.err
    listed = vigie("officers", "list", "--home", made, "--json").json
    assert {"name": "reader-1", "person": "p-3", "offices": ["Reading room"]} in listed["people"]
    assert vigie("record", "verify", "--home", made).code == 0


def test_an_unknown_role_is_refused_with_those_there_are(vigie, made):
    done = vigie("officers", "add", "x", "--office", "new", "--role", "emperor", "--home", made)
    assert done.code == 2
    assert "There is no role 'emperor'" in done.err


def test_help_lists_every_command_without_reading_any(vigie):
    done = vigie("--help")
    assert done.code == 0
    for word in ("init", "serve", "receive", "replay", "record", "read"):
        assert word in done.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere: the refusal cannot be shown")
def test_a_folder_that_cannot_be_written_is_said(vigie, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert vigie("init", "--home", locked / "home").code != 0


@pytest.mark.parametrize("held", [None, b"", b"\xff\xfe" * 40])
def test_without_its_web_key_a_home_does_not_open_and_no_link_dies_unnoticed(vigie, made, held):
    key = made / "keys" / "web.key"
    key.unlink()
    if held is not None:
        key.write_bytes(held)
    done = vigie("officers", "list", "--home", made)
    assert done.code == 2
    assert "web.key" in done.err
    assert "Put it back from a backup" in done.err.replace("put", "Put")
    assert "Traceback" not in done.err


def test_a_folder_that_cannot_be_made_is_one_sentence(vigie, made):
    done = vigie("init", "--home", made / "vigie.toml" / "inner")
    assert done.code == 1
    assert "Not a directory" in done.err
    assert "Traceback" not in done.err


def test_a_home_that_was_refused_leaves_no_folder(vigie, tmp_path):
    assert vigie("init", "--home", tmp_path / "new", "--zone", "Europe").code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("held", [b"not a database", b""])
@pytest.mark.parametrize("words", [("record", "verify"), ("record", "head"), ("tick",)])
def test_a_broken_database_is_one_sentence_and_its_exit_code(vigie, made, words, held):
    for left in made.glob("record.sqlite3*"):
        left.unlink()
    (made / "record.sqlite3").write_bytes(held)
    done = vigie(*words, "--home", made)
    assert done.code == 6, done.err
    assert "Traceback" not in done.err
