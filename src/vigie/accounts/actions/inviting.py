"""An office offered by a link: whoever is handed it signs up with it once, and holds the office."""

from datetime import datetime

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actions import making
from vigie.accounts.actions.door import verb
from vigie.accounts.actions.making import INVITED_FOR
from vigie.accounts.actions.moving import propose
from vigie.accounts.actions.opening import check_term
from vigie.accounts.actors import Actor
from vigie.accounts.models import Invitation
from vigie.accounts.rights import weighty
from vigie.errors import Conflict
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

__all__ = ["INVITED_FOR", "InvitationClosed", "accept", "invite", "revoke"]


class InvitationClosed(Conflict):
    """The link was used, was revoked, or has run out."""


@verb("accounts.mandate.give")
def invite(actor: Actor, office: str, *, since: datetime, until: datetime | None = None) -> str:
    """Offer an office from an instant, until another or further notice. Gives the invitation's id, or a move's.

    A weighty office is offered by two administrators. Raises NotFound, OneAlone, BadInput. The link itself is the
    desk's to make, once the invitation stands.
    """
    stands = queries.office(office)
    check_term(since, until)
    if weighty(stands.carried):
        return propose(actor, "invitation", office=office, since=since, until=until)
    return making.invitation(actor.by(), office, since, until)


@verb("accounts.mandate.give")
def revoke(actor: Actor, invitation: str, reason: str) -> None:
    """Make the link worthless. Raises NotFound, InvitationClosed."""
    _check_open(invitation)
    body = kinds.InvitationRevoked(invitation=invitation, reason=reason)
    append(actor.by(), kinds.INVITATION_REVOKED, body, subjects=[invitation])


@recorded
def accept(invitation: str, person: str) -> str:
    """Give the office to the person who came by the link. Gives the mandate's id.

    No right is asked: administrators gave it by inviting, and the desk saw the link's secret. Raises NotFound,
    InvitationClosed.
    """
    row = _check_open(invitation)
    queries.office(row.office_id)
    by = By(person=person, office="", via="invitation")
    body = kinds.InvitationAccepted(invitation=invitation, person=person)
    append(by, kinds.INVITATION_ACCEPTED, body, subjects=[invitation, person])
    return making.mandate(by, person, row.office_id, row.since, row.until)


def _check_open(invitation: str) -> Invitation:
    row = queries.invitation(invitation)
    if row.state != "open" or row.expires <= times.now():
        raise InvitationClosed(
            "{invitation} no longer opens anything: it was used, was revoked, or has run out. Ask for another.",
            invitation=invitation,
        )
    return row
