"""Payloads sealed under keys of their own."""

import pytest

from vigie.ledger import keys, payloads


@pytest.fixture
def folder(tmp_path):
    keys.make(tmp_path)
    return tmp_path


def test_what_is_locked_opens_with_its_key_and_says_nothing_without(folder):
    sealed, wrapped = payloads.lock(folder, 7, b'{"reason":"a lift is broken"}')
    assert payloads.unlock(folder, 7, sealed, wrapped) == b'{"reason":"a lift is broken"}'
    assert b"lift" not in sealed + wrapped


def test_two_payloads_that_say_the_same_are_sealed_differently(folder):
    assert payloads.lock(folder, 7, b"{}") != payloads.lock(folder, 7, b"{}")


def test_a_payload_moved_to_another_entry_does_not_open(folder):
    sealed, wrapped = payloads.lock(folder, 7, b"{}")
    with pytest.raises(keys.BadKey):
        payloads.unlock(folder, 8, sealed, wrapped)


@pytest.mark.parametrize("broken", [b"", b"\x00" * 40])
def test_a_payload_that_was_changed_does_not_open(folder, broken):
    _sealed, wrapped = payloads.lock(folder, 7, b"{}")
    with pytest.raises(keys.BadKey, match="entry 7"):
        payloads.unlock(folder, 7, broken, wrapped)
