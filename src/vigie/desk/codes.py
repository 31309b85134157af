"""One-time secrets: made, said aloud, and known again by their digest alone."""

import re
import secrets
from hashlib import sha256

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Capitals and digits that no eye or ear takes for another: neither I nor O, neither 0 nor 1."""

GROUPS, OF = 5, 5


def spoken() -> str:
    """Make a code that one person can hand to another: five groups of five, 125 bits (`XK4TR-…`)."""
    letters = [secrets.choice(_LETTERS) for _ in range(GROUPS * OF)]
    return "-".join("".join(letters[start : start + OF]) for start in range(0, len(letters), OF))


def linked() -> str:
    """Make a secret for a link: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Give the digest a secret is known by. How a spoken code is grouped and capitalised does not count.

    A plain hash is enough: the secret holds at least 125 random bits, so nothing can be guessed from it.
    """
    said = re.sub(r"[\s-]", "", secret)
    return sha256((said.upper() if len(said) == GROUPS * OF else secret.strip()).encode()).hexdigest()
