"""A level decided here: proposed, written anew, returned, rejected, approved by a second person, announced."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import kinds, moves, queries, regimes, signing
from vigie.alert.actions.asking import check_not_over, check_period, check_reason
from vigie.alert.actions.keeping import check_kept, note_kept
from vigie.alert.actions.replacing import check_newest, for_later, standing_then
from vigie.assessment import queries as evidence
from vigie.editions.actions import keep as keep_edition
from vigie.errors import Conflict, Refused
from vigie.homes import Home
from vigie.ledger.actions import append, next_seq
from vigie.schemes.reader import Scheme, load

REVIEW_AFTER = timedelta(days=15)
"""When a level is looked at again, unless its proposal says when or its scheme asks for it sooner."""


class DecidesNothing(Refused):
    """This home does not decide that scheme there: it receives."""


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
    there is no such assessment, LevelUnchanged when exactly that level stands then already, NotInEdition before or after the
    scheme's edition, EndsByItself or NeedsAnEnd where the scheme says otherwise how its levels end, and Overtaken when a
    newer level stands there.
    """
    return write_proposal(
        actor, scheme=scheme, code=code, zone=zone, reasons=reasons, effective=effective, legal_basis=legal_basis,
        assessment=assessment, until=until, review=review,
    )  # fmt: skip


def write_proposal(
    actor: Actor,
    *,
    scheme: str,
    code: str,
    zone: str,
    reasons: str,
    effective: datetime,
    legal_basis: str,
    assessment: str,
    until: datetime | None,
    review: datetime | None,
) -> str:
    """Append a proposal in the actor's name; part of verbs, it asks no right. Raises what `propose` does."""
    plan = may_decide(scheme, code, zone)
    check_reason(reasons)
    _check_hours(plan, code, effective, until)
    if assessment:
        evidence.assessment(assessment)
    standing = standing_then(plan, zone, effective)
    check_newest(f"{code} for {zone}", effective, standing)
    if any(s.code == code and s.until == until for s in standing):
        raise LevelUnchanged("{code} stands in {zone} already. Nothing would change.", code=code, zone=zone)
    edition = keep_edition(scheme)
    review = review or _first_review(plan, effective)
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
    plan = may_decide(row.scheme, code, row.zone)
    check_reason(reasons)
    _check_hours(plan, code, effective, until)
    if assessment:
        evidence.assessment(assessment)
    review = review or _first_review(plan, effective)
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
    check_reason(reason)
    append(actor.by(), kinds.RETURNED, kinds.Returned(decision=decision, reason=reason), subjects=[decision])


@verb("alert.level.approve")
def reject(actor: Actor, decision: str, reason: str) -> None:
    """Refuse a proposal for good, with a reason."""
    row = queries.decision(decision)
    moves.check(moves.DECISION, row.state, "rejected", decision)
    check_reason(reason)
    append(actor.by(), kinds.REJECTED, kinds.Rejected(decision=decision, reason=reason), subjects=[decision])


@verb("alert.level.approve")
def approve(
    actor: Actor, decision: str, *, seen: str, keep: Sequence[str] = (), keep_reason: str = ""
) -> None:
    """Sign a proposal as the second person: the level and its hour.

    It is in force at once or from that hour on, and takes the place of the zone's earlier ones then; what was signed there for
    later still falls away. seen: digest of what the signer read (`keeping.covering` where measures are kept). Raises SamePerson
    when the signer proposed or edited it, DraftEdited when it changed since, WrongMove when it does not wait, TooLate after its
    end, Overtaken when a newer level stands there, DecidesNothing, NotProven when the signer did not show that it is they.
    """
    row = queries.decision(decision)
    moves.check(moves.DECISION, row.state, "approved", decision)
    plan = may_decide(row.scheme, row.code, row.zone)
    if actor.person == row.proposed_by or actor.person in row.editors:
        raise signing.SamePerson(
            "You proposed or edited this decision. Someone else who may approve ({office}) must sign it.",
            office="alert.level.approve",
        )
    check_kept(seen, row.digest, keep, keep_reason)
    evidence.require_read(row.assessment, actor.person)
    check_not_over(decision, row.until)
    standing = standing_then(plan, row.zone, row.effective)
    check_newest(decision, row.effective, standing)
    ended = [s.id for s in (*standing, *for_later(plan, row.zone, row.effective))]
    body = kinds.Approved(decision=decision, digest=row.digest, supersedes=ended)
    act = append(actor.by(), kinds.APPROVED, body, subjects=[decision, *ended], marking="TLP:CLEAR")
    keep_proof(actor, act, "alert.level.approve", decision, seen)
    note_kept(actor, decision, seen, keep, keep_reason)


@verb("alert.level.announce")
def announce(actor: Actor, level: str, *, announcer: str, where: str, announced: datetime) -> None:
    """Note that a level was told to the public: by which official, where, when. It may be told more than once."""
    row = queries.level(level)
    if not queries.will_stand(level):
        raise moves.WrongMove(
            "{what} is {now!r}: only a level that holds, or is signed for later, can be announced.",
            what=level,
            now=row.stage,
        )
    body = kinds.Announced(level=level, announcer=announcer, where=where, announced=times.text(announced))
    append(actor.by(), kinds.ANNOUNCED, body, subjects=[level], marking="TLP:CLEAR")


def _first_review(plan: Scheme, effective: datetime) -> datetime:
    asked = plan.review_due(effective)
    return min(asked, effective + REVIEW_AFTER) if asked else effective + REVIEW_AFTER


def _check_hours(plan: Scheme, code: str, effective: datetime, until: datetime | None) -> None:
    check_period(effective, until)
    regimes.check_edition(plan, code, effective)
    regimes.check_end(plan, code, until)


def may_decide(scheme: str, code: str, zone: str) -> Scheme:
    """Give the scheme, once it is known that this home decides it there. Raises UnknownLevel, UnknownZone, DecidesNothing."""
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
