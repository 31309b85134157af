"""Bytes sealed under a key and a name (AES-256-GCM): a version byte, a 12-byte nonce, the sealed bytes.

The name they are kept under is bound in as associated data, so that two sealed things cannot be swapped.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"


class NotOpened(Exception):
    """The key, the name or a byte is not the same."""


def fresh() -> bytes:
    """Make a key."""
    return AESGCM.generate_key(256)


def put(key: bytes, name: str, data: bytes) -> bytes:
    """Seal `data` under a key of 32 bytes and the name it will be kept by."""
    nonce = secrets.token_bytes(12)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, data, name.encode())


def take(key: bytes, name: str, sealed: bytes) -> bytes:
    """Open what `put` sealed. Raises NotOpened."""
    if sealed[:1] != _VERSION:
        raise NotOpened
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], name.encode())
    except (InvalidTag, ValueError):
        raise NotOpened from None
