"""A log made of nothing but leaves, for witnesses to watch."""

from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import note, tree
from vigie.ledger.tiles import grown
from vigie.ledger.witnesses import submission
from vigie.ledger.witnesses.witness import Witness, init


@dataclass
class Log:
    """A log that signs whatever it is asked to."""

    origin: str = "town-hall"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    leaves: list[bytes] = field(default_factory=lambda: [tree.leaf_hash(bytes([n])) for n in range(20)])

    @property
    def vkey(self):
        return note.verifier_key(self.origin, self.key.public_key())

    def note(self, size, leaves=None):
        leaves = leaves or self.leaves
        return note.sign(note.Checkpoint(self.origin, size, tree.root_of(leaves[:size])), self.key)

    def proof(self, old, size, leaves=None):
        return tree.consistency_proof(grown((leaves or self.leaves)[:size]).node, old, size) if old else []

    def send(self, old, size, leaves=None):
        """What this log submits to go on from `old` to `size`."""
        return submission.write(old, self.proof(old, size, leaves), self.note(size, leaves))

    def rewritten(self, at=3):
        """The same log with one leaf changed after the fact."""
        return [tree.leaf_hash(b"other") if n == at else leaf for n, leaf in enumerate(self.leaves)]


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def folder(tmp_path):
    init(tmp_path / "witness", "witness.example/press")
    return tmp_path / "witness"


@pytest.fixture
def witness(folder, log):
    """A witness that watches `log`."""
    made = Witness(folder, clock=lambda: 1_700_000_000.9)
    made.watch(log.vkey)
    yield made
    made.close()
