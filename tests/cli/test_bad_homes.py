"""Homes whose databases, keys or discs are not what they were: one clear sentence, nothing lost, nothing half-written."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

OWNERS = "name,mail,language\nHall owner,hall@example.org,en\n"


def cut_short(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def overwritten(file):
    file.write_bytes(b"this is no database" * 500)


def spoilt(file):
    """Every page but the first begins with bytes that no page begins with."""
    pages = bytearray(file.read_bytes())
    for start in range(4096, len(pages), 4096):
        pages[start : start + 16] = b"\xff" * 16
    file.write_bytes(pages)


def contents(home):
    return {
        path.relative_to(home): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }


def one_sentence(done, code):
    assert done.code == code, (done.out, done.err)
    assert done.err.startswith("vigie: ")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("harm", [cut_short, overwritten, spoilt])
@pytest.mark.parametrize("file", ["record.sqlite3", "desk.sqlite3"])
def test_a_database_that_cannot_be_read_is_told_and_nothing_is_written_over_it(vigie, made, file, harm):
    harm(made / file)
    before = contents(made)
    for words in (("officers", "add", "new", "--office", "duty"), ("serve", "--port", 8999)):
        one_sentence(vigie(*words, "--home", made), 6)
    assert contents(made) == before


@pytest.mark.parametrize("left", [None, b""])
@pytest.mark.parametrize("file", ["record.sqlite3", "desk.sqlite3"])
def test_a_database_that_is_gone_is_not_made_anew_in_its_place(vigie, made, file, left):
    """At an empty desk the next person to be enrolled would get the id, and the offices, of another."""
    (made / file).unlink()
    if left is not None:
        (made / file).write_bytes(left)
    before = contents(made)
    for words in (("officers", "add", "new", "--office", "duty"), ("serve", "--port", 8999)):
        done = vigie(*words, "--home", made)
        one_sentence(done, 6)
        assert f"{file} is missing or empty" in done.err
    assert contents(made) == before


@pytest.mark.parametrize("size", [17, 30_000])
def test_a_log_of_the_database_that_is_rubbish_takes_nothing_away(vigie, made, size):
    """What was acknowledged lies in the database itself once the last command has ended."""
    (made / "record.sqlite3-wal").write_bytes(os.urandom(size))
    assert vigie("record", "verify", "--home", made).code == 0
    assert vigie("officers", "add", "new", "--office", "duty", "--home", made).code == 0
    assert vigie("record", "verify", "--home", made).code == 0


def test_under_a_signing_key_that_is_not_the_records_nothing_is_written(vigie, made):
    key = made / "keys" / "signing.key"
    own = key.read_text()
    key.write_text("ab" * 32 + "\n")
    before = vigie("record", "head", "--home", made, "--json").json["entries"]
    done = vigie("officers", "add", "new", "--office", "duty", "--home", made)
    one_sentence(done, 6)
    assert "not the one this record is signed with" in done.err
    found = vigie("record", "verify", "--home", made)
    assert found.code == 6
    assert "the signing key is not the one the record was opened with" in found.out
    key.write_text(own)
    assert vigie("record", "head", "--home", made, "--json").json["entries"] == before
    listed = vigie("officers", "list", "--home", made).out
    assert "new" not in listed.split(), "a sign-in stayed behind"
    assert vigie("officers", "add", "new", "--office", "duty", "--home", made).code == 0
    assert vigie("record", "verify", "--home", made).code == 0


@contextmanager
def small_disc(folder, size):
    """A disc of `size` bytes of its own; needs root."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("not root, or no mounts here: a disc that is full or read-only cannot be made")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def filled(folder):
    """Write until not a byte more fits. Gives the file to remove again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            return filler


def test_on_a_full_disc_an_act_is_refused_whole_and_done_once_there_is_room(vigie, made, tmp_path):
    with small_disc(tmp_path / "disc", 8 * 1024 * 1024):
        home = shutil.copytree(made, tmp_path / "disc" / "home")
        before = vigie("record", "head", "--home", home, "--json").json
        filler = filled(tmp_path / "disc")
        done = vigie("officers", "add", "new", "--office", "duty", "--home", home)
        one_sentence(done, 7)
        assert "Make room and do it again" in done.err
        one_sentence(vigie("init", "--home", tmp_path / "disc" / "other"), 7)
        assert not (tmp_path / "disc" / "other").exists()
        filler.unlink()
        assert vigie("record", "head", "--home", home, "--json").json == before
        assert vigie("record", "verify", "--home", home).code == 0
        assert "new" not in vigie("officers", "list", "--home", home).out.split()
        assert vigie("officers", "add", "new", "--office", "duty", "--home", home).code == 0


def test_as_the_disc_fills_up_each_act_stands_whole_or_is_refused_whole(vigie, made, tmp_path):
    with small_disc(tmp_path / "disc", 4 * 1024 * 1024):
        home = shutil.copytree(made, tmp_path / "disc" / "home")
        filler = filled(tmp_path / "disc")
        room, enrolled = filler.stat().st_size, []
        refused = 0
        for spare in range(0, 400_000, 80_000):
            with filler.open("r+b") as stream:
                stream.truncate(room - spare)
            name = f"new-{spare}"
            done = vigie("officers", "add", name, "--office", "duty", "--home", home)
            assert "Traceback" not in done.err
            if done.code == 0:
                enrolled.append(name)
            else:
                refused += 1
                one_sentence(done, 7)
        filler.unlink()
        assert vigie("record", "verify", "--home", home).code == 0
        listed = {
            row["name"]: row["offices"]
            for row in vigie("officers", "list", "--home", home, "--json").json["people"]
        }
    assert refused
    assert enrolled
    assert [name for name in listed if name.startswith("new-")] == enrolled
    assert all(listed[name] for name in enrolled)


def test_on_a_disc_that_may_only_be_read_nothing_is_done_and_it_is_said(vigie, made, tmp_path):
    with small_disc(tmp_path / "disc", 8 * 1024 * 1024):
        home = shutil.copytree(made, tmp_path / "disc" / "home")
        before = contents(home)
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "disc"], check=True)
        for words in (("officers", "add", "new", "--office", "duty"), ("serve", "--port", 8999)):
            one_sentence(vigie(*words, "--home", home), 1)
        assert contents(home) == before
        subprocess.run(["mount", "-o", "remount,rw", tmp_path / "disc"], check=True)
        assert vigie("record", "verify", "--home", home).code == 0
