"""What a log sends to a witness (C2SP tlog-witness, add-checkpoint), written and read.

old 12                     size of the last checkpoint this witness countersigned; 0 if it never did
<base64 of 32 bytes>       consistency proof from there, RFC 6962 section 2.1.2; at most 63 lines
                           an empty line
<signed checkpoint>
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.errors import BadInput
from vigie.ledger import note
from vigie.ledger.note import BadNote, Signed

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
"""Media type of a refusal that names the size the witness stands at."""

WIDEST = 128 * 1024
"""Bytes a submission may have: room for a proof, and for 16 signatures of the long kinds to come."""

MOST_HASHES = 63

_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")
_ANSWERED_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class BadSubmission(BadInput):
    """A submission that is not in the form."""


@dataclass(frozen=True)
class Submission:
    """A submission taken apart; nothing of it is believed yet."""

    old: int
    proof: tuple[bytes, ...]
    signed: Signed


def write(old: int, proof: Sequence[bytes], checkpoint: str) -> bytes:
    """Write what is sent."""
    lines = [f"old {old}", *(b64encode(step).decode() for step in proof), "", checkpoint]
    return "\n".join(lines).encode()


def read(body: bytes) -> Submission:
    """Take a submission apart. Raises BadSubmission naming the part that is not in the form."""
    if len(body) > WIDEST:
        raise BadSubmission(
            "The submission has {size} bytes. At most {most} fit.", size=len(body), most=WIDEST
        )
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BadSubmission("The submission is not UTF-8.") from None
    above, gap, checkpoint = text.partition("\n\n")
    first, *rest = above.split("\n")
    old = _OLD.fullmatch(first)
    if not gap or not old:
        raise BadSubmission("Expected: old SIZE, proof lines, an empty line, a signed checkpoint.")
    if len(rest) > MOST_HASHES:
        raise BadSubmission(
            "The proof has {given} lines. At most {most} fit.", given=len(rest), most=MOST_HASHES
        )
    try:
        signed = note.parse(checkpoint)
    except BadNote as fault:
        raise BadSubmission("What was sent as a checkpoint: {fault}", fault=fault) from None
    return Submission(int(old[1]), tuple(_hash(line) for line in rest), signed)


def read_size(body: bytes) -> int | None:
    """Give the size a witness's refusal names, or None when it names none."""
    found = _ANSWERED_SIZE.fullmatch(body)
    return int(found[1]) if found else None


def _hash(line: str) -> bytes:
    try:
        raw = b64decode(line, validate=True)
    except (ValueError, BadBase64):
        raw = b""
    if len(raw) != 32 or b64encode(raw).decode() != line:
        raise BadSubmission("A line of the proof is not the base64 of 32 bytes.")
    return raw
