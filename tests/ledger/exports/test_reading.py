"""Checking an export: what is told of files that are missing, strange, or in another form."""

from random import Random

import pytest

from tests.ledger import forging
from vigie.ledger.exports import reading
from vigie.ledger.exports.reading import NotAnExport


@pytest.fixture
def folder(tmp_path):
    return forging.exported(forging.whole(), tmp_path)


def said(folder):
    return [(fault.where, fault.what) for fault in reading.verify(folder).faults]


def test_every_byte_of_the_record_counts(folder):
    """One byte changed in any file of the record is found; a sample of places, for time."""
    chance = Random(7)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole = file.read_bytes()
        for at in chance.sample(range(len(whole)), min(25, len(whole))):
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            file.write_bytes(changed)
            assert said(folder), f"{file.relative_to(folder)} byte {at}"
        file.write_bytes(whole)
    assert said(folder) == []


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("tile/entries/000.p/9", "entry 0"),
        ("tile/0/000.p/9", "entry 0"),
        ("payloads/000", "entry 0"),
        ("checkpoints/4", "checkpoint 4"),
        ("checkpoints/9", "entry 8"),
    ],
)
def test_a_file_that_is_gone_is_missed(folder, name, where):
    (folder / name).unlink()
    assert where in [place for place, _ in said(folder)]


@pytest.mark.parametrize("name", ["tile/1/000", "tile/entries/001", "payloads/001", "checkpoints/nine"])
def test_a_file_nothing_asks_for_is_told(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    assert said(folder) == [(name, "no entry of this record has a place in it")]


def test_two_files_for_the_same_entries_are_told(folder):
    (folder / "tile/entries/000").write_bytes(b"")
    assert said(folder)[0] == (
        "entry 0",
        "its bundle cannot be read: there are several files of entries from 0 on",
    )


def test_an_older_head_is_told(folder):
    (folder / "checkpoint").write_text(forging.whole().notes[7])
    assert said(folder) == [("checkpoint", "it is an older one: checkpoints/9 is newer")]


def test_the_key_of_another_is_told(folder):
    other = forging.note.verifier_key("test", forging.OTHER_KEY.public_key())
    (folder / "vkey").write_text(other)
    assert ("entry 0", "the record was not opened by test with the key in vkey") in said(folder)


def test_what_was_erased_and_is_there_again_is_told(folder):
    file = folder / "payloads/000"
    file.write_bytes(file.read_bytes() + b"3 00 {}\n")
    assert ("entry 3", "entry 7 says that it was erased, and it was not") in said(folder)


def test_a_folder_without_a_record_is_said_to_hold_none(tmp_path):
    with pytest.raises(NotAnExport, match="holds no exported record"):
        reading.verify(tmp_path)
