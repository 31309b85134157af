"""A home's keys: one that signs checkpoints (Ed25519), one that seals originals (AES-256-GCM).

They lie in the home's `keys/` folder, readable by their owner alone. Sealed bytes start with a version byte
and a 12-byte nonce; the name they are kept under is bound in as associated data, so that two sealed files
cannot be swapped.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vigie.errors import RecordBroken

_SEAL_VERSION = b"\x01"


class BadKey(RecordBroken):
    """A key file that is missing, cannot be read, or does not open what it should."""


def make(folder: Path) -> None:
    """Write fresh keys into `folder`; keys that are there stay."""
    for name, raw in (
        ("signing.key", Ed25519PrivateKey.generate().private_bytes_raw()),
        ("sealing.key", secrets.token_bytes(32)),
    ):
        path = folder / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(raw.hex() + "\n")


def signing(folder: Path) -> Ed25519PrivateKey:
    """Give the key that signs checkpoints. Raises BadKey when it cannot be read."""
    return Ed25519PrivateKey.from_private_bytes(_read(folder / "signing.key"))


def seal(folder: Path, name: str, data: bytes) -> bytes:
    """Seal `data` under the name it will be kept by."""
    nonce = secrets.token_bytes(12)
    return _SEAL_VERSION + nonce + AESGCM(_read(folder / "sealing.key")).encrypt(nonce, data, name.encode())


def unseal(folder: Path, name: str, sealed: bytes) -> bytes:
    """Open what `seal` sealed under that name. Raises BadKey when the key, the name or a byte is not the same."""
    try:
        if sealed[:1] != _SEAL_VERSION:
            raise InvalidTag
        return AESGCM(_read(folder / "sealing.key")).decrypt(sealed[1:13], sealed[13:], name.encode())
    except (InvalidTag, ValueError):
        raise BadKey(
            "The sealed original {name} does not open with this home's key: the key, the name or the bytes were changed.",
            name=name,
        ) from None


def _read(path: Path) -> bytes:
    try:
        raw = bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        raise BadKey(
            "The key {path} is missing. Put it back from a backup: nothing can be signed or opened without it.",
            path=path,
        ) from None
    except (ValueError, OSError) as fault:
        raise BadKey("The key {path} cannot be read: {fault}.", path=path, fault=fault) from None
    if len(raw) != 32:
        raise BadKey("The key {path} holds {size} bytes. Expected 32.", path=path, size=len(raw))
    return raw
