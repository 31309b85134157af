"""Signed checkpoints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
POINT = note.Checkpoint("town-hall", 12, b"\x07" * 32)


def test_a_signed_checkpoint_reads_back_under_its_key():
    assert note.read(note.sign(POINT, KEY), KEY.public_key()) == POINT


def test_a_checkpoint_names_the_one_before_it_and_that_is_signed_too():
    linked = note.Checkpoint("town-hall", 12, b"\x07" * 32, after=9)
    signed = note.sign(linked, KEY)
    assert signed.split("\n")[3:5] == ["after 9", ""]
    assert note.read(signed, KEY.public_key()) == linked
    with pytest.raises(note.BadNote):
        note.read(signed.replace("after 9", "after 8"), KEY.public_key())


@pytest.mark.parametrize(
    ("old", "new"), [("\n12\n", "\n13\n"), ("town-hall\n12", "town-hell\n12"), ("BwcH", "BwcI")]
)
def test_a_changed_line_is_found(old, new):
    with pytest.raises(note.BadNote, match="not signed by this home's key"):
        note.read(note.sign(POINT, KEY).replace(old, new, 1), KEY.public_key())


def test_another_home_s_key_does_not_open_it():
    with pytest.raises(note.BadNote):
        note.read(note.sign(POINT, KEY), Ed25519PrivateKey.generate().public_key())


@pytest.mark.parametrize("text", ["", "a\nb\nc\n\n", "town-hall\nmany\nBwc=\n\n— town-hall AAAA\n"])
def test_what_is_not_a_note_is_said_to_be_none(text):
    with pytest.raises(note.BadNote):
        note.read(text, KEY.public_key())


def test_the_verifier_key_names_itself_and_carries_its_hash():
    name, stamp, key = note.verifier_key("town-hall", KEY.public_key()).split("+", 2)
    assert name == "town-hall"
    assert stamp == note.key_hash("town-hall", KEY.public_key().public_bytes_raw()).hex()
    assert key.startswith("A")  # the first byte, 0x01, says Ed25519
