"""The way back for who lost their credentials: two others vouch for them, and hand them a code in person."""

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actions.door import verb
from vigie.accounts.actions.making import RECOVERED_FOR
from vigie.accounts.actions.moving import OwnMandate, check_reason, propose
from vigie.accounts.actors import Actor
from vigie.errors import Conflict
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

__all__ = ["RECOVERED_FOR", "RecoveryClosed", "ask_recovery", "come_back"]


class RecoveryClosed(Conflict):
    """The code was used, or has run out."""


@verb("accounts.recovery.grant")
def ask_recovery(actor: Actor, person: str, reason: str) -> str:
    """Vouch for a person who lost their credentials; a second administrator must vouch too. Gives the move's id.

    Raises OwnMandate for oneself, NoReason, OneAlone.
    """
    check_reason(reason)
    if actor.person == person:
        raise OwnMandate("You cannot vouch for yourself. Two others do, or your printed codes let you in.")
    return propose(actor, "recovery", person=person, reason=reason)


@recorded
def come_back(recovery: str, person: str) -> None:
    """Note that a person set new credentials with the code they were handed. Raises NotFound, RecoveryClosed.

    No right is asked: two others gave it, and the desk saw the code.
    """
    row = queries.recovery(recovery)
    if row.person != person or row.used_at or row.expires <= times.now():
        raise RecoveryClosed("This code was used, or has run out. Have two others vouch for you again.")
    body = kinds.RecoveryUsed(recovery=recovery, person=person)
    append(
        By(person=person, office="", via="recovery"),
        kinds.RECOVERY_USED,
        body,
        subjects=[recovery, person],
    )
