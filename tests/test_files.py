"""Files that stand whole. That they outlive a power cut is tried in tests/crash."""

import errno
import os
import stat
from pathlib import Path

import pytest

from vigie import files


def test_a_file_is_put_whole_for_its_owner_alone_and_takes_the_place_of_the_one_before(tmp_path):
    target = tmp_path / "a.sealed"
    files.put(target, b"first")
    files.put(target, b"second")
    assert target.read_bytes() == b"second"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.sealed"]


def test_a_disc_that_fails_leaves_the_old_bytes_and_no_draft(tmp_path, monkeypatch):
    target = tmp_path / "a.sealed"
    files.put(target, b"first")

    def fails(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="Input/output"):
        files.put(target, b"second")
    assert target.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.sealed"]


def test_a_folder_is_made_sure_with_all_below_it_and_its_own_name(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "web.key").write_text("key")
    synced = set()
    true = os.fsync

    def seen(descriptor):
        synced.add(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        true(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    files.sure_below(home)
    assert synced == {str(p) for p in (tmp_path, home, home / "keys", home / "keys" / "web.key")}


def test_hundreds_of_files_are_waited_for_together(tmp_path, monkeypatch):
    written = [tmp_path / f"{n}.eml" for n in range(100)]
    for path in written:
        path.write_bytes(b"mail")
    monkeypatch.setattr(os, "fsync", lambda _descriptor: pytest.fail("one by one"))
    waited = []
    true = files._sync_disc
    monkeypatch.setattr(files, "_sync_disc", lambda descriptor: waited.append(true(descriptor)))
    files.sure(*written, tmp_path)
    assert waited == [None]


def test_a_disc_that_cannot_be_waited_for_is_said():
    with pytest.raises(OSError, match="Bad file descriptor"):
        files._sync_disc(-1)
