"""Answers by text message: the link that a code stands for, and the gateway's own address."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from vigie.errors import Conflict
from vigie.homes import Home
from vigie.measures.models import Message
from vigie.measures.queries.coding import message_of
from vigie.measures.queries.links import BadLink, token_for
from vigie.measures.text_codes import Said

_GATEWAY = Signer(salt="vigie.measures.gateway", sep="~")


class NoGateway(Conflict):
    """The home names no gateway that brings answers by text message."""


def token_of(said: Said) -> str:
    """Give the token of the link of the message that a code names. Raises BadLink when this home did not make the code."""
    row = Message.objects.filter(id=message_of(said)).values_list("owner", "posture_id").first()
    if row is None:
        raise BadLink(
            "This code is not one that was sent to you. Send it exactly as it stands in the message."
        )
    return token_for(*row)


def gateway_address() -> str:
    """Give the address that the gateway of vigie.toml brings text messages to. Raises NoGateway."""
    home: Home = settings.VIGIE_HOME
    if not home.gateway:
        raise NoGateway('No gateway is named in vigie.toml. Write [texts] with gateway = "a-name-of-yours".')
    return home.address.rstrip("/") + reverse("measures:texts", kwargs={"token": _GATEWAY.sign(home.gateway)})


def check_gateway(token: str) -> None:
    """Raise BadLink unless a token is of the gateway that vigie.toml names now: another name there ends the address."""
    home: Home = settings.VIGIE_HOME
    try:
        named = _GATEWAY.unsign(token)
    except BadSignature:
        named = ""
    if not named or named != home.gateway:
        raise BadLink(
            "This is not the address of this home's gateway. Give it the one that is printed by: vigie texts"
        )
