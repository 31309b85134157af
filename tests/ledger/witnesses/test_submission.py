"""What a log sends to a witness, written and read."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from vigie.ledger import note
from vigie.ledger.witnesses import submission

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOTE = note.sign(note.Checkpoint("town-hall", 12, b"\x07" * 32), KEY)
HASHES = [bytes([n]) * 32 for n in range(4)]


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_what_was_written_is_read_back(old, proof):
    read = submission.read(submission.write(old, proof, NOTE))
    assert (read.old, list(read.proof)) == (old, proof)
    assert read.signed == note.parse(NOTE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"old 4\n", b"old 04\n"),
        (b"old 4\n", b"old -4\n"),
        (b"old 4\n", b"old  4\n"),
        (b"old 4\n", b"Old 4\n"),
        (b"old 4\n", b"old 4\r\n"),
        (b"old 4\n", b"old 99999999999999999999\n"),
        (b"old 4\n", b""),
        (b"AQEB", b"AQE!"),
        (b"AQEB", b"AQEBAQEB"),
        (b"AQEB", b" AQEB"),
        (b"\n\ntown", b"\ntown"),
        (b"town-hall\n12", b"town-hall\n\n12"),
        (b"\xe2\x80\x94", b"\xe2\x80"),
    ],
)
def test_what_is_not_in_the_form_is_refused(old, new):
    body = submission.write(4, HASHES, NOTE)
    assert old in body
    with pytest.raises(submission.BadSubmission):
        submission.read(body.replace(old, new, 1))


def test_a_proof_longer_than_any_tree_needs_is_refused():
    with pytest.raises(submission.BadSubmission, match="64 lines"):
        submission.read(submission.write(4, HASHES * 16, NOTE))


def test_a_body_beyond_the_bound_is_refused():
    with pytest.raises(submission.BadSubmission, match="At most"):
        submission.read(submission.write(4, HASHES, NOTE) + b"\n" * submission.WIDEST)


@given(st.binary(max_size=400) | st.text(alphabet="old 0129\nAB=—/+a", max_size=200).map(str.encode))
def test_any_bytes_are_refused_or_read_and_nothing_else_happens(body):
    try:
        read = submission.read(body)
    except submission.BadSubmission:
        return
    lines = "".join(s.line() for s in read.signed.signatures)
    assert submission.write(read.old, read.proof, f"{read.signed.text}\n{lines}") == body


@pytest.mark.parametrize(
    ("body", "size"),
    [(b"12\n", 12), (b"0\n", 0), (b"12", None), (b"012\n", None), (b"", None), (b"-1\n", None), (b"1\n2\n", None), (b"9" * 40 + b"\n", None)],
)  # fmt: skip
def test_the_size_a_refusal_names_is_read_strictly(body, size):
    assert submission.read_size(body) == size
