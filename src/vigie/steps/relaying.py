"""The public pages say what a person's act on a level brought about."""

from vigie.accounts.actors import Actor
from vigie.accounts.queries import may
from vigie.alert import queries as levels
from vigie.alert.models import Decision
from vigie.warning import actions as warning


def relay(actor: Actor, level: str) -> None:
    """Make the public pages anew after a person's act on a level received, if their office may."""
    if may(actor, "warning.page.publish") and not isinstance(levels.level(level), Decision):
        warning.publish(actor, because=level)
