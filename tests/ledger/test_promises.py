"""Checkpoints held against the entries."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note, tree
from vigie.ledger.chain import Chain, Signer
from vigie.ledger.promises import KNOWN, Promises, size_of

KEY = Ed25519PrivateKey.generate()
CHAIN = Chain((Signer(0, KEY.public_key().public_bytes_raw()),))
LEAVES = [tree.leaf_hash(bytes([n])) for n in range(9)]
ROOTS = {size: tree.root_of(LEAVES[:size]) for size in range(10)}
PROMISES = Promises("test", CHAIN, 9, ROOTS)


def signed(size, *, root=None, origin="test", after=None, key=KEY):
    return note.sign(note.Checkpoint(origin, size, root or ROOTS[size], after), key)


KEPT = [(3, signed(3)), (5, signed(5, after=3)), (9, signed(9, after=5))]


def said(kept=KEPT, others=(), promises=PROMISES):
    return [(fault.where, fault.what) for fault in promises.faults(kept, others)]


def test_checkpoints_that_hold_say_nothing():
    assert said() == []
    assert said(others=[(KNOWN, signed(5))]) == []


def test_what_follows_from_one_broken_entry_is_told_once():
    rewritten = Promises("test", CHAIN, 9, dict.fromkeys(ROOTS, b"\0" * 32))
    assert said(promises=rewritten) == [
        (
            "checkpoint 3",
            "the entries up to it no longer give the root it promises, nor those up to 2 later ones",
        )
    ]


@pytest.mark.parametrize("gone", [0, 1])
def test_one_taken_away_is_missed(gone):
    kept = [pair for n, pair in enumerate(KEPT) if n != gone]
    [(where, what)] = said(kept)
    assert where == f"checkpoint {KEPT[gone][0]}"
    assert what.startswith("it is missing")


def test_checkpoints_of_before_they_named_one_another_are_no_fault():
    assert said([(3, signed(3)), (9, signed(9))]) == []


def test_entries_after_the_last_one_are_told():
    assert said(KEPT[:2]) == [
        ("entry 5", "it stands after the last checkpoint: it was not written by this record")
    ]
    assert said([]) == [("entry 0", "it stands after the last checkpoint: it was not written by this record")]


def test_one_kept_elsewhere_tells_a_rewriting_that_agrees_with_itself():
    assert said(others=[(KNOWN, signed(5, root=ROOTS[4]))]) == [
        (KNOWN, "the entries up to it no longer give the root it promises")
    ]


def test_one_that_promises_more_than_there_is_names_the_first_entry_gone():
    short = Promises("test", CHAIN, 5, ROOTS)
    assert said(KEPT[:2], [(KNOWN, signed(9))], short) == [
        ("entry 5", f"it is missing: {KNOWN} promises 9 entries and the record holds 5")
    ]


def test_one_of_another_log_or_another_key_is_told():
    assert said([*KEPT[:2], (9, signed(9, after=5, origin="else"))]) == [
        ("checkpoint 9", "it is of another log, else, and this is test")
    ]
    [(where, what)] = said([*KEPT[:2], (9, signed(9, key=Ed25519PrivateKey.generate()))])
    assert where == "checkpoint 9"
    assert "not signed by this home's key" in what


def test_one_under_another_size_than_it_speaks_of_is_told():
    assert ("checkpoint 9", "its signed note speaks of 5 entries") in said(
        [*KEPT[:2], (9, signed(5, after=5))]
    )


@pytest.mark.parametrize(
    ("text", "size"),
    [("a\n12\nx", 12), ("", -1), ("a\n-1\nx", -1), ("a\n1\u0665\nx", -1), ("a\n" + "9" * 17 + "\n", -1)],
)
def test_the_size_is_read_before_anything_is_believed(text, size):
    assert size_of(text) == size
