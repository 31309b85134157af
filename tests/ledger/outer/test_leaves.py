"""What the record says of outer logs, checked."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note, tree
from vigie.ledger.chain import Chain, Signer
from vigie.ledger.kinds import OuterSigned
from vigie.ledger.outer.leaves import PUBLIC, OuterLogs, Released, grown_by, of_partner, origin, read_leaf

KEY = Ed25519PrivateKey.generate()
CHAIN = Chain((Signer(0, KEY.public_key().public_bytes_raw()),))
AT = "2024-03-22T12:00:00Z"


def told(log=PUBLIC, leaves=("a",), edge=None, *, key=KEY, name=None, **changes):
    made = [Released(text, text.encode()).leaf(AT) for text in leaves]
    edge = grown_by(edge or tree.Edge(), made)
    promised = note.Checkpoint(name or origin("test", log), edge.size, edge.root())
    body = {"log": log, "size": edge.size, "root": edge.root().hex(), "note": note.sign(promised, key)}
    return OuterSigned(**{**body, "leaves": made, **changes})


def said(*bodies):
    logs = OuterLogs("test", CHAIN)
    return [(f.where, f.what) for seq, body in enumerate(bodies) for f in logs.faults(seq, body)]


def test_logs_that_grow_as_they_tell_say_nothing():
    edge = tree.Edge()
    assert said(told(edge=edge), told(of_partner("x")), told(edge=edge, leaves=("b", "c"))) == []


def test_a_leaf_names_what_was_released_and_its_digest():
    leaf = read_leaf(Released("files.json", b"x").leaf(AT))
    assert leaf == {"what": "files.json", "sha256": Released("", b"x").sha256, "at": AT}


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (told(size=2), "does not grow to the root it tells of"),
        (told(root="00" * 32), "does not grow to the root it tells of"),
        (told(key=Ed25519PrivateKey.generate()), "is not signed by this home's key"),
        (told(name="test/other"), "is not signed by this home's key"),
        (told(note="nonsense"), "not in the form of a signed note"),
        (told(note=told(leaves=("b",)).note), "speaks of another size, root or name"),
    ],
)
def test_what_does_not_hold_is_told(body, what):
    assert what in " ".join(sentence for _, sentence in said(body))


def test_after_a_declared_rollback_an_outer_log_goes_on_under_the_record_s_new_name():
    edge = tree.Edge()
    first = told(edge=edge)
    later = told(edge=edge, leaves=("b",), name="test/2024-03-22T12:00:00Z/public")
    logs = OuterLogs("test", CHAIN, [(5, "test/2024-03-22T12:00:00Z")])
    assert [*logs.faults(3, first), *logs.faults(6, later)] == []
    stale = told(edge=edge, leaves=("c",))
    assert ["is not signed by this home's key" in f.what for f in logs.faults(7, stale)] == [True]
