"""Signed notes, checkpoints and cosignatures, in the forms that transparency-log tools read.

A checkpoint (C2SP tlog-checkpoint) is three lines: origin, tree size, base64 of the root; then, as an extension line,
`after N`: the size at the checkpoint before it, so that one taken away is missed. A signed note (C2SP signed-note) is
that text, an empty line, and signature lines `— name base64(key id || signature)`. The key id is the first four bytes of SHA-256(name || 0x0A || type || public key); type 0x01 is Ed25519 over the text, which the log
itself signs; 0x04 is a witness's cosignature (C2SP tlog-cosignature): eight bytes of time, then Ed25519 over
`cosignature/v1`, `time N` and the text. One note carries any number of signature lines; those of unknown keys say
nothing.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vigie.errors import BadInput, RecordBroken

ED25519 = 1
"""Type of the signature a log puts under its own checkpoint."""

COSIGNATURE = 4
"""Type of a witness's dated signature."""

MLDSA = 6
"""Type of a dated signature by ML-DSA-44."""

_KEY_BYTES = {ED25519: 32, COSIGNATURE: 32, MLDSA: 1312}

MOST_SIGNATURES = 32
"""Signature lines a note may carry; the standard asks readers for 16 or more."""

_AFTER = "after "
_WIDEST = 2**63 - 1
_IS_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_LOST = "The checkpoint is not in the form of a signed note: origin, size, root, an empty line, signatures."


class BadNote(RecordBroken):
    """A note that is not in the form, or that the key did not sign."""


class BadVerifier(BadInput):
    """A text that is not a verifier key."""


@dataclass(frozen=True)
class Checkpoint:
    """What a note promises: this origin's tree had `size` leaves and this root (32 bytes).

    after: the size at the checkpoint before it; None for the first, and where a log does not say.
    """

    origin: str
    size: int
    root: bytes
    after: int | None = None

    def text(self) -> str:
        """Write the lines that are signed."""
        linked = f"{_AFTER}{self.after}\n" if self.after is not None else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{linked}"


@dataclass(frozen=True)
class Signature:
    """One signature line: the name and the id (4 bytes) of the key it says it is by, and the bytes after the id."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Write the line, with its end."""
        return f"— {self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Signed:
    """A note taken apart. text: what is signed, its last line end included; nothing of it is checked yet."""

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Verifier:
    """A key to check signatures with: its owner's name, its type (ED25519, COSIGNATURE or MLDSA), its 32 bytes; 1312 of MLDSA."""

    name: str
    type: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that tell a reader which key to try."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def vkey(self) -> str:
        """Write the key as verifiers take it: `name+id+base64(type || key)`."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.type]) + self.public).decode()}"

    def of(self, signatures: Iterable[Signature]) -> list[Signature]:
        """List the lines that say they are by this key."""
        return [s for s in signatures if (s.name, s.key_id) == (self.name, self.key_id)]


def read_vkey(text: str, *, type: int) -> Verifier:  # noqa: A002 - the standard's own word
    """Read a verifier key of one type. Raises BadVerifier when it is not in the form or its id does not fit its key."""
    name, _, rest = text.strip().partition("+")
    stamp, _, key = rest.partition("+")
    raw = _decoded(key)
    if not fits_name(name) or not raw or len(raw) != 1 + _KEY_BYTES.get(raw[0], 0):
        raise BadVerifier(
            "{given!r} is not a verifier key. Expected name+id+key on one line, as its owner gives it.",
            given=text[:200],
        )
    found = Verifier(name, raw[0], raw[1:])
    if found.key_id.hex() != stamp:
        raise BadVerifier(
            "The verifier key {given!r} does not fit its own id: a letter was lost or changed. Copy it again from its owner.",
            given=text[:200],
        )
    if found.type != type:
        raise BadVerifier(
            "The verifier key of {name} is of type {given}. Expected {wanted}: 1 is a log's key, 4 a witness's, 6 one of ML-DSA-44.",
            name=name,
            given=found.type,
            wanted=type,
        )
    return found


def fits_name(name: str) -> bool:
    """Say whether a key may be called so: no spaces, no plus, nothing unprintable, 255 bytes at most."""
    return (
        0 < len(name.encode(errors="replace")) < 256
        and "+" not in name
        and name.isprintable()
        and not any(c.isspace() for c in name)
    )


def key_hash(name: str, public: bytes) -> bytes:
    """Give the id of a log's own key."""
    return Verifier(name, ED25519, public).key_id


def verifier_key(name: str, key: Ed25519PublicKey) -> str:
    """Write a log's own key as verifiers take it."""
    return Verifier(name, ED25519, key.public_bytes_raw()).vkey()


def sign(checkpoint: Checkpoint, *keys: Ed25519PrivateKey) -> str:
    """Sign a checkpoint under its origin's name, by one key or several."""
    text, origin = checkpoint.text(), checkpoint.origin
    lines = (Signature(origin, _key_id(origin, key), key.sign(text.encode())).line() for key in keys)
    return f"{text}\n{''.join(lines)}"


@lru_cache(maxsize=8)
def _key_id(name: str, key: Ed25519PrivateKey) -> bytes:
    return key_hash(name, key.public_key().public_bytes_raw())


def cosign(text: str, name: str, key: Ed25519PrivateKey, at: int) -> str:
    """Give a witness's line under the text of a checkpoint, dated `at` (POSIX seconds)."""
    stamp = Verifier(name, COSIGNATURE, key.public_key().public_bytes_raw()).key_id
    return Signature(name, stamp, at.to_bytes(8, "big") + key.sign(_cosigned(text, at))).line()


def parse(note: str) -> Signed:
    """Take a signed checkpoint apart without believing it. Raises BadNote when it is not in the form."""
    body, gap, lines = note.rpartition("\n\n")
    if not gap or any(c < " " and c != "\n" for c in note):
        raise BadNote(_LOST)
    origin, *rest = body.split("\n")
    if len(rest) < 2 or not origin or "" in rest:
        raise BadNote(_LOST)
    root = _decoded(rest[1])
    if not _is_size(rest[0]) or root is None or len(root) != 32:
        raise BadNote("The checkpoint's size or root cannot be read.")
    linked = [line.removeprefix(_AFTER) for line in rest[2:] if line.startswith(_AFTER)][:1]
    if not all(map(_is_size, linked)):
        raise BadNote("The checkpoint's size or root cannot be read.")
    after = int(linked[0]) if linked else None
    return Signed(Checkpoint(origin, int(rest[0]), root, after), body + "\n", parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Take signature lines apart: one or more, each ended. Raises BadNote when one is not in the form."""
    if not lines.endswith("\n") or lines.count("\n") > MOST_SIGNATURES:
        raise BadNote(_LOST)
    return tuple(_signature(line) for line in lines[:-1].split("\n"))


def read(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """Read a signed checkpoint and check the log's own signature. Raises BadNote when the form or the signature fails."""
    signed = parse(note)
    check(signed, Verifier(signed.checkpoint.origin, ED25519, key.public_bytes_raw()))
    return signed.checkpoint


def check(signed: Signed, log: Verifier) -> None:
    """Check a log's own signature. Raises BadNote when it is missing, or one that says it is by this key is not."""
    own = log.of(signed.signatures)
    if not own or not all(_holds(log.public, s.value, signed.text.encode()) for s in own):
        raise BadNote(
            "The checkpoint at {size} entries is not signed by this home's key. The note or the key was changed.",
            size=signed.checkpoint.size,
        )


def cosigned_at(text: str, signatures: Iterable[Signature], witness: Verifier) -> int | None:
    """Give the time (POSIX seconds) at which a witness signed `text`; None when no line says it is by its key.

    The newest, when there are several. Raises BadNote when a line that says so is not by it, or not over this text.
    """
    times = []
    for signature in witness.of(signatures):
        at = int.from_bytes(signature.value[:8], "big")
        if at > _WIDEST or not _holds(witness.public, signature.value[8:], _cosigned(text, at)):
            raise BadNote("The signature of {name} is not over this checkpoint.", name=witness.name)
        times.append(at)
    return max(times, default=None)


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _holds(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, value = rest.partition(" ")
    raw = _decoded(value)
    if dash != "—" or not fits_name(name) or raw is None or len(raw) < 5:
        raise BadNote(_LOST)
    return Signature(name, raw[:4], raw[4:])


def _decoded(value: str) -> bytes | None:
    """Read base64 in its one canonical spelling; None for any other."""
    try:
        raw = b64decode(value, validate=True)
    except (ValueError, BadBase64):
        return None
    return raw if b64encode(raw).decode() == value else None


def _is_size(text: str) -> bool:
    return bool(_IS_NUMBER.fullmatch(text)) and int(text) <= _WIDEST
