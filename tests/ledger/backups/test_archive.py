"""Archives: what goes in comes out, and nothing is believed that the manifest does not bear out."""

import io
import os
import tarfile

import msgspec
import pytest

from vigie.errors import NotFound
from vigie.ledger.backups.archive import FORMAT, BadArchive, Manifest, manifest, unpack, write

TOLD = Manifest(FORMAT, "data", "test", "0.1.0", "2024-03-22T12:00:00Z", 7, "00" * 32, {})


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "one").write_bytes(b"first")
    (tmp_path / "two").write_bytes(b"x" * 3_000_000)
    target = tmp_path / "home.data.tar"
    write(target, TOLD, {"a/one": tmp_path / "one", "two": tmp_path / "two"})
    return target


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "place"
    made.mkdir()
    return made


def rewritten(archive, change):
    """Write the archive anew, each member passed through `change(name, data) -> [(TarInfo, data), …]`."""
    with tarfile.open(archive) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(archive, "w") as tar:
        for member, data in members:
            for info, content in change(member, data):
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))


def test_what_goes_in_comes_out_readable_by_its_owner_alone(archive, place):
    said = unpack(archive, place)
    assert (said.instance, said.entries) == ("test", 7)
    assert (place / "a" / "one").read_bytes() == b"first"
    assert (place / "two").stat().st_size == 3_000_000
    assert archive.stat().st_mode & 0o077 == 0
    assert (place / "two").stat().st_mode & 0o077 == 0


def test_an_archive_that_cannot_be_written_whole_leaves_nothing(tmp_path):
    (tmp_path / "one").write_bytes(b"first")
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "out.tar", TOLD, {"one": tmp_path / "one", "gone": tmp_path / "gone"})
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_changed_byte_is_found(archive, place):
    rewritten(archive, lambda m, data: [(m, data.replace(b"first", b"f1rst"))])
    with pytest.raises(BadArchive, match=r"a/one .* is not what was put there"):
        unpack(archive, place)


def test_a_file_that_is_not_listed_is_refused(archive, place):
    rewritten(
        archive, lambda m, data: [(m, data), *([(tarfile.TarInfo("more"), b"!")] if m.name == "two" else [])]
    )
    with pytest.raises(BadArchive, match="holds more, which its manifest does not list"):
        unpack(archive, place)


def test_a_file_given_twice_is_refused(archive, place):
    rewritten(archive, lambda m, data: [(m, data)] * (2 if m.name == "two" else 1))
    with pytest.raises(BadArchive, match="does not list so"):
        unpack(archive, place)


def test_a_missing_file_is_named(archive, place):
    rewritten(archive, lambda m, data: [] if m.name == "two" else [(m, data)])
    with pytest.raises(BadArchive, match="ends before two"):
        unpack(archive, place)


def test_a_link_in_the_place_of_a_file_is_refused(archive, place):
    def linked(member, data):
        if member.name == "two":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            return [(member, b"")]
        return [(member, data)]

    rewritten(archive, linked)
    with pytest.raises(BadArchive, match="does not list so"):
        unpack(archive, place)


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside", "a\\..\\outside"])
def test_a_name_that_leads_outside_is_refused(archive, place, name):
    def moved(member, data):
        if member.name == "manifest.json":
            said = msgspec.json.decode(data)
            said["files"][name] = said["files"].pop("a/one")
            return [(member, msgspec.json.encode(said))]
        if member.name == "a/one":
            member.name = name
        return [(member, data)]

    rewritten(archive, moved)
    with pytest.raises(BadArchive, match="outside the folder"):
        unpack(archive, place)
    assert not (place.parent / "outside").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read as an archive|does not begin"),
        (os.urandom(4096), "cannot be read as an archive"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path, place, data, said):
    (tmp_path / "x.tar").write_bytes(data)
    with pytest.raises(BadArchive, match=said):
        unpack(tmp_path / "x.tar", place)


def test_an_archive_cut_short_is_refused(archive, place):
    archive.write_bytes(archive.read_bytes()[:1_000_000])
    with pytest.raises(BadArchive):
        unpack(archive, place)


@pytest.mark.parametrize("change", [{"format": "vigie-backup/9"}, {"entries": "many"}])
def test_a_manifest_that_cannot_be_read_is_refused(archive, change):
    rewritten(
        archive,
        lambda m, data: [
            (
                m,
                msgspec.json.encode(msgspec.json.decode(data) | change)
                if m.name == "manifest.json"
                else data,
            )
        ],
    )
    with pytest.raises(BadArchive, match=r"form|manifest"):
        manifest(archive)


def test_an_archive_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(NotFound, match="no archive"):
        manifest(tmp_path / "gone.tar")
