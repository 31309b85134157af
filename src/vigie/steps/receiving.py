"""A level decided elsewhere is received, and looked at by a second person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, queries as levels
from vigie.feeds import actions as feeds
from vigie.ledger.actions import recorded
from vigie.steps.carrying import carry_out, give_way
from vigie.steps.relaying import relay


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
    if levels.will_stand(made):
        carry_out(actor, made)
        relay(actor, made)
    return made


def _received_already(
    *, scheme: str, code: str, zone: str, effective: datetime, until: datetime | None = None, **_words: Any
) -> str:
    """Give the reception of this very level that holds or waits; empty when there is none."""
    same = levels.received_already(scheme, code, zone, effective, until)
    return same.id if same else ""


@recorded
def look(
    actor: Actor,
    reception: str,
    *,
    agrees: bool,
    reason: str = "",
    keep: Sequence[str] = (),
    keep_reason: str = "",
    seen: str = "",
) -> None:
    """Look as the second person: a lowering now holds and asks owners to stop; a raise withdrawn gives way again.

    keep: measures that stay on though the level falls, and why; `seen` covers them. A lowering that a newer level overtook, or whose period is over, asks nobody anything.
    """
    before, stood = levels.reception(reception), levels.will_stand(reception)
    alert.look(actor, reception, agrees=agrees, reason=reason, keep=keep, keep_reason=keep_reason, seen=seen)
    if agrees and before.state == "waits for a second" and levels.will_stand(reception):
        carry_out(actor, reception)
    elif not agrees and stood:
        give_way(actor, before, reason)
    relay(actor, reception)
