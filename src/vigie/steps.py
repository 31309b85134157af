"""The way of the data: one short function per step that crosses rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, queries as levels
from vigie.assessment import queries as assessment
from vigie.ledger.actions import recording


@dataclass(frozen=True)
class Grounded:
    """Whether what a proposal rests on still holds, and who differs.

    sentence: what is amiss, empty when nothing is; dissent: words of assessors who differ.
    """

    sentence: str = ""
    dissent: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        """True when nothing speaks for it any more."""
        return bool(self.sentence)


@dataclass(frozen=True)
class Follows:
    """What a level would set in motion."""

    none: str = ""
    on: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    owners: int = 0
    due: datetime | None = None
    gaps: tuple[str, ...] = ()
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


def ground(assessment_id: str) -> Grounded:
    """Say whether the assessment a proposal names still stands on at least one claim, and which dissent there is."""
    if not assessment_id:
        return Grounded()
    found = assessment.ground(assessment_id)
    dissent = tuple(d.words for d in assessment.dissents(assessment_id))
    if found.holds:
        return Grounded(dissent=dissent)
    return Grounded(f"{assessment_id}: nothing speaks for it any more.", dissent)


def what_follows(scheme: str, code: str, zone: str, effective: datetime) -> Follows:
    """Say what a level would set in motion, before anybody signs."""
    del scheme, code, zone, effective
    return Follows(none="No catalogue of measures.")


def sign(actor: Actor, decision: str, *, seen: str) -> None:
    """Approve as the second person."""
    with recording():
        row = levels.decision(decision)
        if row.assessment:
            assessment.ground(row.assessment).require(f"Signing {decision}")
        alert.approve(actor, decision, seen=seen)


def receive(actor: Actor, **given: Any) -> str:
    """Record a level decided elsewhere."""
    return alert.receive(actor, **given)


def look(actor: Actor, reception: str, *, agrees: bool, reason: str = "") -> None:
    """Look as the second person."""
    alert.look(actor, reception, agrees=agrees, reason=reason)


def convene(
    actor: Actor, *, title: str, question: str, agenda: Sequence[str], offices: Sequence[str], held: datetime
) -> str:
    """Convene a meeting; its dossier is all that stands on the record now."""
    return alert.convene(
        actor, title=title, question=question, agenda=list(agenda), offices=list(offices), held=held, dossier=dossier()
    )


def dossier() -> list[str]:
    """List the ids a meeting is about: levels that stand, assessments that stand."""
    return [s.id for s in levels.standing()] + [a.id for a in assessment.assessments() if a.ended_at is None]


def tick() -> dict[str, int]:
    """Do what the tables say is due. Gives how many of each."""
    return {"levels expired": len(alert.note_expiries())}
