"""Owners give word: by signed link, by telephone to an operator, on paper. On the record all are the same."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, NotFound, Refused
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By
from vigie.measures import kinds, photographs, proofs, queries
from vigie.measures.actions import pressing, proving
from vigie.measures.actions.pressing import Press
from vigie.measures.moves import ANSWERS, Event, MoveRefused, move
from vigie.measures.queries.tasks import Asked

REASON_MOST = 300
"""Signs a reason may hold: enough for a place and a means, too few for a story about a person."""
ROADS = ("phone", "paper")


class BadAnswer(BadInput):
    """An answer that cannot be taken as given."""


class ForeignTask(Refused):
    """The task is another owner's."""


class LinkClosed(NotFound):
    """Nothing is asked of this owner any more: the link is closed."""


def take_by_link(
    token: str,
    given: str,
    *,
    tasks: Iterable[str] = (),
    reason: str = "",
    proof: bytes | None = None,
    via: str = "link",
    key: str = "",
    waited: int = 0,
) -> list[str]:
    """Take an owner's word through their signed link: `received`, doing, done, cannot (with its reason), stopped.

    token: from the link. tasks: those it is about; none = every task the word fits. proof: a file that shows it done. via: `text` when
    a text message stood for the link. key, waited: of an answer that a phone sends by itself (`pressing.read`): sent again
    under one key it counts once. Gives the tasks it moved.
    Must run inside `recording()`; `answer` does by itself. Raises BadLink, LinkClosed, BadAnswer, BadProof, BadPress,
    ForeignTask, MoveRefused, Overtaken.
    """
    link = queries.held_link(token)
    press = pressing.read(key, waited)
    if key and queries.arrived(link.owner, key):
        return []
    if link.closed:
        raise LinkClosed(
            "This page is closed: nothing is asked of you any more. Call the office that wrote to you."
        )
    by = By(person="", office=f"owner:{link.owner}", via=via)
    return _take(
        by,
        link.owner,
        given,
        tuple(tasks),
        reason,
        via=via,
        under=(link.scheme, link.site),
        proof=proof,
        press=press,
    )


answer = recorded(take_by_link)


@verb("measures.answer.take")
def take_down(
    actor: Actor,
    owner: str,
    given: str,
    *,
    via: str,
    tasks: Iterable[str] = (),
    reason: str = "",
    proof: bytes | None = None,
) -> list[str]:
    """Take down an owner's word given by telephone (`phone`) or on paper (`paper`). Gives the tasks it moved.

    proof: a file that shows it done, or the paper scanned. Raises BadAnswer, BadProof, ForeignTask, MoveRefused.
    """
    if via not in ROADS:
        raise BadAnswer(
            "{given!r} is no road of an answer. Expected one of: {known}.", given=via, known=", ".join(ROADS)
        )
    return _take(actor.by(), owner, given, tuple(tasks), reason, via=via, proof=proof)


@verb("measures.answer.take")
def call(actor: Actor, owner: str, *, reached: bool) -> list[str]:
    """Note that an owner was called and reached, or not, without an answer. Gives the tasks it moved."""
    open_tasks = list(queries.open_tasks(owner))
    if not open_tasks:
        raise NotFound("Nothing is asked of {owner} now: there was no need to call.", owner=owner)
    event: Event = "reached" if reached else "failed"
    moved = [
        kinds.Moved(task=task.id, state=move(queries.state(task), event), late=task.late)
        for task in open_tasks
    ]
    append(
        actor.by(), kinds.CALLED, kinds.Called(owner=owner, reached=reached, tasks=moved), subjects=[owner]
    )
    return [one.task for one in moved]


def _take(
    by: By,
    owner: str,
    given: str,
    wanted: Sequence[str],
    reason: str,
    *,
    via: str,
    under: tuple[str, str] = ("", ""),
    proof: bytes | None = None,
    press: Press | None = None,
) -> list[str]:
    event = _event(given)
    if proof is not None:
        proof = _checked_proof(proof, event, via)
    reason = " ".join(reason.split())
    if len(reason) > REASON_MOST:
        raise BadAnswer(
            "The reason holds {count} signs; at most {most} are kept. Name places and means, no person.",
            count=len(reason),
            most=REASON_MOST,
        )
    if event == "cannot" and not reason:
        raise BadAnswer("«Cannot» needs its reason: say what is missing, so that somebody can help.")
    tasks = _own(owner, wanted) if wanted else _fitting(owner, event, *under)
    if press is not None and press.waited:
        tasks = pressing.still_meant(owner, tasks, press)
    moved = [_moved(task, event) for task in tasks]
    same = all(_says_nothing_new(task, one, reason) for task, one in zip(tasks, moved, strict=True))
    if same and (proof is None or queries.same_proof(owner, sha256(proof).hexdigest())):
        return [task.id for task in tasks]  # pressed twice: the word is on the record already
    body = kinds.Answered(
        owner=owner,
        answer=event,
        reason="",
        via=via,
        tasks=moved,
        key=press.key if press else "",
        pressed=press.text if press else "",
    )
    made = append(by, kinds.ANSWERED, body, subjects=[owner, *(one.task for one in moved)][:100])
    if reason:
        answer = f"answer-{made.seq}"
        why = kinds.ReasonGiven(answer=answer, reason=reason)
        append(by, kinds.REASON_GIVEN, why, subjects=[answer, owner])
    if proof is not None:
        proving.keep(by, f"answer-{made.seq}", owner, proof)
    return [one.task for one in moved]


def _checked_proof(proof: bytes, event: Event, via: str) -> bytes:
    """Give what is kept of a file: a photograph without what its camera wrote into it."""
    if event != "done" and via != "paper":
        raise BadAnswer(
            "A file goes with «done», or with an answer on paper as its scan. Send the answer without it."
        )
    return photographs.bare(proof, proofs.media(proof))


def _event(given: str) -> Event:
    for event in ANSWERS:
        if given == event:
            return event
    raise BadAnswer(
        "{given!r} is no answer. Expected one of: {known}.", given=given, known=", ".join(ANSWERS)
    )


def _own(owner: str, wanted: Sequence[str]) -> list[Asked]:
    found = queries.asked(wanted)
    foreign = set(wanted) - {task.id for task in found if task.owner == owner}
    if foreign:
        raise ForeignTask(
            "{tasks} is not a task of {owner}. An owner answers for their own tasks.",
            tasks=", ".join(sorted(foreign)),
            owner=owner,
        )
    return found


def _fitting(owner: str, event: Event, scheme: str, site: str) -> list[Asked]:
    """Give the tasks a word said about all of them is meant for: stopped for those to stop, else those to do.

    scheme, site: only tasks under it, and of the site of this key; "" = of any.
    """
    stopping = event == "stopped"
    found = [
        task for task in queries.asked_of(owner, scheme, site) if (task.state == "stop_asked") is stopping
    ]
    if not found:
        raise MoveRefused(
            "There is no task of {owner} that could be {event!r} now. See the page for what is asked.",
            owner=owner,
            event=event,
        )
    return found


def _moved(task: Asked, event: Event) -> kinds.Moved:
    late = task.late if task.answered else task.overdue
    return kinds.Moved(task=task.id, state=move(task.state, event), late=late)


def _says_nothing_new(task: Asked, moved: kinds.Moved, reason: str) -> bool:
    same = task.answered and moved.state == task.state
    return same and (moved.state != "cannot" or not reason or reason == task.reason)
