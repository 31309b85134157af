"""What people do with levels: propose, return, reject, approve, announce, receive, look, convene.

Every road (console, API, command line, replay) calls these; each checks the right and the rules, then appends
one entry.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.alert import kinds, moves, queries, scope, signing
from vigie.alert.models import Reception
from vigie.assessment import queries as evidence
from vigie.errors import BadInput, Conflict, Refused
from vigie.homes import Home
from vigie.ledger.actions import append, next_seq, recording
from vigie.ledger.kinds import By
from vigie.ledger.queries import head
from vigie.schemes.reader import Scheme, digest as edition_of, load

REVIEW_AFTER = timedelta(days=15)


class DecidesNothing(Refused):
    """This home does not decide that scheme there: it receives."""


class NoReason(BadInput):
    """An act that needs a reason came without one."""


class ReceivedAlready(Conflict):
    """The same level came by another road already."""


class LevelUnchanged(Conflict):
    """The level to be set stands already."""


@verb("alert.level.propose")
def propose(
    actor: Actor,
    *,
    scheme: str,
    code: str,
    zone: str,
    reasons: str,
    effective: datetime,
    legal_basis: str = "",
    assessment: str = "",
    until: datetime | None = None,
    review: datetime | None = None,
) -> str:
    """Propose a level. It holds nothing until a second person approves. Gives the decision's id.

    Raises UnknownLevel, UnknownZone, DecidesNothing when this home does not decide there, NoReason, NotFound when
    there is no such assessment, and LevelUnchanged when exactly that level stands already.
    """
    plan = _may_decide(scheme, code, zone)
    _check_reason(reasons)
    _check_period(effective, until)
    if assessment:
        evidence.assessment(assessment)
    if any(s.code == code and s.until == until for s in scope.covered_by(plan, queries.standing(), zone)):
        raise LevelUnchanged("{code} stands in {zone} already. Nothing would change.", code=code, zone=zone)
    edition = edition_of(scheme)
    review = review or effective + REVIEW_AFTER
    seen = signing.digest(
        scheme=scheme, edition=edition, code=code, zone=zone, reasons=reasons, legal_basis=legal_basis,
        assessment=assessment, effective=effective, until=until, review=review,
    )  # fmt: skip
    body = kinds.Proposed(
        scheme=scheme,
        edition=edition,
        code=code,
        zone=zone,
        reasons=reasons,
        legal_basis=legal_basis,
        assessment=assessment,
        effective=times.text(effective),
        until=times.text(until) if until else None,
        review=times.text(review),
        digest=seen,
    )
    made = f"decision-{next_seq()}"
    append(actor.by(), kinds.PROPOSED, body, subjects=[made, zone])
    return made


@verb("alert.level.propose")
def revise(
    actor: Actor,
    decision: str,
    *,
    code: str,
    reasons: str,
    effective: datetime,
    legal_basis: str = "",
    assessment: str = "",
    until: datetime | None = None,
    review: datetime | None = None,
) -> None:
    """Write a returned or waiting proposal anew: what was seen before can no longer be signed."""
    row = queries.decision(decision)
    if row.state != "proposed":
        moves.check(moves.DECISION, row.state, "proposed", decision)
    _may_decide(row.scheme, code, row.zone)
    _check_reason(reasons)
    _check_period(effective, until)
    if assessment:
        evidence.assessment(assessment)
    review = review or effective + REVIEW_AFTER
    seen = signing.digest(
        scheme=row.scheme, edition=row.edition, code=code, zone=row.zone, reasons=reasons, legal_basis=legal_basis,
        assessment=assessment, effective=effective, until=until, review=review,
    )  # fmt: skip
    body = kinds.Revised(
        decision=decision,
        code=code,
        reasons=reasons,
        legal_basis=legal_basis,
        assessment=assessment,
        effective=times.text(effective),
        until=times.text(until) if until else None,
        review=times.text(review),
        digest=seen,
    )
    append(actor.by(), kinds.REVISED, body, subjects=[decision])


@verb("alert.level.approve")
def return_(actor: Actor, decision: str, reason: str) -> None:
    """Send a proposal back to be written anew, with a reason."""
    row = queries.decision(decision)
    moves.check(moves.DECISION, row.state, "returned", decision)
    _check_reason(reason)
    append(actor.by(), kinds.RETURNED, kinds.Returned(decision=decision, reason=reason), subjects=[decision])


@verb("alert.level.approve")
def reject(actor: Actor, decision: str, reason: str) -> None:
    """Refuse a proposal for good, with a reason."""
    row = queries.decision(decision)
    moves.check(moves.DECISION, row.state, "rejected", decision)
    _check_reason(reason)
    append(actor.by(), kinds.REJECTED, kinds.Rejected(decision=decision, reason=reason), subjects=[decision])


@verb("alert.level.approve")
def approve(actor: Actor, decision: str, *, seen: str) -> None:
    """Sign a proposal as the second person; the level is in force and takes the place of the zone's earlier ones.

    seen: digest of what the signer read. Raises SamePerson when the signer proposed or edited it, DraftEdited
    when it changed since, WrongMove when it does not wait, DecidesNothing.
    """
    row = queries.decision(decision)
    moves.check(moves.DECISION, row.state, "in force", decision)
    plan = _may_decide(row.scheme, row.code, row.zone)
    if actor.person == row.proposed_by or actor.person in row.editors:
        raise signing.SamePerson(
            "You proposed or edited this decision. Someone else who may approve ({office}) must sign it.",
            office="alert.level.approve",
        )
    signing.check_seen(seen, row.digest)
    ended = [s.id for s in scope.covered_by(plan, queries.standing(), row.zone)]
    body = kinds.Approved(decision=decision, digest=seen, supersedes=ended)
    append(actor.by(), kinds.APPROVED, body, subjects=[decision, *ended], marking="TLP:CLEAR")


@verb("alert.level.announce")
def announce(actor: Actor, level: str, *, announcer: str, where: str, announced: datetime) -> None:
    """Note that a level was told to the public: by which official, where, when. It may be told more than once."""
    row = queries.level(level)
    if row.state not in moves.STANDING:
        raise moves.WrongMove(
            "{what} is {now!r}: only a level that holds can be announced.", what=level, now=row.state
        )
    body = kinds.Announced(level=level, announcer=announcer, where=where, announced=times.text(announced))
    append(actor.by(), kinds.ANNOUNCED, body, subjects=[level], marking="TLP:CLEAR")


@verb("alert.level.receive")
def receive(
    actor: Actor,
    *,
    scheme: str,
    code: str,
    zone: str,
    authority: str,
    words: str,
    source: str,
    effective: datetime,
    until: datetime | None = None,
    source_bytes: bytes | None = None,
) -> str:
    """Record a level decided elsewhere, in its authority's exact words; never as ours. Gives the reception's id.

    One person suffices to raise: it holds at once, shown as «one person» until a second has looked. A lowering
    waits for the second person. source: address or description; source_bytes: the file itself, if there is one.
    Raises UnknownLevel, UnknownZone, NoReason when authority, words or source are missing, ReceivedAlready when
    the same change came already by another road.
    """
    plan = load(scheme)
    level = plan.level(code)
    plan.check_zone(zone)
    for name, given in (("authority", authority), ("words", words), ("source", source)):
        if not given.strip():
            raise NoReason(
                "A level received needs its {name}: who decided, in which words, read where.", name=name
            )
    _check_period(effective, until)
    same = (
        Reception.objects.filter(scheme=scheme, code=code, zone=zone, ended_at__isnull=True)
        .exclude(state="withdrawn")
        .first()
    )
    if same:
        raise ReceivedAlready(
            "{code} for {zone} was received already on {at} ({id}). Two roads count once.",
            code=code, zone=zone, at=times.text(same.received_at), id=same.id,
        )  # fmt: skip
    before = [s for s in scope.covered_by(plan, queries.standing(), zone) if s.received]
    lowers = any(plan.level(s.code).rank > level.rank for s in before)
    body = kinds.Received(
        scheme=scheme,
        edition=edition_of(scheme),
        code=code,
        zone=zone,
        authority=authority,
        words=words,
        source=source,
        source_sha256=sha256(source_bytes if source_bytes is not None else words.encode()).hexdigest(),
        effective=times.text(effective),
        until=times.text(until) if until else None,
        state="waits for a second" if lowers else "one person",
        supersedes=[] if lowers else [s.id for s in before],
    )
    made = f"reception-{next_seq()}"
    append(actor.by(), kinds.RECEIVED, body, subjects=[made, zone, *body.supersedes], marking="TLP:CLEAR")
    return made


@verb("alert.level.look")
def look(actor: Actor, reception: str, *, agrees: bool, reason: str = "") -> None:
    """Look as the second person at a level received: it holds, or it is withdrawn with a reason.

    Raises SamePerson when the receiver looks at their own, NoReason when a withdrawal has none.
    """
    row = queries.reception(reception)
    moves.check(moves.RECEPTION, row.state, "in force" if agrees else "withdrawn", reception)
    if actor.person == row.received_by:
        raise signing.SamePerson("You received this level yourself. Someone else must look at it.")
    if not agrees:
        _check_reason(reason)
    plan = load(row.scheme)
    lowered = row.state == "waits for a second" and agrees
    ended = (
        [s.id for s in scope.covered_by(plan, queries.standing(), row.zone) if s.received and s.id != row.id]
        if lowered
        else []
    )
    restored = [] if agrees or row.state != "one person" else _ended_by(row)
    body = kinds.Looked(
        reception=reception, agrees=agrees, reason=reason, supersedes=ended, restores=restored
    )
    append(actor.by(), kinds.LOOKED, body, subjects=[reception, *ended])


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


def note_expiries() -> list[str]:
    """Note every level that reached the hour a person set for it. Gives their ids.

    No right is asked: the hour was decided and signed with the level; this only writes down that it came.
    """
    with recording():
        ended = [row.id for row in queries.ended_by_the_clock()]
        for level in ended:
            append(
                By(person="", office="", via="clock"),
                kinds.EXPIRED,
                kinds.Expired(level=level),
                subjects=[level],
            )
    return ended


def _ended_by(row: Reception) -> list[str]:
    """List the receptions that this one took the place of."""
    earlier = Reception.objects.filter(
        scheme=row.scheme, zone=row.zone, state="superseded", ended_at=row.received_at
    )
    return [r.id for r in earlier]


def _may_decide(scheme: str, code: str, zone: str) -> Scheme:
    home: Home = settings.VIGIE_HOME
    plan = load(scheme)
    plan.level(code)
    plan.check_zone(zone)
    if not home.may_decide(scheme, zone):
        raise DecidesNothing(
            "This home does not decide {scheme} in {zone}. Record what its authority decided instead (receive), or name scheme and zone under [[decides]] in vigie.toml.",
            scheme=scheme,
            zone=zone,
        )
    return plan


def _check_reason(given: str) -> None:
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def _check_period(effective: datetime, until: datetime | None) -> None:
    for given in (effective, until):
        if given is not None:
            times.text(given)  # refuses an instant without a zone, or in a year nobody can reckon with
    if until is not None and until <= effective:
        raise BadInput(
            "The level would end ({until}) before it takes effect ({effective}). Set a later end.",
            until=until,
            effective=effective,
        )
