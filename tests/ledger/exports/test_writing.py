"""Files put in place whole or not at all."""

import stat
import zipfile

import pytest

from vigie.ledger.exports.writing import NotEmpty, UnsafeName, require_free, write_archive, write_folder

FILES = [("a.txt", b"one"), ("deep/er/b", b"two")]


def failing():
    yield FILES[0]
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_is_absent_or_empty_is_filled(tmp_path, there):
    folder = tmp_path / "out"
    if there:
        folder.mkdir()
    assert write_folder(FILES, folder) == 2
    assert (folder / "deep/er/b").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("write", [write_folder, write_archive])
def test_what_is_there_is_never_written_over(tmp_path, write):
    (tmp_path / "kept").write_text("mine")
    place = tmp_path if write is write_folder else tmp_path / "kept"
    with pytest.raises(NotEmpty, match="is taken"):
        write(FILES, place)
    with pytest.raises(NotEmpty):
        require_free(place)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("write", [write_folder, write_archive])
def test_a_full_disc_leaves_nothing_behind(tmp_path, write):
    with pytest.raises(OSError, match="No space"):
        write(failing(), tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", [write_folder, write_archive])
@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a\\..\\x", ""])
def test_a_name_that_leads_out_is_refused(tmp_path, write, name):
    with pytest.raises(UnsafeName):
        write([(name, b"")], tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_the_same_files_give_the_same_archive(tmp_path):
    for name in ("one.zip", "two.zip"):
        assert write_archive(FILES, tmp_path / name) == 2
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as zipped:
        assert [
            (i.filename, i.date_time, stat.S_IMODE(i.external_attr >> 16)) for i in zipped.infolist()
        ] == [
            ("a.txt", (1980, 1, 1, 0, 0, 0), 0o644),
            ("deep/er/b", (1980, 1, 1, 0, 0, 0), 0o644),
        ]
