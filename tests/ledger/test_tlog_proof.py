"""A proof of one entry, as a file."""

from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note, tlog_proof, tree
from vigie.ledger.note import BadNote
from vigie.ledger.tiles import grown
from vigie.ledger.tlog_proof import BadProof

KEY = Ed25519PrivateKey.generate()
ENTRIES = [f"entry {n}".encode() for n in range(300)]
TREE = grown(map(tree.leaf_hash, ENTRIES))
ROOT = tree.root_of(map(tree.leaf_hash, ENTRIES))


def proven(index, origin="test"):
    path = tree.inclusion_proof(TREE.node, index, len(ENTRIES))
    signed = note.sign(note.Checkpoint(origin, len(ENTRIES), ROOT), KEY)
    return tlog_proof.Proof(ENTRIES[index], index, path, signed)


@pytest.mark.parametrize("index", [0, 1, 255, 256, 299])
def test_a_proof_written_and_read_back_holds(index):
    proof = tlog_proof.read(proven(index).text())
    assert proof == proven(index)
    assert proof.check(KEY.public_key(), "test").size == len(ENTRIES)


def test_a_proof_is_in_the_form_other_tools_read():
    lines = proven(1).text().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", f"extra {b64encode(b'entry 1').decode()}", "index 1"]
    assert lines[3] == b64encode(tree.leaf_hash(ENTRIES[0])).decode()
    assert lines[lines.index("") + 1 :][:2] == ["test", "300"]


@pytest.mark.parametrize(
    "change",
    [
        {"entry": b"entry 2"},
        {"index": 2},
        {"path": ()},
        {"path": [tree.EMPTY, *proven(1).path[1:]]},
    ],
)
def test_a_changed_proof_is_refused(change):
    with pytest.raises(BadProof, match="does not lead from entry"):
        replace(proven(1), **change).check(KEY.public_key(), "test")


def test_a_proof_of_another_log_is_refused():
    with pytest.raises(BadProof, match="of the log other, not of test"):
        proven(1, "other").check(KEY.public_key(), "test")


def test_a_proof_under_another_key_is_refused():
    with pytest.raises(BadNote):
        proven(1).check(Ed25519PrivateKey.generate().public_key(), "test")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n",
        proven(1).text().replace("@v1", "@v2"),
        proven(1).text().replace("index 1", "index 01"),
        proven(1).text().replace("index 1", "index -1"),
        proven(1).text().replace("extra ", "extra-"),
        proven(1).text().partition("\n\n")[0],
    ],
)
def test_what_is_not_in_the_form_is_refused(text):
    with pytest.raises(BadProof, match="not a proof in the form"):
        tlog_proof.read(text)


def test_a_line_that_is_no_base64_is_refused():
    lines = proven(1).text().split("\n")
    lines[3] = "=" + lines[3]
    with pytest.raises(BadProof, match="not base64"):
        tlog_proof.read("\n".join(lines))
