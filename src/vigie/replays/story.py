"""What a story is: a home, its offices, and acts at their hours, as data.

`story.yaml` of a folder beside this file. Every act is played through the verb a person would use; the words a person
wrote then stand in the file, what the software works out does not.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
import yaml

from vigie.errors import BadInput, NotFound


class UnknownStory(NotFound):
    """No shipped story goes by that name."""


class BadStory(BadInput):
    """A story file that does not fit."""


class Act(msgspec.Struct, forbid_unknown_fields=True, tag_field="act", kw_only=True, frozen=True):
    """What every act has: when, by which office, and the line told of it."""

    at: str
    by: str = ""
    line: str = ""


class Sites(Act, tag="sites", frozen=True):
    """Places, their owners and the home's events are taken in."""

    sites: str
    owners: str
    events: str


class Reports(Act, tag="reports", frozen=True):
    """Reports come in. files: name to day of publication."""

    files: dict[str, str]


class GradeRule(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How the analyst grades claims of some kinds."""

    kinds: list[str]
    source: str
    item: str
    why: str


class Grade(Act, tag="grade", frozen=True):
    """An analyst grades what was read. Claims of no listed kind stay ungraded."""

    rules: list[GradeRule]


class Take(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which claims an assessor takes for or against one need: by kind, at most so many."""

    criterion: str
    need: str
    kinds: list[str]
    stance: str
    why: str
    most: int = 3
    status: str = ""


class Assess(Act, tag="assess", frozen=True):
    """An assessor weighs the claims against the criteria of a level."""

    scheme: str
    level: str
    zone: str
    takes: list[Take]
    override: str
    reasons: str
    missing: list[str]
    review: str
    scale: str = ""
    word: str = ""
    confidence: str = ""


class Propose(Act, tag="propose", frozen=True):
    """A level is proposed on that assessment."""

    scheme: str
    level: str
    zone: str
    reasons: str
    legal_basis: str
    effective: str
    review: str


class Sign(Act, tag="sign", frozen=True):
    """A second person signs; measures and tasks follow."""


class Announce(Act, tag="announce", frozen=True):
    """The public is told by an official in office."""

    announcer: str
    where: str


class Send(Act, tag="send", frozen=True):
    """What waits is delivered."""


class Answers(Act, tag="answers", frozen=True):
    """Owners answer by their links. answers: owner, then its words in order; `cannot: reason` for what cannot be."""

    answers: dict[str, list[str]]


class Fact(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What is known, not known or false, in the home's languages."""

    state: str
    texts: dict[str, str]
    source: str
    href: str = ""


class Warn(Act, tag="warn", frozen=True):
    """A CAP message is drafted, then approved by another office; facts go with it."""

    approver: str
    facts: list[Fact]


class Draw(Act, tag="draw", frozen=True):
    """Patrols are drawn for some days in an area."""

    area: str
    first_day: str
    days: int
    teams: int


class Piece(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A judgement rewritten for a partner, made of claims of some kinds."""

    key: str
    title: str
    text: str
    kinds: list[str]
    grade: str = ""
    confidence: int | None = None


class Named(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A group or a place named to a partner."""

    key: str
    name: str
    text: str = ""
    country: str = ""
    kinds: list[str] = []


class Offer(Act, tag="offer", frozen=True):
    """Elements are offered to a partner: proposed by one, released by another."""

    approver: str
    audience: str
    name: str
    contact: str
    ceiling: str
    marking: str
    title: str
    summary: str
    groups: list[Named]
    places: list[Named]
    judgements: list[Piece]


class Figures(Act, tag="figures", frozen=True):
    """Official figures found in the reports are put on the record as said. area: what they are of."""

    area: str
    whats: dict[str, str]


class Ask(Act, tag="ask", frozen=True):
    """History is asked: which time is this, and how long each lasted."""

    scheme: str
    level: str


class Ahead(Act, tag="ahead", frozen=True):
    """What lies ahead, as known that day."""

    area: str
    days: int


class Convene(Act, tag="convene", frozen=True):
    """Services are convened."""

    title: str
    question: str
    agenda: list[str]
    offices: list[str]
    held: str


class Due(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Something the meeting decides: a task or a proposal, owed by an office until a day."""

    words: str
    becomes: str
    office: str
    due: str


class Resolve(Act, tag="resolve", frozen=True):
    """What the meeting decided is written down."""

    decisions: list[Due]


class Settle(Act, tag="settle", frozen=True):
    """An office closes the first thing it owes to the meeting."""

    words: str


class Verify(Act, tag="verify", frozen=True):
    """The record is checked."""


Step = (
    Sites | Reports | Grade | Assess | Propose | Sign | Announce | Send | Answers | Warn | Draw | Offer | Figures | Ask | Ahead
    | Convene | Resolve | Settle | Verify
)  # fmt: skip


class OfficeOf(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An office of the story's home and the sign-in that holds it."""

    id: str
    title: str
    roles: list[str]
    sign_in: str


class Story(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A whole story. starts, ends: instants in the home's zone; published: the day reports given by hand count from."""

    name: str
    title: str
    zone: str
    starts: str
    ends: str
    published: str
    toml: str
    offices: list[OfficeOf]
    steps: list[Step]

    def file(self, name: str) -> bytes:
        """Give a data file of the story."""
        return (_folder() / self.name / name).read_bytes()


def names() -> list[str]:
    """List the shipped stories."""
    return sorted(entry.name for entry in _folder().iterdir() if (entry / "story.yaml").is_file())


def load(name: str) -> Story:
    """Read a shipped story. Raises UnknownStory, BadStory."""
    if name not in names():
        raise UnknownStory(
            "There is no replay {given!r}. Replays: {known}.", given=name, known=", ".join(names()) or "none"
        )
    try:
        data = yaml.safe_load((_folder() / name / "story.yaml").read_text(encoding="utf-8"))
        return msgspec.convert(data, Story)
    except (yaml.YAMLError, msgspec.ValidationError) as fault:
        raise BadStory("story.yaml of {name} does not fit: {fault}.", name=name, fault=fault) from None


def _folder() -> Traversable:
    return files("vigie.replays")
