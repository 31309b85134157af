"""The signed link by which an owner answers without an account."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connections
from django.urls import reverse

from vigie.errors import NotFound
from vigie.homes import Home
from vigie.measures.models import Message
from vigie.measures.moves import State, may_send
from vigie.measures.places import heard_together
from vigie.measures.queries.tasks import asked

# The salt keeps a signature made for anything else from opening an owner's page.
_SIGNER = Signer(salt="vigie.measures.owner", sep="~")


class BadLink(NotFound):
    """A link that this home did not make."""


@dataclass(frozen=True)
class Link:
    """What a signed link opens. closed: every task its message spoke of is closed."""

    owner: str
    message: Message
    closed: bool


@dataclass(frozen=True)
class HeldLink:
    """What who holds a link may answer.

    message: id of the one it shows; scheme: the one that message is under; site: key of the site whose response it is about.
    """

    owner: str
    message: str
    scheme: str
    site: str
    closed: bool


# In plain SQL: every answer asks it, and Django spends longer on writing it down than the database on answering.
_SENT = (
    "SELECT m.id, m.posture_id, p.scheme, m.state, m.lines, p.zone FROM measures_message m "
    "JOIN measures_posture p ON p.id = m.posture_id WHERE m.owner = %s ORDER BY m.queued_at DESC, p.set_at DESC"
)


def link_for(owner: str, posture: str) -> str:
    """Give the address of an owner's page for a posture; only who holds it can open it."""
    home: Home = settings.VIGIE_HOME
    return home.address.rstrip("/") + reverse("measures:yours", kwargs={"token": token_for(owner, posture)})


def token_for(owner: str, posture: str) -> str:
    """Give the token of an owner's page for a posture."""
    return _SIGNER.sign(f"{owner}~{posture}")


def open_link(token: str) -> Link:
    """Read a link's token, for its page. Raises BadLink when this home did not make it, or its message is gone."""
    held = held_link(token)
    shown = Message.objects.select_related("posture").get(id=held.message)
    return Link(held.owner, shown, closed=held.closed)


def held_link(token: str) -> HeldLink:
    """Read a link's token, for an answer. Raises BadLink when this home did not make it, or its message is gone."""
    try:
        owner, _, posture = _SIGNER.unsign(token).partition("~")
    except BadSignature:
        raise _bad() from None
    with connections["record"].cursor() as cursor:
        cursor.execute(_SENT, [owner])
        sent = cursor.fetchall()  # newest first
    own = next((row for row in sent if row[1] == posture), None)
    if own is None:
        raise _bad()
    # An older link shows the newest message: its holder must not act on what has been replaced.
    site = heard_together(own[5])
    same = (row for row in sent if row[2] == own[2] and heard_together(row[5]) == site)
    shown = next((row for row in same if row[3] != "dropped"), own)
    mine, latest = (_states(json.loads(row[4])) for row in (own, shown))
    # Once all of it was stopped the link is dead for good; replaced tasks live on in the newer message.
    goes_on = may_send(mine) or ("replaced" in mine and may_send(latest))
    return HeldLink(owner, shown[0], own[2], site, closed=not goes_on)


def _states(lines: list[dict[str, Any]]) -> list[State]:
    return [task.state for task in asked([line["task"] for line in lines if line["task"]])]


def _bad() -> BadLink:
    return BadLink("This link is not one that was sent to you. Open it exactly as it stands in the message.")
