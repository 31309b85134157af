"""What an approver signs: a digest over exactly what was seen. One changed word, and it is another digest."""

from datetime import datetime
from hashlib import sha256

from vigie import times
from vigie.errors import Conflict, Refused
from vigie.ledger import canonical


class DraftEdited(Conflict):
    """The draft changed after it was seen."""


class SamePerson(Refused):
    """The second person is the first one."""


def digest(
    *,
    scheme: str,
    edition: str,
    code: str,
    zone: str,
    reasons: str,
    legal_basis: str,
    assessment: str,
    effective: datetime,
    until: datetime | None,
    review: datetime,
) -> str:
    """Give the SHA-256 (hex) over the canonical form of a proposal."""
    seen = {
        "scheme": scheme,
        "edition": edition,
        "code": code,
        "zone": zone,
        "reasons": reasons,
        "legal_basis": legal_basis,
        "assessment": assessment,
        "effective": times.text(effective),
        "until": times.text(until) if until else None,
        "review": times.text(review),
    }
    return sha256(canonical.dumps(seen)).hexdigest()


def digest_received(
    *,
    scheme: str,
    edition: str,
    code: str,
    zone: str,
    authority: str,
    words: str,
    source_sha256: str,
    effective: datetime,
    until: datetime | None,
) -> str:
    """Give the SHA-256 (hex) over the canonical form of a level received: what its second person looks at."""
    seen = {
        "scheme": scheme,
        "edition": edition,
        "code": code,
        "zone": zone,
        "authority": authority,
        "words": words,
        "source_sha256": source_sha256,
        "effective": times.text(effective),
        "until": times.text(until) if until else None,
    }
    return sha256(canonical.dumps(seen)).hexdigest()


def digest_of(said: dict[str, str]) -> str:
    """Give the SHA-256 (hex) over the canonical form of what is said."""
    return sha256(canonical.dumps(said)).hexdigest()


def check_seen(seen: str, stands: str) -> None:
    """Raise DraftEdited unless the digest that was seen is the one that stands."""
    if seen != stands:
        raise DraftEdited("The draft was edited after you read it. Read it again before you sign.")
