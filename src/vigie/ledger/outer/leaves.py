"""The leaves of an outer log, and whether what the record says of such a log holds.

A leaf is canonical JSON: what was released (the name it was released under), the SHA-256 of its bytes, when. Each log is
signed with the home's own key under a name of its own, `<instance>/<log>`: the name is part of what is signed and of the
key's id, so no log's checkpoint passes for another's, and there is one key to keep, to rotate, and to lose.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from vigie.errors import VigieError
from vigie.ledger import canonical, note, tree
from vigie.ledger.chain import Chain
from vigie.ledger.kinds import OuterSigned
from vigie.ledger.promises import Fault
from vigie.ledger.second.signing import wrong

PUBLIC = "public"


def of_partner(audience: str) -> str:
    """Name the log of what one partner receives."""
    return f"partners/{audience}"


def origin(record: str, log: str) -> str:
    """Give the name an outer log is signed under; record: the name of the record it belongs to."""
    return f"{record}/{log}"


@dataclass(frozen=True)
class Released:
    """Bytes that go out, and the name they go out under."""

    what: str
    data: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return sha256(self.data).hexdigest()

    def leaf(self, at: str) -> str:
        """Write the leaf; at: instant text of the release."""
        return canonical.dumps({"what": self.what, "sha256": self.sha256, "at": at}).decode()


def read_leaf(text: str) -> dict[str, Any]:
    """Read a leaf back. Raises NotCanonical."""
    leaf: dict[str, Any] = canonical.loads(text.encode())
    return leaf


@dataclass
class OuterLogs:
    """The outer logs as the record's entries tell of them, one after the other.

    record: the name of the record; chain: its keys; renamed: (number of the first entry under it, name) for
    each name the record went on under after a declared rollback: its outer logs take it up; second: the public keys of
    second signatures the record names.
    """

    record: str
    chain: Chain
    renamed: Sequence[tuple[int, str]] = ()
    second: Collection[bytes] = ()
    _edges: dict[str, tree.Edge] = field(default_factory=dict)

    def faults(self, seq: int, body: OuterSigned) -> Iterator[Fault]:
        """Say what does not hold of one entry: its leaves must carry its log from the last root to the one it signed."""
        edge = self._edges.setdefault(body.log, tree.Edge())
        for leaf in body.leaves:
            edge.add(tree.leaf_hash(leaf.encode()))
        where = f"entry {seq}"
        if (body.size, body.root) != (edge.size, edge.root().hex()):
            yield Fault(where, f"the log {body.log} does not grow to the root it tells of")
        record = next((name for first, name in reversed(self.renamed) if seq >= first), self.record)
        name = origin(record, body.log)
        try:
            signed = note.parse(body.note)
            note.check(signed, note.Verifier(name, note.ED25519, self.chain.at(seq)))
        except VigieError as fault:
            yield Fault(where, f"the checkpoint of the log {body.log}: {fault}")
            return
        if any(wrong(signed, self.second)):
            yield Fault(
                where, f"the second signature under the checkpoint of the log {body.log} does not hold"
            )
        if signed.checkpoint != note.Checkpoint(
            name, body.size, bytes.fromhex(body.root), signed.checkpoint.after
        ):
            yield Fault(where, f"the checkpoint of the log {body.log} speaks of another size, root or name")


def grown_by(edge: tree.Edge, leaves: Sequence[str]) -> tree.Edge:
    """Give an edge grown by leaves."""
    for leaf in leaves:
        edge.add(tree.leaf_hash(leaf.encode()))
    return edge
