"""Measures follow the level that holds: switched to it, brought up with it, stood down where it ended."""

from vigie.accounts.actors import Actor
from vigie.alert import queries as levels
from vigie.alert.models import Decision, Reception
from vigie.errors import Conflict
from vigie.ledger.actions import recorded
from vigie.measures import actions as measures, queries as tasks


class StandsStill(Conflict):
    """The measures follow a level that holds."""


def carry_out(actor: Actor, level: str) -> measures.Switched | None:
    """Switch the measures of a level in force, task owners and queue their messages; None without a catalogue.

    Measures that whoever signed the level keeps on stay on, for the reason they gave.
    """
    kept = levels.kept(level)
    if tasks.catalogue(levels.level(level).scheme) is None and not kept:
        return None
    return measures.switch(
        actor, level, keep=kept.measures if kept else (), reason=kept.reason if kept else ""
    )


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
    give_way(actor, levels.level(row.cause), reason="")


def left_behind() -> list[tasks.PostureRow]:
    """List the postures whose level ended by itself, so that places still do what it asked."""
    found = []
    for row in tasks.standing():
        ended = row.level and levels.level(row.cause).stage in {"expired", "lapsed", "stood down"}
        holds = levels.standing_in(row.scheme, row.zone) if ended else None
        if ended and (holds is None or holds.code != row.level):
            found.append(row)
    return found


def give_way(actor: Actor, ended: Decision | Reception, reason: str) -> None:
    """Let measures follow the level that holds again where one ended by a person's word; stand down where none does."""
    again = levels.standing_in(ended.scheme, ended.zone)
    if again:
        carry_out(actor, again.id)
    elif tasks.current(ended.scheme, ended.zone):
        measures.stand_down(actor, ended.id, reason=reason)


def carry_out_alone(actor: Actor, decision: str) -> None:
    """Switch the measures of a level that the actor set alone; nothing without a catalogue."""
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
