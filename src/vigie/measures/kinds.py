"""Entries of this room. An entry states outcomes: which tasks moved, and to which state."""

from typing import Annotated

import msgspec

from vigie.ledger.kinds import Body, Kind


class Replaced(Body):
    """A rung that gives way to another of its ladder."""

    old: str
    new: str


class PostureSetFirst(Body):
    """A posture as entries told it before measures bore markings."""

    cause: str
    scheme: str
    level: str
    level_words: str
    zone: str
    authority: str
    received: bool
    effective: str
    due: str
    catalogue: str
    catalogue_version: str
    catalogue_digest: str
    active: list[str]
    on: list[str]
    kept: list[str]
    replaced: list[Replaced]
    lifted: list[str]
    words: dict[str, dict[str, str]]
    reason: str
    supersedes: str | None


class Execution(Body):
    """How a measure is carried out. marking: TLP 2.0 label of these words."""

    words: dict[str, str]
    marking: str


class PostureSet(Body):
    """A posture is set for a zone; words: what each measure asks, by language, as it was told to owners.

    cause: the decision or reception it follows from, or the response of a site. level_words: the level in its official
    words. zone: as `places` writes it: a zone, or one site that follows its own response. markings: TLP 2.0 label of each
    measure's words, as the catalogue had it then; executions: how it is carried out, where that is told.
    """

    cause: str
    scheme: str
    level: str
    level_words: str
    zone: str
    authority: str
    received: bool
    effective: str
    due: str
    catalogue: str
    catalogue_version: str
    catalogue_digest: str
    active: list[str]
    on: list[str]
    kept: list[str]
    replaced: list[Replaced]
    lifted: list[str]
    words: dict[str, dict[str, str]]
    markings: dict[str, str]
    executions: dict[str, Execution]
    reason: str
    supersedes: str | None


class Given(Body):
    """One task: a measure asked of an owner at some of its sites. The task's id is made from its place in the list."""

    owner: str
    measure: str
    ladder: str
    kind: str
    sites: list[str]


class TasksGiven(Body):
    """Tasks of a posture, and those that gave way to another rung. Read in older records; `Switched` is written."""

    posture: str
    due: str
    rows: list[Given]
    replaced: list[str]


class StopAsked(Body):
    """Owners are asked to stop `tasks`; `ended` were lifted before anybody was told of them. Read in older records."""

    posture: str
    due: str
    tasks: list[str]
    ended: list[str]


class MessageLine(Body):
    """One measure in a message; task None where none is owed (a permanent measure goes on)."""

    kind: str
    measure: str
    before: str | None
    sites: list[str]
    task: str | None


class Queued(Body):
    """One message to one owner."""

    owner: str
    language: str
    lines: list[MessageLine]


class MessagesQueued(Body):
    """One message for each owner whom a posture tells something. Its id is made from its place. Read in older records."""

    posture: str
    rows: list[Queued]


Place = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
"""A number in a list, from 0."""


class AskedAlike(Body):
    """One measure as all owners of a part are told it.

    sites: their places in each owner's list; task: the place of the task it speaks of; gives: a task is made for it.
    """

    kind: str
    measure: str
    before: str | None
    ladder: str
    sites: list[Place]
    task: Place | None
    gives: bool


class Part(Body):
    """Owners for whom a switch does the same, each at its own places and to its own tasks.

    sites, tasks: those of the first owner, of the second and so on, as many of each; ids of tasks that count on are written
    `task-12-0..9`. lines: what each owner is told, none where it is told nothing. replaced, stop, ended: places of tasks that
    give way, that it is asked to stop, and that end because nobody was told of them.
    """

    language: str
    owners: list[str]
    sites: list[str]
    tasks: list[str]
    lines: list[AskedAlike]
    replaced: list[Place]
    stop: list[Place]
    ended: list[Place]


class Switched(Body):
    """What a posture does to its owners' tasks, and the message each of them gets.

    Tasks are `task-N-0`, `task-N-1` and so on, N being the entry's number, in the order of parts, owners and lines; messages
    likewise, one for each owner of a part that has lines.
    """

    posture: str
    due: str
    parts: list[Part]


class Delivered(Body):
    """Messages got through.

    channel: `file` (written for a person to send) or the kind of channel named in vigie.toml. told: the tasks they
    spoke of; sent: those of them that were waiting for it.
    """

    messages: list[str]
    channel: str
    told: list[str]
    sent: list[str]


class Failed(Body):
    """Messages that did not get through, and why. unreached: tasks whose owner therefore knows nothing."""

    messages: list[str]
    channel: str
    why: str
    unreached: list[str]


class Repeated(Body):
    """Messages about tasks that nobody gave word of left again, or could not.

    wave: 1 the office itself, 2 its deputy, 3 its superior. channel: empty where no address is on record. told, sent: as in
    `Delivered`; both empty where it was not delivered.
    """

    wave: int
    messages: list[str]
    channel: str
    delivered: bool
    why: str
    told: list[str]
    sent: list[str]


class Dropped(Body):
    """Messages not sent because there was nothing left to say: every task they spoke of is closed."""

    messages: list[str]


class Moved(Body):
    """A task and the state an answer brought it to; late: the answer came after it was due."""

    task: str
    state: str
    late: bool


class AnsweredFirst(Body):
    """`Answered` before phones kept answers that were pressed without network."""

    owner: str
    answer: str
    reason: str
    via: str
    tasks: list[Moved]


class Answered(Body):
    """An owner's word about tasks. via: link, phone (taken down by an operator), paper: all the same on the record.

    reason: empty since its words stand in an entry of their own, `ReasonGiven`: they can be erased, the word cannot.
    key: made on the owner's phone at the press, the same however often it sends; pressed: when that was, by the time the phone
    says it then waited. Both empty where no phone said so. The entry's own time is that of arrival.
    """

    owner: str
    answer: str
    reason: str
    via: str
    tasks: list[Moved]
    key: str
    pressed: str


def _pressed_nowhere(body: AnsweredFirst) -> Answered:
    return Answered(**msgspec.structs.asdict(body), key="", pressed="")


class ReasonGiven(Body):
    """Why an owner answered so, in their words. answer: id of the answer."""

    answer: str
    reason: str


class ProofGiven(Body):
    """A file that came with an answer: a photograph or a PDF that shows the thing done, or the paper that was scanned.

    media: its type, as its bytes show; size: in bytes; sha256: over them; key: hex of the key the file is sealed under.
    """

    answer: str
    owner: str
    media: str
    size: int
    sha256: str
    key: str


class Called(Body):
    """An operator tried to reach an owner by voice; tasks: those whose state it changed."""

    owner: str
    reached: bool
    tasks: list[Moved]


class ResponseSet(Body):
    """A site's own response level. received: the level that suggested it, empty when none did.

    reason: empty since its words stand in an entry of their own, `ResponseReason`: they can be erased, the response cannot.
    """

    site: str
    scheme: str
    level: str
    reason: str
    review: str
    received: str


class ResponseEnded(Body):
    """A site holds no response of its own any more."""

    response: str
    site: str


class ResponseReason(Body):
    """Why a site went to a response, or why it holds none any more (`ending`)."""

    response: str
    ending: bool
    reason: str


class DrillCalled(Body):
    """A contact drill is called: each owner is to answer within so many minutes of its message. in_quiet_hours: they break them."""

    minutes: int
    owners: list[str]
    in_quiet_hours: bool


class DrillLeft(Body):
    """Messages of a drill left, or could not, and why. channel as in `Delivered`."""

    drill: str
    owners: list[str]
    channel: str
    delivered: bool
    why: str


class DrillAnswered(Body):
    """An owner answered a drill. The first word alone is kept."""

    drill: str
    owner: str


def _unmarked(body: PostureSetFirst) -> PostureSet:
    return PostureSet(**msgspec.structs.asdict(body), markings={}, executions={})


POSTURE_SET_FIRST = Kind("measures.posture.set", 1, PostureSetFirst, upcast=_unmarked, solemn=True)
POSTURE_SET = Kind("measures.posture.set", 2, PostureSet, solemn=True)
TASKS_GIVEN = Kind("measures.tasks.given", 1, TasksGiven)
STOP_ASKED = Kind("measures.stop.asked", 1, StopAsked)
MESSAGES_QUEUED = Kind("measures.message.queued", 1, MessagesQueued)
SWITCHED = Kind("measures.tasks.switched", 1, Switched)
DELIVERED = Kind("measures.message.delivered", 1, Delivered)
FAILED = Kind("measures.message.failed", 1, Failed)
REPEATED = Kind("measures.message.repeated", 1, Repeated)
DROPPED = Kind("measures.message.dropped", 1, Dropped)
ANSWERED_FIRST = Kind("measures.task.answered", 1, AnsweredFirst, upcast=_pressed_nowhere)
ANSWERED = Kind("measures.task.answered", 2, Answered)
REASON_GIVEN = Kind("measures.answer.reason", 1, ReasonGiven, erasable=True)
PROOF_GIVEN = Kind("measures.proof.given", 1, ProofGiven, erasable=True)
CALLED = Kind("measures.owner.called", 1, Called)
RESPONSE_SET = Kind("measures.response.set", 1, ResponseSet)
RESPONSE_ENDED = Kind("measures.response.ended", 1, ResponseEnded)
RESPONSE_REASON = Kind("measures.response.reason", 1, ResponseReason, erasable=True)
DRILL_CALLED = Kind("measures.drill.called", 1, DrillCalled)
DRILL_LEFT = Kind("measures.drill.left", 1, DrillLeft)
DRILL_ANSWERED = Kind("measures.drill.answered", 1, DrillAnswered)

OF_A_SWITCH = tuple(kind.tag for kind in (POSTURE_SET, SWITCHED))
"""What a level that comes into force, or ends, leaves in this room; so does a site's response."""
OF_A_RESPONSE = (RESPONSE_SET.tag, RESPONSE_ENDED.tag, RESPONSE_REASON.tag, *OF_A_SWITCH)
"""What a site's word about its response leaves."""
