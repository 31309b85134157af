"""ML-DSA-44 (FIPS 204) signatures over checkpoints, as C2SP tlog-cosignature writes them: key type 0x06.

The key is derived from the home's signing key (HKDF, SHA-256): one key to keep, to rotate, and to lose. Whoever breaks
Ed25519 finds the scalar that signs, not the seed it was hashed from, and so does not come by this one.
"""

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vigie.ledger.note import MLDSA, Checkpoint, Signature, Signed, Verifier

_INFO = b"vigie: ML-DSA-44 over checkpoints"


def key_of(signing: Ed25519PrivateKey) -> MLDSA44PrivateKey:
    """Derive the second key from the first."""
    seed = HKDF(SHA256(), 32, salt=None, info=_INFO).derive(signing.private_bytes_raw())
    return MLDSA44PrivateKey.from_seed_bytes(seed)


def verifier(name: str, key: MLDSA44PrivateKey) -> Verifier:
    """Give the key to check with, under a log's name."""
    return Verifier(name, MLDSA, key.public_key().public_bytes_raw())


def line(promised: Checkpoint, key: MLDSA44PrivateKey, at: int) -> str:
    """Write the log's second line under a checkpoint, dated `at` (POSIX seconds)."""
    own = verifier(promised.origin, key)
    value = at.to_bytes(8, "big") + key.sign(_message(promised, own.name, at))
    return Signature(own.name, own.key_id, value).line()


def holds(promised: Checkpoint, signature: Signature, by: Verifier) -> bool:
    """Say whether a line is over this checkpoint and by this key."""
    at = int.from_bytes(signature.value[:8], "big")
    try:
        MLDSA44PublicKey.from_public_bytes(by.public).verify(
            signature.value[8:], _message(promised, by.name, at)
        )
    except (InvalidSignature, ValueError, OverflowError):
        return False
    return True


def wrong(signed: Signed, publics: Iterable[bytes]) -> Iterator[Signature]:
    """Give the second lines of a log's own checkpoint that do not hold.

    publics: the public keys the record names. A line by none of them is nobody's we know, and says nothing.
    """
    for public in publics:
        by = Verifier(signed.checkpoint.origin, MLDSA, public)
        for signature in by.of(signed.signatures):
            if not holds(signed.checkpoint, signature, by):
                yield signature


def _message(promised: Checkpoint, name: str, at: int) -> bytes:
    """Give `cosigned_message` of the standard: the label, who signs, when, which log, and its tree from 0 to its size."""
    told, log = name.encode(), promised.origin.encode()
    return b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(told)]) + told,
            at.to_bytes(8, "big"),
            bytes([len(log)]) + log,
            (0).to_bytes(8, "big"),
            promised.size.to_bytes(8, "big"),
            promised.root,
        )
    )
