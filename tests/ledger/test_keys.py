"""Keys and seals."""

import stat

import pytest

from vigie.ledger import keys


@pytest.fixture
def folder(tmp_path):
    keys.make(tmp_path)
    return tmp_path


def test_keys_are_readable_by_their_owner_alone(folder):
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_keys_that_stand_are_kept(folder):
    before = keys.signing(folder).private_bytes_raw()
    keys.make(folder)
    assert keys.signing(folder).private_bytes_raw() == before


def test_a_seal_opens_under_its_name_and_shows_nothing_of_what_it_holds(folder):
    sealed = keys.seal(folder, "abc", b"a name that must not be seen")
    assert b"name" not in sealed
    assert keys.unseal(folder, "abc", sealed) == b"a name that must not be seen"


def test_a_seal_under_another_name_or_with_a_changed_byte_does_not_open(folder):
    sealed = keys.seal(folder, "abc", b"text")
    for name, data in (
        ("abd", sealed),
        ("abc", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("abc", b""),
        ("abc", b"\x02" + sealed[1:]),
    ):
        with pytest.raises(keys.BadKey, match="does not open"):
            keys.unseal(folder, name, data)


def test_a_missing_or_spoilt_key_is_named(folder):
    (folder / "signing.key").write_text("abcd")
    with pytest.raises(keys.BadKey, match="holds 2 bytes"):
        keys.signing(folder)
    (folder / "signing.key").unlink()
    with pytest.raises(keys.BadKey, match="missing"):
        keys.signing(folder)
