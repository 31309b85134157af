"""The way of the data: one short function per step that crosses rooms.

    a proposal   ground -> what_follows -> sign      assessment, measures, alert: signed, and its acts given
    one person   break_glass -> countersign          a level set alone, for hours, until two others speak
    a reception  receive -> look                     alert, measures, warning: what was decided elsewhere
    a meeting    dossier -> convene                  everything that stands, frozen
    a feed       listening.listen -> listening.take  what others say is heard; a person receives it
    the clock    clock.tick, clock.go_out            what falls due, and what goes out to witnesses
    the second   seconds.page_seconds                who may be the second person of what waits is paged

Each runs whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from vigie.accounts.actors import Actor
from vigie.accounts.queries import may
from vigie.alert import actions as alert, moves, queries as levels
from vigie.alert.models import Decision, Reception
from vigie.assessment import queries as assessment
from vigie.errors import Conflict
from vigie.exposure import queries as exposure
from vigie.feeds import actions as feeds
from vigie.ledger.actions import recorded
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.catalogue import Catalogue
from vigie.warning import actions as warning


class StandsStill(Conflict):
    """The measures follow a level that holds."""


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
    """What a level would set in motion, in words.

    none: why nothing would, if so; named: heading and measures; gaps: what would be missed, and whom.
    """

    none: str = ""
    counts: tuple[tuple[str, int], ...] = ()
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
    lost = _("{assessment} has lost its ground: no claim speaks for it any more.").format(
        assessment=assessment_id
    )
    return Grounded(lost, dissent)


def what_follows(scheme: str, code: str, zone: str, effective: datetime) -> Follows:
    """Say what a level would set in motion, before anybody signs: measures, owners, what would be missed."""
    found = tasks.what_follows(scheme, code, zone, effective=effective)
    if found is None:
        return Follows(none=_("No measures are known for this scheme: nobody is tasked by it."))
    switch = found.switch
    replaced = tuple(new for _old, new in switch.replaced)
    headings = (_("switched on"), switch.on), (_("replaced by a higher or lower rung"), replaced), (_("lifted"), switch.lifted), (_("kept"), switch.kept)  # fmt: skip
    return Follows(
        counts=tuple((heading, len(names)) for heading, names in headings),
        owners=found.owners,
        due=found.due,
        gaps=_gaps(),
        named=tuple((heading, _words(found.catalogue, names)) for heading, names in headings),
    )


@recorded
def sign(actor: Actor, decision: str, *, seen: str) -> None:
    """Sign a proposal as the second person; the level is in force, and its measures and tasks are given.

    Raises NoGround when the assessment it names no longer stands on any claim, and what `alert.actions.approve` raises.
    """
    row = levels.decision(decision)
    if row.assessment:
        assessment.ground(row.assessment).require(f"Signing {decision}")
    alert.approve(actor, decision, seen=seen)
    carry_out(actor, decision)


@recorded
def break_glass(actor: Actor, decision: str, *, seen: str, reason: str, hours: int) -> None:
    """Set a proposal in force alone, loudly and for hours only; its measures and tasks are given at once.

    Raises NoGround, and what `alert.actions.break_glass` does.
    """
    row = levels.decision(decision)
    if row.assessment:
        assessment.ground(row.assessment).require(f"Setting {decision}")
    alert.break_glass(actor, decision, seen=seen, reason=reason, hours=hours)
    _carry_out_alone(actor, decision)


@recorded
def raise_alone(actor: Actor, **given: Any) -> str:
    """Propose a level for now and set it in force alone. Takes and raises what `alert.actions.raise_alone` does."""
    made = alert.raise_alone(actor, **given)
    _carry_out_alone(actor, made)
    return made


@recorded
def refuse_glass(actor: Actor, decision: str, reason: str) -> None:
    """Refuse what one person set alone: it ends, and measures follow what holds again. Raises as `alert.actions.refuse_glass`."""
    before = levels.decision(decision)
    alert.refuse_glass(actor, decision, reason)
    if before.state in moves.STANDING:
        _give_way(actor, before, reason)


@recorded
def receive(actor: Actor, **given: Any) -> str:
    """Record a level decided elsewhere; a raise gives its tasks at once and is relayed to the public.

    A second road to a level that was received already is kept as corroboration: two roads count once. A lowering waits for `look`; a period that is over is history, and tasks nobody. Takes and raises what `alert.actions.receive` does. Gives the reception's id.
    """
    same = _received_already(**given)
    if same:
        feeds.second_road(
            actor, same, **{name: given[name] for name in ("authority", "words", "source")}, source_bytes=given.get("source_bytes"),
        )  # fmt: skip
        return same
    made = alert.receive(actor, **given)
    feeds.settle(actor, made)
    if levels.stands(made):
        carry_out(actor, made)
        _relay(actor, made)
    return made


def _received_already(
    *, scheme: str, code: str, zone: str, effective: datetime, until: datetime | None = None, **_words: Any
) -> str:
    """Give the reception of this very level that holds or waits; empty when there is none."""
    same = levels.received_already(scheme, code, zone, effective, until)
    return same.id if same else ""


@recorded
def look(actor: Actor, reception: str, *, agrees: bool, reason: str = "") -> None:
    """Look as the second person: a lowering now holds and asks owners to stop; a raise withdrawn gives way again.

    A lowering that a newer level overtook, or whose period is over, asks nobody anything.
    """
    before, stood = levels.reception(reception), levels.stands(reception)
    alert.look(actor, reception, agrees=agrees, reason=reason)
    if agrees and before.state == "waits for a second" and levels.stands(reception):
        carry_out(actor, reception)
    elif not agrees and stood:
        _give_way(actor, before, reason)
    _relay(actor, reception)


def carry_out(
    actor: Actor, level: str, *, keep: Sequence[str] = (), reason: str = ""
) -> measures.Switched | None:
    """Switch the measures of a level in force, task owners and queue their messages; None without a catalogue."""
    if tasks.catalogue(levels.level(level).scheme) is None:
        return None
    return measures.switch(actor, level, keep=keep, reason=reason)


@recorded
def follow(actor: Actor, posture: str) -> None:
    """Let measures follow what holds now, where their level ended by itself: switched to it, or stood down.

    The clock ends a level by the hour a person signed; what places must do is a person's to order. Raises NotFound,
    StandsStill when the posture's level holds.
    """
    row = tasks.posture(posture)
    if row not in left_behind():
        raise StandsStill(
            "The measures of {posture} follow a level that holds, or have ended.", posture=posture
        )
    _give_way(actor, levels.level(row.cause), reason="")


def left_behind() -> list[tasks.PostureRow]:
    """List the postures whose level ended by itself, so that places still do what it asked."""
    found = []
    for row in tasks.standing():
        ended = row.level and levels.level(row.cause).state in {"expired", "lapsed"}
        holds = levels.standing_in(row.scheme, row.zone) if ended else None
        if ended and (holds is None or holds.code != row.level):
            found.append(row)
    return found


def _give_way(actor: Actor, ended: Decision | Reception, reason: str) -> None:
    """Let measures follow the level that holds again where one ended by a person's word; stand down where none does."""
    again = levels.standing_in(ended.scheme, ended.zone)
    if again:
        carry_out(actor, again.id)
    elif tasks.current(ended.scheme, ended.zone):
        measures.stand_down(actor, ended.id, reason=reason)


def _carry_out_alone(actor: Actor, decision: str) -> None:
    if tasks.catalogue(levels.level(decision).scheme) is not None:
        measures.follow_glass(actor, decision)


@recorded
def catch_up(actor: Actor) -> int:
    """Give the tasks of the levels that stand to owners and places that came since. Gives the number of tasks given.

    Places may become known after a level was set; a person then orders what each of them owes.
    """
    given = 0
    for posture in tasks.standing():
        made = measures.catch_up(actor, posture.id)
        given += made.tasks if made else 0
    return given


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


def _relay(actor: Actor, level: str) -> None:
    """Make the public pages anew after a person's act on a level, if their office may."""
    if may(actor, "warning.page.publish") and not isinstance(levels.level(level), Decision):
        warning.publish(actor, because=level)


def _gaps() -> tuple[str, ...]:
    found = exposure.gaps()
    unreachable = [owner.name for owner in exposure.owners() if exposure.contact(owner.id) is None]
    lines = (
        (len(found.ownerless), _("Sites nobody answers for, where nobody is told to act: {count}")),
        (len(found.unknown_owners), _("Sites whose owner is not in the list: {count}")),
        (len(unreachable), _("Owners without a contact, who cannot be reached: {count}")),
    )
    return tuple(line.format(count=count) for count, line in lines if count)


def _words(catalogue: Catalogue, names: Sequence[str]) -> tuple[str, ...]:
    spoken = translation.get_language() or "en"
    found = (catalogue.measure(name) for name in names)
    return tuple(f"{m.id} – {m.words.get(spoken) or next(iter(m.words.values()))}" for m in found)
