"""Entries of this room: messages with their exact bytes, what was stated as known, what was published."""

import msgspec

from vigie.ledger.kinds import Body, Kind
from vigie.warning.compose import Text


class Drafted(Body):
    """A message waits for a second person. `digest` is over `cap`, byte for byte, and `texts`, correction among them.

    references: ids of the messages it refers to; authors: persons who wrote its words, none of whom may approve it.
    """

    level: str
    scheme: str
    zone: str
    code: str
    identifier: str
    kind: str
    status: str
    sent: str
    expires: str
    references: list[str]
    texts: list[Text]
    cap: str
    digest: str
    authors: list[str]
    reason: str


class Approved(Body):
    """A second person signed what the digest says: the message is issued."""

    message: str
    digest: str


class Withdrawn(Body):
    """A draft is taken back before anyone signed it."""

    message: str
    reason: str


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published file: its name in the site, its size in bytes and its SHA-256."""

    name: str
    bytes: int
    sha256: str


class Published(Body):
    """The public site was made anew; because: id of the message, level or fact that asked for it."""

    because: str
    files: list[File]


class FactStated(Body):
    """What is known, not known or false, told to the public; texts by language; replaces: an earlier statement."""

    zone: str
    state: str
    texts: dict[str, str]
    source: str
    href: str
    replaces: str


DRAFTED = Kind("warning.message.drafted", 1, Drafted, solemn=True)
APPROVED = Kind("warning.message.approved", 1, Approved, solemn=True)
WITHDRAWN = Kind("warning.message.withdrawn", 1, Withdrawn)
PUBLISHED = Kind("warning.page.published", 1, Published, solemn=True)
FACT_STATED = Kind("warning.fact.stated", 1, FactStated)
