"""The way of the data: one short function per step that crosses rooms.

    a proposal   ground -> what_follows -> sign      assessment, measures, alert: signed, and its acts given
    one person   break_glass -> countersign          a level set alone, for hours, until two others speak
    a reception  receive -> look                     alert, measures, warning: what was decided elsewhere
    a meeting    dossier -> convene                  everything that stands, frozen
    the clock    tick                                what falls due; the second persons are paged; what is over its term goes
    the others   go_out                              witnesses and time stamps

Each runs whole or not at all.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from vigie import times
from vigie.accounts import paging, queries as offices
from vigie.accounts.actions import note_page
from vigie.accounts.actions.reading import take_up_readings
from vigie.accounts.actions.refusing import take_up
from vigie.accounts.actors import Actor
from vigie.accounts.queries import may
from vigie.alert import actions as alert, moves, queries as levels
from vigie.alert.models import Decision, Reception
from vigie.assessment import queries as assessment
from vigie.desk.pagers import kind as pager_kind
from vigie.desk.queries import pagers
from vigie.erasure import actions as erasure
from vigie.errors import Conflict
from vigie.exposure import queries as exposure
from vigie.homes import Home
from vigie.ledger import holds
from vigie.ledger.actions import by_one_clock, recorded
from vigie.ledger.backups import actions as backups
from vigie.ledger.proofs.actions import keep_tiles
from vigie.ledger.second.actions import sign_again
from vigie.ledger.stamps import actions as stamps
from vigie.ledger.witnesses import actions as witnesses
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.catalogue import Catalogue
from vigie.measures.channels import Letter, naming, send
from vigie.partners import queries as releases
from vigie.warning import actions as warning, queries as messages


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

    A lowering waits for `look`. Takes and raises what `alert.actions.receive` does. Gives the reception's id.
    """
    made = alert.receive(actor, **given)
    if levels.reception(made).state in moves.STANDING:
        carry_out(actor, made)
        _relay(actor, made)
    return made


@recorded
def look(actor: Actor, reception: str, *, agrees: bool, reason: str = "") -> None:
    """Look as the second person: a lowering now holds and asks owners to stop; a raise withdrawn gives way again."""
    before = levels.reception(reception)
    alert.look(actor, reception, agrees=agrees, reason=reason)
    if agrees and before.state == "waits for a second":
        carry_out(actor, reception)
    elif not agrees and before.state in moves.STANDING:
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


@dataclass(frozen=True)
class Asked:
    """Something that waits for another person. version: changes when it was written anew. first: who cannot be the second."""

    about: str
    version: str
    right: str
    first: frozenset[str]


def waiting_for_another() -> list[Asked]:
    """List what waits for a second person, in every room: levels, receptions, warnings, releases, offices."""
    return [
        *(
            Asked(d.id, d.digest, "alert.level.approve", frozenset({d.proposed_by, *d.editors}))
            for d in levels.proposals()
            if d.state == "proposed"
        ),
        *(
            Asked(d.id, "alone", "alert.glass.countersign", frozenset({d.broken_by, d.proposed_by, d.countersigned_by, *d.editors}))
            for d in levels.broken()
        ),
        *(Asked(r.id, "", "alert.level.look", frozenset({r.received_by})) for r in levels.unlooked()),
        *(
            Asked(m.id, m.digest, "warning.message.approve", frozenset({m.drafted_by, *m.authors}))
            for m in messages.waiting()
        ),
        *(
            Asked(r.id, r.digest, "partners.release.approve", frozenset({r.proposed_by}))
            for r in releases.releases("proposed")
        ),
        *(
            Asked(m.id, "", "accounts.move.confirm", frozenset({m.proposed_by, m.person}))
            for m in offices.moves_waiting()
        ),
    ]  # fmt: skip


def page_seconds(home: Home) -> list[bool]:
    """Page who may be the second person of what waits: holders at once, deputies after the home's minutes.

    Gives for each page whether it was delivered. Outside of any transaction: a slow mail server must not hold the
    record. No right is asked: it tells people what waits, and nothing of what it is. Raises Sending when another run is
    at it; a home that is held sends nothing.
    """
    if holds.standing(home.path, "sending") is not None:
        return []
    with measures.alone(home):
        asked = waiting_for_another()
        sent = offices.pages_about(one.about for one in asked)
        return [
            _page(home, second, one, address)
            for one in asked
            for second, address in _to_page(home, one, sent.get((one.about, one.version), []))
        ]


def _to_page(home: Home, asked: Asked, tried: Sequence[paging.Tried]) -> list[tuple[paging.Second, str]]:
    seconds = [second for second in offices.seconds(asked.right) if second.person not in asked.first]
    reachable = pagers(second.person for second in seconds)
    now = times.now()
    # Counted from the first page: a home that slept must not wake everybody at once.
    since = min((t.at for t in tried), default=now)
    due = paging.due(seconds, tried, reachable, since=since, now=now, deputies_after=home.deputies_after)
    return [(second, reachable[second.person]) for second in due]


def _page(home: Home, second: paging.Second, asked: Asked, address: str) -> bool:
    kind = pager_kind(address)
    with translation.override(home.languages[0]):
        words = _("Something waits for you as the second person: open {address}").format(address=home.address)
    title = f"{home.frame} – {home.title}" if home.exercise else home.title
    letter = Letter(
        owner=second.person,
        owner_name="",
        mail=address if kind == "mail" else "",
        phone=address if kind == "phone" else "",
        subject=title,
        text=f"{title}: {words}",
    )
    outcome = send([address] if kind == "apprise" else naming(home.channels), letter)
    note_page(
        second,
        asked.about,
        asked.version,
        delivered=outcome.delivered,
        channel=outcome.channel,
        why=outcome.why,
    )
    return outcome.delivered


@by_one_clock
def tick() -> dict[str, int]:
    """Do what the tables say is due, as `_due` lists it. Gives how many of each; what is held counts none.

    One that fails does not keep the others from being done; the first fault is raised at the end.
    """
    home: Home = settings.VIGIE_HOME
    done: dict[str, int] = {}
    faults: list[Exception] = []
    for doing in _due(home):
        try:
            done |= doing()
        except holds.Held:
            continue
        except Exception as fault:  # noqa: BLE001 - raised below, once the others had their turn
            faults.append(fault)
    if faults:
        raise faults[0]
    return done


def _due(home: Home) -> tuple[Callable[[], dict[str, int]], ...]:
    """List what the clock does, in its order."""
    return (
        lambda: {"levels expired": len(alert.note_expiries())},
        lambda: _paged(home),
        lambda: _delivered(home),
        lambda: {"refusals noted": take_up()},
        lambda: {"readings noted": take_up_readings()},
        lambda: {"entries erased": erasure.enforce()},
        _tiles_kept,
        lambda: {"checkpoints signed a second time": sign_again()},
        lambda: {"backups made": backups.back_up_when_due()},
        lambda: {"backups tried out": backups.rehearse_when_due()},
    )


def _paged(home: Home) -> dict[str, int]:
    paged = page_seconds(home)
    return {"second persons paged": sum(paged), "pages failed": len(paged) - sum(paged)}


def _tiles_kept() -> dict[str, int]:
    keep_tiles()
    return {}


def _delivered(home: Home) -> dict[str, int]:
    sent = measures.deliver_due(home)
    return {"messages delivered": sent.delivered, "messages failed": sent.failed}


def go_out() -> None:
    """Show the newest checkpoint to the record's witnesses, and have what waits stamped. Never inside a transaction.

    What somebody outside does not do is told and tried again; it stops nothing but what vigie.toml says it must.
    """
    witnesses.exchange()
    fault = stamps.stamp_due().fault
    if fault is not None:
        logging.getLogger("vigie").warning("%s", fault)


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
