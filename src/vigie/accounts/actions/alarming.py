"""An alarm is silenced by its hour, or by another person who has seen it."""

from vigie.accounts import kinds, queries
from vigie.accounts.actions.door import verb
from vigie.accounts.actions.moving import SameAdministrator
from vigie.accounts.actors import Actor
from vigie.errors import Conflict
from vigie.ledger.actions import append


class AcknowledgedAlready(Conflict):
    """Another person has seen it already."""


@verb("accounts.alarm.acknowledge")
def acknowledge(actor: Actor, alarm: str) -> None:
    """Note that one has seen what somebody did alone. Raises SameAdministrator for whom it serves, AcknowledgedAlready."""
    row = queries.alarm(alarm)
    if row.acknowledged_by:
        raise AcknowledgedAlready("{alarm} was acknowledged already.", alarm=alarm)
    if actor.person == row.person:
        raise SameAdministrator("{alarm} serves yourself. Another person must acknowledge it.", alarm=alarm)
    append(actor.by(), kinds.ALARM_ACKNOWLEDGED, kinds.AlarmAcknowledged(alarm=alarm), subjects=[alarm])
