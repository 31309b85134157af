"""A proof that one entry stands in a log, as a file of its own (C2SP tlog-proof, `.tlog-proof`).

Header, the entry itself as extra data, its place, the path up to the root, an empty line, the signed checkpoint. With
the entry inside, the file and the log's key are all a reader needs; nothing of it is believed before it is hashed.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vigie.errors import RecordBroken
from vigie.ledger import note, tree

SUFFIX = ".tlog-proof"
_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "


class BadProof(RecordBroken):
    """A proof that is not in the form, or does not show what it should."""


@dataclass(frozen=True)
class Proof:
    """That `entry` (bytes of the leaf) is number `index` of the log whose signed checkpoint is `checkpoint`."""

    entry: bytes
    index: int
    path: Sequence[bytes]
    checkpoint: str

    def text(self) -> str:
        """Write the file."""
        lines = [_HEADER, _EXTRA + b64encode(self.entry).decode(), f"index {self.index}"]
        lines += [b64encode(step).decode() for step in self.path]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    def check(self, key: Ed25519PublicKey, origin: str) -> note.Checkpoint:
        """Give the checkpoint the entry stands under, once the key, the log's name and the path agree. Raises BadProof, BadNote."""
        signed = note.read(self.checkpoint, key)
        if signed.origin != origin:
            raise BadProof(
                "This proof is of the log {given}, not of {origin}.", given=signed.origin, origin=origin
            )
        if not tree.check_inclusion(
            tree.leaf_hash(self.entry), self.index, signed.size, self.path, signed.root
        ):
            raise BadProof(
                "The proof does not lead from entry {index} to the root its checkpoint signs. The entry or the proof was changed.",
                index=self.index,
            )
        return signed


def read(text: str) -> Proof:
    """Read a proof that carries its entry. Raises BadProof when the form fails; nothing is checked yet."""
    head, _, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    index = _INDEX.fullmatch(lines[2]) if len(lines) > 2 else None
    if lines[0] != _HEADER or index is None or not lines[1].startswith(_EXTRA) or not checkpoint:
        raise BadProof(
            "The file is not a proof in the form {form} with its entry as extra data.", form=_HEADER
        )
    try:
        entry, *path = (
            b64decode(line, validate=True) for line in (lines[1].removeprefix(_EXTRA), *lines[3:])
        )
    except ValueError:
        raise BadProof("A line of the proof is not base64.") from None
    return Proof(entry, int(index[1]), path, checkpoint)
