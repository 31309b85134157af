"""Who wrote the edge of the tree: a message authentication code, for entries that wait a moment for their checkpoint.

A code costs a tenth of a signature, and tells this home alone, which has the key, what a checkpoint tells everybody.
"""

import hmac
from functools import lru_cache
from hashlib import blake2b

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_PERSON = b"vigie edge"


def of(signing: Ed25519PrivateKey, size: int, hashes: bytes, last_at: str) -> bytes:
    """Give the code of an edge: keyed BLAKE2b (RFC 7693), 32 bytes, under a key drawn from the one that signs checkpoints.

    size: entries; hashes: the edge packed; last_at: when the last entry was written.
    """
    said = b"%d %s %s" % (size, last_at.encode(), hashes)
    return blake2b(said, digest_size=32, key=_key(signing), person=_PERSON).digest()


def holds(signing: Ed25519PrivateKey, size: int, hashes: bytes, last_at: str, mac: bytes) -> bool:
    """Say whether `mac` is the code of that edge under that key."""
    return hmac.compare_digest(of(signing, size, hashes, last_at), mac)


@lru_cache(maxsize=4)
def _key(signing: Ed25519PrivateKey) -> bytes:
    return blake2b(signing.private_bytes_raw(), digest_size=32, person=_PERSON).digest()
