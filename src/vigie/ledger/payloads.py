"""Payloads that can be made unreadable: each sealed under a key of its own, which is wrapped by the home's.

To erase is to destroy payload, salt and key. A backup that holds the payload but no longer the key says nothing
(crypto-shredding). Payloads that can never be erased lie plain: the record must stay readable without any key.
"""

import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vigie.ledger.keys import BadKey, OtherKey, reseal, seal, unseal


def lock(folder: Path, seq: int, plain: bytes) -> tuple[bytes, bytes]:
    """Seal a payload under a fresh key. Gives the sealed bytes and the wrapped key. Raises BadKey."""
    key, nonce = AESGCM.generate_key(256), secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, _name(seq)), seal(folder, _name(seq).decode(), key)


def unlock(folder: Path, seq: int, sealed: bytes, wrapped: bytes) -> bytes:
    """Open what `lock` sealed. Raises BadKey when a key or a byte is not the same."""
    key = unseal(folder, _name(seq).decode(), wrapped)
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], _name(seq))
    except (InvalidTag, ValueError):
        raise BadKey(
            "What entry {seq} says does not open with its key: one of the two was changed.", seq=seq
        ) from None


def wraps(folder: Path, seq: int, wrapped: bytes) -> bool:
    """Say whether the home's sealing key is the one that wrapped this key. Raises BadKey when it cannot be read."""
    try:
        unseal(folder, _name(seq).decode(), wrapped)
    except OtherKey:
        return False
    return True


def rewrap(folder: Path, seq: int, wrapped: bytes) -> bytes | None:
    """Wrap a payload's key under the home's newest sealing key; None when it is already. Raises BadKey."""
    return reseal(folder, _name(seq).decode(), wrapped)


def digest(salt: bytes, body: bytes) -> str:
    """Give the salted digest (hex) that stands in the envelope for a canonical body."""
    return sha256(salt + body).hexdigest()


def _name(seq: int) -> bytes:
    return b"payload-%d" % seq
