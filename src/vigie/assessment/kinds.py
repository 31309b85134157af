"""Entries of this room. An entry states outcomes: grades and origins as they stood when the assessment was made."""

from vigie.ledger.kinds import Body, Kind


class Graded(Body):
    """A claim is graded: source A to F, item 1 to 6, and why. by_machine: proposed by rule, nobody has signed it."""

    claim: str
    source: str
    item: str
    why: str
    by_machine: bool


class Piece(Body):
    """A claim taken for or against one need of one criterion, with its grade and origin at that time."""

    claim: str
    criterion: str
    need: str
    stance: str
    why: str
    grade: str
    origin: str


class Made(Body):
    """What is held to be so about a level in a zone, on which evidence, with what is missing and who differs.

    suggested: the level the criteria gave, or empty. override: ground of the scheme's own on which the level is
    supported all the same, or empty. unmet: needs nothing was found for, as criterion/need; missing: in words.
    """

    scheme: str
    level: str
    zone: str
    suggested: str
    override: str
    reasons: str
    judgement: str
    scale: str
    word: str
    confidence: str
    evidence: list[Piece]
    unmet: list[str]
    missing: list[str]
    documents: int
    newsrooms: int
    origins: int
    review: str
    dissent: list[str]
    supersedes: list[str]


class Dissented(Body):
    """An assessor differs, in words that whoever decides will read."""

    assessment: str
    words: str


class DissentRead(Body):
    """Somebody has read that an assessor differs. Whoever signs a level must have."""

    dissent: str


class Reviewed(Body):
    """An assessment was looked at again: it is upheld until `next_review`, or it ends."""

    assessment: str
    upheld: bool
    words: str
    next_review: str | None


GRADED = Kind("assessment.claim.graded", 1, Graded)
MADE = Kind("assessment.made", 1, Made, solemn=True)
DISSENTED = Kind("assessment.dissent.recorded", 1, Dissented)
DISSENT_READ = Kind("assessment.dissent.read", 1, DissentRead)
REVIEWED = Kind("assessment.review.done", 1, Reviewed)
