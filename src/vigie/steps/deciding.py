"""A level decided here comes into force: by a second person, or by one who broke the glass."""

from collections.abc import Sequence
from typing import Any

from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, moves, queries as levels
from vigie.assessment import queries as evidence
from vigie.ledger.actions import recorded
from vigie.steps.carrying import carry_out, carry_out_alone, give_way


@recorded
def sign(actor: Actor, decision: str, *, seen: str, keep: Sequence[str] = (), keep_reason: str = "") -> None:
    """Sign a proposal as the second person: the level, its hour, and what follows from it; its measures and tasks are given.

    Of a level signed for later the owners learn now, to act from its hour on; what they do goes on until then.

    keep: measures that stay on though the level falls, and why; `seen` covers them. Raises NotActive for one that is not
    on now, NoCatalogue, NoGround when the assessment it names no longer stands on any claim, and what `alert.actions.approve` raises.
    """
    _require_ground(levels.decision(decision).assessment, f"Signing {decision}")
    alert.approve(actor, decision, seen=seen, keep=keep, keep_reason=keep_reason)
    carry_out(actor, decision)


@recorded
def break_glass(actor: Actor, decision: str, *, seen: str, reason: str, hours: int) -> None:
    """Set a proposal in force alone, loudly and for hours only; its measures and tasks are given at once.

    Raises NoGround, and what `alert.actions.break_glass` does.
    """
    _require_ground(levels.decision(decision).assessment, f"Setting {decision}")
    alert.break_glass(actor, decision, seen=seen, reason=reason, hours=hours)
    carry_out_alone(actor, decision)


@recorded
def raise_alone(actor: Actor, *, assessment: str = "", **given: Any) -> str:
    """Propose a level for now and set it in force alone. Takes what `alert.actions.raise_alone` does; raises that, and NoGround."""
    _require_ground(assessment, "Setting a level")
    made = alert.raise_alone(actor, assessment=assessment, **given)
    carry_out_alone(actor, made)
    return made


@recorded
def refuse_glass(actor: Actor, decision: str, reason: str) -> None:
    """Refuse what one person set alone: it ends, and measures follow what holds again. Raises as `alert.actions.refuse_glass`."""
    before = levels.decision(decision)
    stood = before.stage in moves.STANDING
    alert.refuse_glass(actor, decision, reason)
    if stood:
        give_way(actor, before, reason)


def _require_ground(assessment: str, act: str) -> None:
    if assessment:
        evidence.ground(assessment).require(act)
