"""Entries of this room. The bytes that left stand in the entry of the approval: a rebuild brings back the same."""

from vigie.ledger.kinds import Body, Kind
from vigie.partners.elements import Draft


class Agreed(Body):
    """What was agreed with a partner: up to which TLP label it receives, which caveats it honours, whom to reach.

    contact: a function (desk, duty office) with its address, never a person.
    """

    audience: str
    name: str
    contact: str
    ceiling: str
    honours: list[str]


class Consented(Body):
    """An originator agrees that one of its items may go to one audience; `words` says how and when it did."""

    originator: str
    item: str
    audience: str
    words: str


class Proposed(Body):
    """A release is proposed. ids: a random UUID for each object; digest: over what the second person will read."""

    draft: Draft
    ids: dict[str, str]
    digest: str


class Rejected(Body):
    """A proposed release does not go."""

    release: str
    reason: str


class Approved(Body):
    """A second person lets a release go. bundle: the frozen bytes as text; sha256: of those bytes."""

    release: str
    digest: str
    bundle: str
    sha256: str


class Withdrawn(Body):
    """A release is taken back. bundle: the same objects, revoked; sha256: of those bytes."""

    release: str
    reason: str
    bundle: str
    sha256: str


AGREED = Kind("partners.audience.agreed", 1, Agreed)
CONSENTED = Kind("partners.consent.recorded", 1, Consented)
PROPOSED = Kind("partners.release.proposed", 1, Proposed, solemn=True)
REJECTED = Kind("partners.release.rejected", 1, Rejected)
APPROVED = Kind("partners.release.approved", 1, Approved, solemn=True)
WITHDRAWN = Kind("partners.release.withdrawn", 1, Withdrawn, solemn=True)
