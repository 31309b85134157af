"""Services are convened on a question, with a dossier that stands still."""

from datetime import datetime

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.alert import kinds
from vigie.alert.actions.asking import NoReason
from vigie.ledger.actions import append, next_seq
from vigie.ledger.queries import head


@verb("alert.meeting.convene")
def convene(
    actor: Actor,
    *,
    title: str,
    question: str,
    agenda: list[str],
    offices: list[str],
    held: datetime,
    dossier: list[str],
) -> str:
    """Convene offices on a question. The dossier (ids of what is on the record) is frozen at its present position."""
    if not question.strip() or not offices:
        raise NoReason("A meeting needs a question and the offices that are to answer it.")
    size, root = head()
    body = kinds.Convened(
        title=title,
        question=question,
        agenda=agenda,
        offices=offices,
        held=times.text(held),
        position=size,
        root=root.hex(),
        dossier=dossier,
    )
    made = f"meeting-{next_seq()}"
    append(actor.by(), kinds.CONVENED, body, subjects=[made, *dossier])
    return made
