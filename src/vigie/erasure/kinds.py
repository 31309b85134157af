"""Entries of this room. That something is erased is the ledger's own entry, `ledger.payload.erased`."""

from vigie.ledger.kinds import Body, Kind


class RequestReceived(Body):
    """Somebody asks for what concerns them. what: erasure, rectification or copy; reference: of their letter, no name.

    received, due: days; entries: those it is about, as far as they are known.
    """

    what: str
    reference: str
    entries: list[int]
    received: str
    due: str


class RequestAnswered(Body):
    """The request was answered. outcome: done, partly or refused; words: what was told them, without their name."""

    request: str
    outcome: str
    words: str


class ErasureProposed(Body):
    """One person wants entries erased; a second must carry it out. request: what it follows from, empty when none."""

    entries: list[int]
    ground: str
    authority: str
    request: str


class ErasureRefused(Body):
    """The entries stay."""

    erasure: str
    reason: str


REQUEST_RECEIVED = Kind("erasure.request.received", 1, RequestReceived)
REQUEST_ANSWERED = Kind("erasure.request.answered", 1, RequestAnswered)
PROPOSED = Kind("erasure.entries.proposed", 1, ErasureProposed)
REFUSED = Kind("erasure.entries.refused", 1, ErasureRefused)
