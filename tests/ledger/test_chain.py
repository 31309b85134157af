"""Which key signs when."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note
from vigie.ledger.chain import Chain, Signer, signer
from vigie.ledger.kinds import KeyChanged
from vigie.ledger.note import BadNote, Checkpoint

KEYS = [Ed25519PrivateKey.generate() for _ in range(3)]
PUBLIC = [key.public_key().public_bytes_raw() for key in KEYS]
ROTATED = Chain((Signer(0, PUBLIC[0]), Signer(10, PUBLIC[1])))
LOST = Chain((Signer(0, PUBLIC[0]), Signer(10, PUBLIC[1], lost=True), Signer(20, PUBLIC[2])))


def signed(size, after, *keys):
    return note.parse(note.sign(Checkpoint("test", size, b"\0" * 32, after), *(KEYS[k] for k in keys)))


@pytest.mark.parametrize(
    ("chain", "size", "after", "key"),
    [
        (ROTATED, 1, None, 0),
        (ROTATED, 10, 9, 0),
        (
            ROTATED,
            11,
            10,
            0,
        ),  # the checkpoint over the entry itself: the key before vouches for its successor
        (ROTATED, 12, 11, 1),
        (LOST, 10, 9, 0),
        (LOST, 11, 10, 1),  # nobody is left to vouch
        (LOST, 15, 11, 1),
        (LOST, 21, 20, 1),
        (LOST, 22, 21, 2),
    ],
)
def test_each_checkpoint_counts_by_the_key_of_its_time_and_by_no_other(chain, size, after, key):
    chain.check(signed(size, after, key))
    for other in {0, 1, 2} - {key}:
        with pytest.raises(BadNote):
            chain.check(signed(size, after, other))


def test_the_signature_of_the_next_key_beside_it_does_no_harm_and_does_not_replace_it():
    ROTATED.check(signed(11, 10, 0, 1))
    with pytest.raises(BadNote):
        ROTATED.check(signed(11, 10, 1))


def test_what_an_entry_carries_is_signed_by_the_newest_key_named_before_it():
    assert [ROTATED.at(seq) for seq in (0, 1, 10, 11)] == [PUBLIC[0], PUBLIC[0], PUBLIC[0], PUBLIC[1]]


def test_entries_about_other_keys_name_no_signer():
    told = {"verifier": "", "lost": False, "persons": ["p-1"], "reason": "It comes to its term."}
    assert signer(4, KeyChanged(key="web", **told)) is None
    verifier = note.verifier_key("test", KEYS[1].public_key())
    assert signer(4, KeyChanged(key="signing", **(told | {"verifier": verifier}))) == Signer(4, PUBLIC[1])
