"""Breaking the glass: one person sets a level, loudly and for hours only; two others countersign it, or it ends.

Never to lower, never for later, never twice in one place before two others have spoken about the first time.
"""

from datetime import timedelta

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.queries import may
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import kinds, moves, queries, scope, signing
from vigie.alert.actions.asking import check_not_over, check_reason
from vigie.alert.actions.deciding import may_decide, write_proposal
from vigie.alert.actions.replacing import for_later
from vigie.alert.models import Decision
from vigie.assessment import queries as evidence
from vigie.errors import BadInput, Conflict, Refused
from vigie.ledger.actions import append
from vigie.ledger.projections import Written
from vigie.schemes.reader import Scheme

LONGEST = timedelta(hours=6)
"""How long a level may stand on one person's word: time enough to wake two others, too short to govern with."""


class OnlyUpwards(Refused):
    """One person may raise a level, never lower it or keep it."""


class NotYet(Refused):
    """The level would take effect later: there is time for a second person."""


class TooLong(BadInput):
    """It would stand longer than one person may let it."""


class SignInstead(Conflict):
    """Who would break the glass may sign as the second person."""


class GlassOwed(Conflict):
    """The glass was broken here already, and two others have not spoken about that yet."""


class NotOwed(Conflict):
    """Nothing is to be countersigned."""


@verb("alert.glass.break")
def break_glass(actor: Actor, decision: str, *, seen: str, reason: str, hours: int) -> None:
    """Set a proposal in force alone, for at most `hours` (1 to 6) unless two others countersign it.

    seen: digest of what was read. What stood before is not ended: it holds again when this ends. Raises OnlyUpwards,
    NotYet, TooLong, SignInstead when one may be the second person, GlassOwed, NoReason, DraftEdited, WrongMove,
    DecidesNothing, NotProven.
    """
    act = _break(actor, queries.decision(decision), seen, reason, hours)
    keep_proof(actor, act, "alert.glass.break", decision, seen)


@verb("alert.glass.break")
def raise_alone(
    actor: Actor,
    *,
    scheme: str,
    code: str,
    zone: str,
    reasons: str,
    reason: str,
    hours: int,
    legal_basis: str = "",
    assessment: str = "",
) -> str:
    """Propose a level for now and set it in force alone, in one act. Gives the decision's id.

    reasons: why the level; reason: why no second person. Raises what `propose` and `break_glass` do.
    """
    made = write_proposal(
        actor, scheme=scheme, code=code, zone=zone, reasons=reasons, effective=times.now(), legal_basis=legal_basis,
        assessment=assessment, until=None, review=None,
    )  # fmt: skip
    row = queries.decision(made)
    _break(actor, row, row.digest, reason, hours)
    return made


@verb("alert.glass.countersign")
def countersign(actor: Actor, decision: str, *, seen: str) -> bool:
    """Sign what one person set alone. Gives True when it is the second signature: the level is then decided as any other.

    One that has ended meanwhile is countersigned all the same: two others must have seen it. Raises NotOwed, SamePerson
    for who set, proposed, edited or countersigned it already, DraftEdited, NotProven.
    """
    row = _owed(decision)
    _check_another(actor, row)
    signing.check_seen(seen, row.digest)
    evidence.require_read(row.assessment, actor.person)
    complete = bool(row.countersigned_by)
    ended: list[str] = []
    if complete and row.state == "alone":
        plan = may_decide(row.scheme, row.code, row.zone)
        standing = scope.covered_by(plan, queries.standing(), row.zone)
        if row.id in {s.id for s in standing}:  # its hour may be past, and the clock not have noted it yet
            later = for_later(plan, row.zone, times.now())
            ended = [s.id for s in (*standing, *later) if s.id != row.id]
        else:
            raise moves.WrongMove("{what} reached its hour a moment ago. Do it again.", what=decision)
    body = kinds.Countersigned(decision=decision, digest=seen, complete=complete, supersedes=ended)
    act = append(actor.by(), kinds.COUNTERSIGNED, body, subjects=[decision, *ended])
    keep_proof(actor, act, "alert.glass.countersign", decision, seen)
    return complete


@verb("alert.glass.countersign")
def refuse_glass(actor: Actor, decision: str, reason: str) -> None:
    """Find that it should not have been set: it ends now. Raises NotOwed, SamePerson, NoReason."""
    row = _owed(decision)
    _check_another(actor, row)
    check_reason(reason)
    append(
        actor.by(),
        kinds.GLASS_REFUSED,
        kinds.GlassRefused(decision=decision, reason=reason),
        subjects=[decision],
    )


def _break(actor: Actor, row: Decision, seen: str, reason: str, hours: int) -> Written:
    now = times.now()
    moves.check(moves.GLASS, row.state, "alone", row.id)
    plan = may_decide(row.scheme, row.code, row.zone)
    signing.check_seen(seen, row.digest)
    evidence.require_read(row.assessment, actor.person)
    check_reason(reason)
    _check_hours(hours)
    if row.effective > now:
        raise NotYet(
            "{decision} takes effect at {at}: there is time for a second person to sign. The glass is broken for now only.",
            decision=row.id,
            at=row.effective,
        )
    if actor.person not in {row.proposed_by, *row.editors} and may(actor, "alert.level.approve"):
        raise SignInstead("You may sign {decision} as the second person: do that.", decision=row.id)
    check_not_over(row.id, row.until)
    _check_upwards(plan, row)
    owed = Decision.objects.filter(scheme=row.scheme, zone=row.zone, glass="owed").first()
    if owed:
        raise GlassOwed(
            "The glass was broken here before ({id}), and two others have not countersigned that. It is not broken twice.",
            id=owed.id,
        )
    body = kinds.GlassBroken(
        decision=row.id, digest=seen, reason=reason, until=times.text(now + timedelta(hours=hours))
    )
    return append(actor.by(), kinds.GLASS_BROKEN, body, subjects=[row.id], marking="TLP:CLEAR")


def _check_hours(hours: int) -> None:
    most = int(LONGEST / timedelta(hours=1))
    if not 1 <= hours <= most:
        raise TooLong(
            "One person may set a level for 1 to {most} hours; {given} were given. Two others can make it last.",
            given=hours,
            most=most,
        )


def _check_upwards(plan: Scheme, row: Decision) -> None:
    rank = plan.level(row.code).rank
    holding = queries.holds(row.scheme, row.zone)
    stands = [*([holding.winner] if holding else ()), *scope.covered_by(plan, queries.standing(), row.zone)]
    highest = max((plan.level(s.code).rank for s in stands), default=1)
    if rank <= highest:
        raise OnlyUpwards(
            "{code} in {zone} would not raise what holds there. One person alone may only raise; a second must sign this.",
            code=row.code,
            zone=row.zone,
        )


def _owed(decision: str) -> Decision:
    row = queries.decision(decision)
    if row.glass != "owed":
        raise NotOwed("Nothing is to be countersigned on {decision}.", decision=decision)
    return row


def _check_another(actor: Actor, row: Decision) -> None:
    if actor.person in {row.broken_by, row.proposed_by, *row.editors, row.countersigned_by}:
        raise signing.SamePerson(
            "You set, wrote or countersigned {decision} already. Two others must countersign it.",
            decision=row.id,
        )
