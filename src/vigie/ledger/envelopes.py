"""The envelope of an entry as bytes: the leaf of the tree, in canonical form.

The fields stand here in the order of the canonical form, so that a struct written as it is gives the same bytes. What is
read is written again and compared: that is quicker than to read it as canonical JSON first.
"""

from collections.abc import Sequence

import msgspec

from vigie.ledger import canonical
from vigie.ledger.kinds import By


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around what an entry says. payload: salted digest (hex); subjects: ids of what it is about."""

    at: str
    by: By
    kind: str
    marking: str
    payload: str
    seq: int
    subjects: tuple[str, ...]


_READ, _WRITE = msgspec.json.Decoder(Envelope).decode, msgspec.json.Encoder().encode


def write(seq: int, kind: str, at: str, by: By, subjects: Sequence[str], marking: str, payload: str) -> bytes:
    """Write an envelope. Raises NotCanonical for text outside the profile."""
    envelope = Envelope(at, by, kind, marking, payload, seq, tuple(subjects))
    try:
        data = _WRITE(envelope)
    except UnicodeEncodeError:
        data = b"\\u0000"
    return canonical.dumps(msgspec.to_builtins(envelope)) if b"\\u0000" in data else data


def read(data: bytes) -> Envelope:
    """Read an envelope. Raises NotCanonical for other bytes than `write` gives, msgspec's ValidationError for other fields."""
    try:
        envelope = _READ(data)
        if _WRITE(envelope) == data and b"\\u0000" not in data:
            return envelope
    except (msgspec.MsgspecError, ValueError):
        pass  # said below, in words
    return msgspec.convert(canonical.loads(data), Envelope)
