"""No level stands any more: two persons end a level before its time, and its measures follow what holds then, or stand down."""

from vigie import times
from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, queries as levels
from vigie.alert.models import StandDown
from vigie.feeds import actions as feeds
from vigie.ledger.actions import recorded
from vigie.measures import actions as measures, queries as tasks
from vigie.steps.carrying import carry_out, give_way
from vigie.steps.relaying import relay


@recorded
def receive_stand_down(
    actor: Actor, level: str, *, authority: str, words: str, source: str, **given: object
) -> str:
    """Record that a level received stands no longer; words heard that say so are taken. As `alert.actions.receive_stand_down`."""
    made = alert.receive_stand_down(actor, level, authority=authority, words=words, source=source, **given)  # type: ignore[arg-type]
    row = levels.reception(level)
    feeds.settle_end(actor, row.scheme, row.zone, made)
    return made


@recorded
def sign_stand_down(
    actor: Actor, stand_down: str, *, seen: str, agrees: bool = True, reason: str = ""
) -> None:
    """Sign as the second person that a level decided here stands no longer; whoever must stop is told so.

    Raises what `alert.actions.sign_stand_down` does.
    """
    alert.sign_stand_down(actor, stand_down, seen=seen, agrees=agrees, reason=reason)
    _follow(actor, levels.stand_down(stand_down))


@recorded
def look_stand_down(
    actor: Actor, stand_down: str, *, seen: str, agrees: bool = True, reason: str = ""
) -> None:
    """Look as the second person at the end of a level received; as `sign_stand_down`, and the public pages say it."""
    alert.look_stand_down(actor, stand_down, seen=seen, agrees=agrees, reason=reason)
    row = levels.stand_down(stand_down)
    _follow(actor, row)
    relay(actor, row.level)


def _follow(actor: Actor, row: StandDown) -> None:
    """Let measures follow what holds from the hour on: a level for the same zone, or none, where what is around it still asks.

    One that had not begun by that hour never does: its tasks are taken back at once.
    """
    if row.state != "signed":
        return
    ended = levels.level(row.level)
    why = row.reason or row.words
    coming = [s for s in levels.coming() if (s.scheme, s.zone) == (ended.scheme, ended.zone)]
    if row.effective <= max(times.now(), ended.effective):
        give_way(actor, ended, why)
    elif tasks.current(ended.scheme, ended.zone) and not levels.standing_in(
        ended.scheme, ended.zone, row.effective
    ):
        measures.stand_down(actor, ended.id, reason=why)
    for one in coming:
        carry_out(actor, one.id)
