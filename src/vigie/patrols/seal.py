"""The sealed seed: committed to before the shift, revealed after it, and enough to draw the same days again.

Before:  commitment = SHA-256(salt || seed), both 32 bytes from the operating system; only the digest is shown.
After:   salt and seed are shown; anybody recomputes the digest, and from the seed every drawn day.

The numbers come from SHA-256 in counter mode, so that any language can draw them again:

    key(purpose)       = SHA-256("vigie draw 1" || seed || UTF-8 of the purpose)
    block(purpose, i)  = SHA-256(key(purpose) || i as 8 bytes, most significant first),   i = 0, 1, 2 ...

The blocks of a purpose, one after the other, are its stream. A whole number below `limit` is the next 8 bytes
of the stream, most significant first, modulo `limit`; numbers of 2^64 - (2^64 mod limit) and above are thrown
away first, so that none is likelier than another.

The salt hides nothing that 32 random bytes would not hide by themselves. It keeps the digest of a seed that
was handed in from outside (a drill, a replay) from being found by trying seeds.
"""

import hmac
import secrets
from collections.abc import MutableSequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from vigie.errors import BadInput

SEED_BYTES = SALT_BYTES = 32
_LABEL = b"vigie draw 1"
_RANGE = 1 << 64


class BadSeal(BadInput):
    """A seed or salt of the wrong form, or one that does not open the commitment."""


@dataclass(frozen=True)
class Seal:
    """A seed with its salt: a secret until it is revealed. Both are 32 bytes; raises BadSeal otherwise."""

    seed: bytes
    salt: bytes

    def __post_init__(self) -> None:
        if (len(self.seed), len(self.salt)) != (SEED_BYTES, SALT_BYTES):
            raise BadSeal(
                "The seed has {seed} bytes and the salt {salt}. Each has 32, written as 64 hexadecimal digits.",
                seed=len(self.seed),
                salt=len(self.salt),
            )

    def __repr__(self) -> str:
        return f"<Seal {self.commitment[:8]}…: secret>"  # a log line must not give tomorrow's patrols away

    @classmethod
    def fresh(cls) -> Self:
        """Take a seed and a salt from the operating system's random source."""
        return cls(secrets.token_bytes(SEED_BYTES), secrets.token_bytes(SALT_BYTES))

    @classmethod
    def from_hex(cls, seed: str, salt: str) -> Self:
        """Read a revealed seed and salt, 64 hexadecimal digits each. Raises BadSeal."""
        try:
            return cls(bytes.fromhex(seed), bytes.fromhex(salt))
        except ValueError:
            raise BadSeal("The seed or the salt is not written in hexadecimal digits. Each has 64.") from None

    @property
    def commitment(self) -> str:
        """SHA-256 of salt and seed, 64 hexadecimal digits: what may be shown before the shift."""
        return sha256(self.salt + self.seed).hexdigest()

    def open(self, commitment: str) -> None:
        """Refuse unless this seed and salt are those committed to. Raises BadSeal."""
        if not hmac.compare_digest(self.commitment.encode(), commitment.strip().lower().encode()):
            raise BadSeal(
                "This seed and salt give the digest {given}, and {committed} was committed to: they are not those of the draw.",
                given=self.commitment,
                committed=commitment,
            )

    def stream(self, purpose: str) -> "Stream":
        """Give the stream of numbers for one purpose; each purpose has its own."""
        return Stream(sha256(_LABEL + self.seed + purpose.encode()).digest())


class Stream:
    """Numbers that follow from a key alone: SHA-256 in counter mode."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._blocks = 0
        self._left = b""

    def below(self, limit: int) -> int:
        """Give the next whole number from 0 to `limit` - 1, each as likely; `limit` from 1 to 2^64."""
        if not 1 <= limit <= _RANGE:
            raise BadInput(
                "A number below {limit} cannot be drawn. The limit lies between 1 and 2^64.", limit=limit
            )
        fair = _RANGE - _RANGE % limit
        while (number := int.from_bytes(self._bytes(8), "big")) >= fair:
            pass
        return number % limit

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Put `items` in an order drawn from all orders alike (Fisher-Yates, from the last place down)."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def _bytes(self, count: int) -> bytes:
        while len(self._left) < count:
            self._left += sha256(self._key + self._blocks.to_bytes(8, "big")).digest()
            self._blocks += 1
        taken, self._left = self._left[:count], self._left[count:]
        return taken
