"""Services are convened on a question, with a dossier that stands still; what they decide is owed until it is closed."""

from datetime import datetime

from vigie import times
from vigie.accounts import rights
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.queries import office as office_of
from vigie.alert import kinds, queries
from vigie.alert.actions.asking import NoReason, check_reason
from vigie.alert.dossier import Dossier
from vigie.errors import BadInput, Conflict, Refused
from vigie.ledger.actions import append, next_seq
from vigie.ledger.queries import head

BECOMES = ("task", "proposal")


class NotHeldYet(Conflict):
    """A meeting has decided nothing before it is held."""


class NotTheirs(Refused):
    """What another office owes is closed by that office, or by the one that convened the meeting."""


class ClosedAlready(Conflict):
    """What a meeting decided was closed before."""


@verb("alert.meeting.convene")
def convene(
    actor: Actor,
    *,
    title: str,
    question: str,
    agenda: list[str],
    offices: list[str],
    held: datetime,
    dossier: Dossier,
) -> str:
    """Convene offices on a question. The dossier is what the record holds now; it is sealed in the entry.

    Gives the meeting's id. Raises NoReason without a question or offices.
    """
    if not question.strip() or not offices:
        raise NoReason("A meeting needs a question and the offices that are to answer it.")
    size, root = head()
    body = kinds.ConvenedSealed(
        title=title,
        question=question,
        agenda=agenda,
        offices=offices,
        held=times.text(held),
        position=size,
        root=root.hex(),
        dossier=dossier,
        digest=dossier.digest,
    )
    made = f"meeting-{next_seq()}"
    append(actor.by(), kinds.CONVENED_SEALED, body, subjects=[made, *dossier.ids])
    return made


@verb("alert.meeting.resolve")
def resolve(actor: Actor, meeting: str, *, words: str, becomes: str, office: str, due: datetime) -> str:
    """Write down what a meeting decided: the task, or the proposal of a level, that an office owes by a day.

    becomes: `task` or `proposal`; office: id of an office that stands. Gives the outcome's id. Raises NotFound,
    NotHeldYet, NoReason, BadInput for another word, a day that is past, or an office that cannot propose.
    """
    row = queries.meeting(meeting)
    if row.held > times.now():
        raise NotHeldYet(
            "{meeting} is held at {at}. Write down what it decided once it was.",
            meeting=meeting,
            at=times.text(row.held),
        )
    check_reason(words)
    if becomes not in BECOMES:
        raise BadInput(
            "{given!r} is neither a task nor a proposal. Say which of the two the decision becomes.",
            given=becomes,
        )
    owes = office_of(office)
    if becomes == "proposal" and not rights.holds(owes.roles, "alert.level.propose"):
        raise BadInput(
            "{office} proposes no levels. Give the proposal to an office that does, or make it a task.",
            office=office,
        )
    if due <= times.now():
        raise BadInput("{due} is past. Give a day ahead by which it is owed.", due=times.text(due))
    body = kinds.Resolved(meeting=meeting, words=words, becomes=becomes, office=office, due=times.text(due))
    return f"outcome-{append(actor.by(), kinds.RESOLVED, body, subjects=[meeting]).seq}"


@verb("alert.meeting.settle")
def settle(actor: Actor, outcome: str, *, done: bool, words: str, decision: str = "") -> None:
    """Close what a meeting decided: what came of it, or why it is not done.

    decision: id of the proposal that was owed, made since the meeting was convened. Raises NotFound, ClosedAlready,
    NotTheirs, NoReason, BadInput where a proposal is said to be made and none is named that fits.
    """
    row = queries.outcome(outcome)
    if row.closed_at is not None:
        raise ClosedAlready("{outcome} is closed already.", outcome=outcome)
    if actor.office not in {row.office, row.meeting.convened_office}:
        raise NotTheirs(
            "{outcome} is owed by {office}. That office closes it, or the one that convened the meeting.",
            outcome=outcome,
            office=row.office,
        )
    check_reason(words)
    if row.becomes == "proposal" and done:
        made = queries.decision(decision)
        if _place(made.id) < _place(row.meeting_id):
            raise BadInput(
                "{decision} was proposed before {meeting} was convened. Name the proposal that came of it.",
                decision=decision,
                meeting=row.meeting_id,
            )
    elif decision:
        raise BadInput("No proposal came of {outcome}. Leave the decision out.", outcome=outcome)
    body = kinds.Settled(outcome=outcome, done=done, words=words, decision=decision)
    append(
        actor.by(), kinds.SETTLED, body, subjects=[outcome, row.meeting_id, *([decision] if decision else [])]
    )


def _place(id: str) -> int:  # noqa: A002 - the record calls it so
    """Give the number of the entry that made a thing: what came first has the smaller one, within one second too."""
    return int(id.rpartition("-")[2])
