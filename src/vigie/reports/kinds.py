"""Entries of this room. Bodies hold masked words only: what a mask covers stands in the sealed original alone."""

import msgspec

from vigie.ledger.kinds import Body, Kind


class KeptWords(Body):
    """A sentence or line at [start, end) of the raw text, masked."""

    start: int
    end: int
    text: str


class KeptPassage(Body):
    """A line of the page and its role."""

    role: str
    words: list[KeptWords]


class KeptMask(Body):
    """A masked span and why it is masked."""

    start: int
    end: int
    reason: str


class KeptTime(Body):
    """A time expression and its value, None while open."""

    text: str
    start: int
    end: int
    value: str | None
    rule: str


class KeptFigure(Body):
    """A figure of a claim."""

    what: str
    value: int | str
    modifier: str


class KeptClaim(Body):
    """A claim with its exact words, masked; `origin` is where it comes from in the end, "" when the outlet's own."""

    kind: str
    subject: str | None
    place: str | None
    place_code: str | None
    date: str | None
    numbers: list[KeptFigure]
    speaker: str | None
    origin: str
    certainty: str | None
    evidence: str
    start: int
    end: int
    direction: str | None
    system: str | None
    level_from: str | None
    level_to: str | None
    status: str | None
    negated: bool


class KeptCopy(Body):
    """A proposal that this report copies an earlier one; sign: words or facts; share in percent."""

    parent: str
    sign: str
    share: int
    shared: int
    why: str


class ReceivedFirst(Body):
    """A report came in and was read; its bytes are sealed by the home's own key, under their SHA-256."""

    name: str
    sha256: str
    size: int
    form: str
    encoding: str
    language: str
    published: str | None
    published_basis: str
    outlet: str | None
    agency: str | None
    title: str | None
    text: str
    passages: list[KeptPassage]
    times: list[KeptTime]
    claims: list[KeptClaim]
    masks: list[KeptMask]
    figures: list[int]
    copies: list[KeptCopy]


class Received(ReceivedFirst):
    """A report came in and was read. original_key: hex of the key its bytes are sealed under; empty: the home's own."""

    original_key: str


def _with_key(body: ReceivedFirst) -> Received:
    return Received(**msgspec.structs.asdict(body), original_key="")


class CopyJudged(Body):
    """A person confirms or rejects a proposed copy link."""

    copy: str
    confirmed: bool
    reason: str


class Corrected(Body):
    """The outlet corrected the report: the claims named no longer hold as read."""

    report: str
    claims: list[str]
    reason: str


class Withdrawn(Body):
    """The outlet withdrew the report, or it proved false: all its claims are flagged."""

    report: str
    reason: str


RECEIVED_FIRST = Kind("reports.report.received", 1, ReceivedFirst, upcast=_with_key, erasable=True)
RECEIVED = Kind("reports.report.received", 2, Received, erasable=True)
COPY_JUDGED = Kind("reports.copy.judged", 1, CopyJudged)
CORRECTED = Kind("reports.report.corrected", 1, Corrected)
WITHDRAWN = Kind("reports.report.withdrawn", 1, Withdrawn)
