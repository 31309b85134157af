"""The envelope of an entry as bytes: the leaf of the tree, in canonical form.

The fields stand here in the order of the canonical form, so that a struct written as it is gives the same bytes.
"""

from collections.abc import Sequence

import msgspec

from vigie.ledger import canonical
from vigie.ledger.kinds import By


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acted."""

    office: str
    person: str
    via: str


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around what an entry says. payload: salted digest (hex); subjects: ids of what it is about."""

    at: str
    by: Who
    kind: str
    marking: str
    payload: str
    seq: int
    subjects: Sequence[str]


_READ, _WRITE = msgspec.json.Decoder(Envelope).decode, msgspec.json.Encoder().encode


def write(seq: int, kind: str, at: str, by: By, subjects: Sequence[str], marking: str, payload: str) -> bytes:
    """Write an envelope. Raises NotCanonical for text outside the profile."""
    envelope = Envelope(at, Who(by.office, by.person, by.via), kind, marking, payload, seq, subjects)
    try:
        data = _WRITE(envelope)
    except UnicodeEncodeError:
        data = b"\\u0000"
    return canonical.dumps(msgspec.to_builtins(envelope)) if b"\\u0000" in data else data


def read(data: bytes) -> Envelope:
    """Read an envelope that is in canonical form. Raises ValueError, or what msgspec raises, for any other bytes."""
    envelope = _READ(data)
    if _WRITE(envelope) != data or b"\\u0000" in data:
        raise ValueError("the envelope is not in canonical form")
    return envelope
