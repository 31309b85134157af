"""Measures kept on though the level falls: what a signature covers then.

A level may come down while measures for schools and places of worship stay (January 2024). Whoever signs the level
signs for these too, so what they saw is the level, the measures they keep, and why.
"""

from collections.abc import Sequence
from hashlib import sha256

from vigie.ledger import canonical


def covering(seen: str, keep: Sequence[str], reason: str) -> str:
    """Give the digest to sign: over that of the level (`seen`), the measures kept, in any order, and the reason.

    It is `seen` itself where nothing is kept.
    """
    if not keep:
        return seen
    return sha256(
        canonical.dumps({"level": seen, "keep": sorted(set(keep)), "reason": reason.strip()})
    ).hexdigest()
