"""Signed notes and checkpoints, in the forms that transparency-log tools read.

A checkpoint (C2SP tlog-checkpoint) is three lines: origin, tree size, base64 of the root; then, as an extension line,
`after N`: the size at the checkpoint before it, so that one taken away is missed. A signed note (C2SP
signed-note) is that text, an empty line, and signature lines `— name base64(key hash || signature)`. The key
hash is the first four bytes of SHA-256(name || 0x0A || 0x01 || public key); 0x01 says Ed25519.
"""

from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vigie.errors import RecordBroken

_ED25519 = b"\x01"
_AFTER = "after "


class BadNote(RecordBroken):
    """A note that is not in the form, or that the key did not sign."""


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


def key_hash(name: str, public: bytes) -> bytes:
    """Give the four bytes that tell a reader which key to try."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, key: Ed25519PublicKey) -> str:
    """Write the key as verifiers take it: `name+hash+base64(0x01 || key)`."""
    public = key.public_bytes_raw()
    return f"{name}+{key_hash(name, public).hex()}+{b64encode(_ED25519 + public).decode()}"


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Sign a checkpoint under its origin's name."""
    text = checkpoint.text()
    stamp = key_hash(checkpoint.origin, key.public_key().public_bytes_raw())
    signature = b64encode(stamp + key.sign(text.encode())).decode()
    return f"{text}\n— {checkpoint.origin} {signature}\n"


def read(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """Read a signed checkpoint and check its signature. Raises BadNote when the form or the signature fails."""
    text, gap, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) < 3:
        raise BadNote(
            "The checkpoint is not in the form of a signed note: origin, size, root, an empty line, signatures."
        )
    try:
        after = next((int(line.removeprefix(_AFTER)) for line in lines[3:] if line.startswith(_AFTER)), None)
        checkpoint = Checkpoint(lines[0], int(lines[1]), b64decode(lines[2], validate=True), after)
    except (ValueError, BadBase64):
        raise BadNote("The checkpoint's size or root cannot be read.") from None
    stamp = key_hash(checkpoint.origin, key.public_bytes_raw())
    for line in signatures.splitlines():
        head, _, value = line.rpartition(" ")
        if head != f"— {checkpoint.origin}":
            continue
        try:
            raw = b64decode(value, validate=True)
        except (ValueError, BadBase64):
            continue
        if raw[:4] != stamp:
            continue
        try:
            key.verify(raw[4:], (text + "\n").encode())
        except InvalidSignature:
            break
        return checkpoint
    raise BadNote(
        "The checkpoint at {size} entries is not signed by this home's key. The note or the key was changed.",
        size=checkpoint.size,
    )
