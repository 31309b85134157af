"""Services are convened on a question: the dossier is all that stands on the record then."""

from collections.abc import Sequence
from datetime import datetime

from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, queries as levels
from vigie.assessment import queries as assessment
from vigie.measures import queries as tasks


def convene(
    actor: Actor, *, title: str, question: str, agenda: Sequence[str], offices: Sequence[str], held: datetime
) -> str:
    """Convene a meeting; its dossier is all that stands on the record at this moment. Gives the meeting's id."""
    return alert.convene(
        actor,
        title=title,
        question=question,
        agenda=list(agenda),
        offices=list(offices),
        held=held,
        dossier=dossier(),
    )


def dossier() -> list[str]:
    """List the ids a meeting is about: levels, assessments and postures that stand."""
    return [
        *(s.id for s in levels.standing()),
        *(a.id for a in assessment.assessments() if a.ended_at is None),
        *(p.id for p in tasks.standing()),
    ]
