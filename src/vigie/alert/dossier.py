"""What a meeting has before it: what the record held when it was convened, sealed in the entry that convenes it.

It copies what changes later (states, counts, reviews) and names by id what never does: the words of a claim stay where
they stand, so that what must be erased there one day is erased everywhere.
"""

from hashlib import sha256

import msgspec

from vigie.ledger import canonical
from vigie.ledger.kinds import Body


class LevelThen(Body):
    """A level that stood. authority: who decided it, when it was received."""

    id: str
    scheme: str
    code: str
    zone: str
    since: str
    until: str | None
    received: bool
    authority: str


class PieceThen(Body):
    """A claim an assessment rested on, with its grade then."""

    claim: str
    criterion: str
    stance: str
    why: str
    grade: str


class AssessmentThen(Body):
    """An assessment that stood, its evidence, what it said was missing, who differed."""

    id: str
    scheme: str
    level: str
    zone: str
    reasons: str
    word: str
    confidence: str
    documents: int
    newsrooms: int
    origins: int
    review: str
    pieces: list[PieceThen]
    missing: list[str]
    dissent: list[str]


class StateThen(Body):
    """How many tasks were in a state."""

    state: str
    count: int


class TasksThen(Body):
    """A posture that stood, and how far its tasks were. late: of those, answered late or not answered in time."""

    posture: str
    scheme: str
    level: str
    zone: str
    states: list[StateThen]
    late: int


class DayThen(Body):
    """Something on the calendar ahead, as it was known. names: by language code."""

    id: str
    start: str
    end: str
    names: dict[str, str]


class GapThen(Body):
    """Something missing, by its name in `GAPS`, and how many."""

    what: str
    count: int


GAPS = ("ownerless", "unknown-owners", "unreachable", "stale", "unsigned", "unlooked")
"""Sites nobody answers for; owners not in the list; owners without a contact; assessments past their review; proposals
that wait for a signature; levels received that no second person has looked at."""


class Dossier(Body):
    """All that stood. calendar_until: last day the calendar was looked up for, empty where it was not."""

    levels: list[LevelThen]
    assessments: list[AssessmentThen]
    tasks: list[TasksThen]
    calendar: list[DayThen]
    calendar_until: str
    gaps: list[GapThen]

    @property
    def ids(self) -> list[str]:
        """The record's own ids of what the meeting is about."""
        return [
            *(each.id for each in self.levels),
            *(each.id for each in self.assessments),
            *(each.posture for each in self.tasks),
        ]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over its canonical form: the same dossier, the same digest."""
        return sha256(canonical.dumps(msgspec.to_builtins(self))).hexdigest()
