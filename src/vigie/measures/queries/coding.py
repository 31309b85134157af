"""The code by which a message is answered in a text message, and whether a code is this home's own."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from vigie.measures.text_codes import Said, code, tag

_CODES = Signer(salt="vigie.measures.text")


def code_for(message: str) -> str:
    """Give the code by which a message is answered."""
    _, entry, place = message.split("-")
    return code(int(entry), int(place), _secret(message))


def message_of(said: Said) -> str:
    """Give the id of the message that a code names; empty when this home did not make the code."""
    named = f"message-{said.entry}-{said.place}"
    return named if constant_time_compare(tag(_secret(named)), said.tag) else ""


def _secret(message: str) -> bytes:
    return _CODES.signature(message).encode()
