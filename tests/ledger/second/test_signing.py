"""The log's second signature."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from vigie.ledger import note
from vigie.ledger.note import MLDSA, BadVerifier, Checkpoint
from vigie.ledger.second import signing

FIRST = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = signing.key_of(FIRST)
POINT = Checkpoint("test", 58, b"\7" * 32, after=57)
AT = 1_711_108_800


def signed(point=POINT, key=KEY):
    return note.parse(note.sign(point, FIRST) + signing.line(point, key, AT))


def test_the_key_is_derived_from_the_first_one_and_from_no_other():
    assert signing.key_of(FIRST).private_bytes_raw() == KEY.private_bytes_raw()
    assert KEY.private_bytes_raw() != FIRST.private_bytes_raw()
    assert signing.key_of(Ed25519PrivateKey.generate()).private_bytes_raw() != KEY.private_bytes_raw()


def test_the_message_is_the_one_the_standard_lays_out():
    assert signing._message(POINT, "test", AT) == (
        b"subtree/v1\n\0"
        b"\4test" + AT.to_bytes(8, "big") + b"\4test" + bytes(8) + (58).to_bytes(8, "big") + b"\7" * 32
    )


def test_a_line_holds_by_its_key_and_leaves_the_first_signature_as_it_was():
    told, own = signed(), signing.verifier("test", KEY)
    [line] = own.of(told.signatures)
    assert (len(line.value), signing.holds(POINT, line, own)) == (8 + 2420, True)
    assert list(signing.wrong(told, [own.public])) == []
    note.check(told, note.Verifier("test", note.ED25519, FIRST.public_key().public_bytes_raw()))


@given(st.integers(0, 8 + 2420 - 1), st.integers(0, 7))
def test_one_bit_of_a_line_changed_is_found(at, bit):
    own = signing.verifier("test", KEY)
    [line] = own.of(signed().signatures)
    value = bytearray(line.value)
    value[at] ^= 1 << bit
    assert not signing.holds(POINT, replace(line, value=bytes(value)), own)


@pytest.mark.parametrize("change", [{"size": 59}, {"root": b"\6" * 32}, {"origin": "test/public"}])
def test_a_line_holds_for_no_other_checkpoint(change):
    own = signing.verifier("test", KEY)
    [line] = own.of(signed().signatures)
    assert not signing.holds(replace(POINT, **change), line, own)


def test_a_line_moved_under_another_checkpoint_is_wrong_and_one_by_a_stranger_says_nothing():
    own = signing.verifier("test", KEY)
    [line] = own.of(signed().signatures)
    moved = note.parse(note.sign(replace(POINT, size=59), FIRST) + line.line())
    assert list(signing.wrong(moved, [own.public])) == [line]
    stranger = signing.key_of(Ed25519PrivateKey.generate())
    assert list(signing.wrong(signed(key=stranger), [own.public])) == []


def test_its_key_is_written_and_read_as_verifiers_take_it():
    own = signing.verifier("test", KEY)
    assert note.read_vkey(own.vkey(), type=MLDSA) == own
    with pytest.raises(BadVerifier):
        note.read_vkey(own.vkey()[:-8], type=MLDSA)
    with pytest.raises(BadVerifier, match="is of type 6"):
        note.read_vkey(own.vkey(), type=note.ED25519)
