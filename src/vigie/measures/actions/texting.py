"""Owners give word by text message: a gateway brings it, once."""

from datetime import timedelta

from vigie import times
from vigie.desk import actions as desk
from vigie.errors import BadInput, Conflict
from vigie.measures import queries, text_codes
from vigie.measures.actions.answering import answer

_REMEMBERED = timedelta(days=30)


class NoTextId(BadInput):
    """The gateway did not say which message it brings."""


class BroughtBefore(Conflict):
    """The gateway brought this message before: it was taken then, or refused."""


def answer_by_text(token: str, text: str, *, text_id: str) -> list[str]:
    """Take an owner's word by text message. Gives the tasks it moved; the number it came from is not asked for.

    token: of the gateway's address; text_id: what the gateway calls this message: brought again it does nothing, so that
    nobody turns an owner's word back by sending an old one anew. Raises BadLink, NoTextId, BroughtBefore, BadText,
    LinkClosed, BadAnswer, MoveRefused.
    """
    queries.check_gateway(token)
    if not 1 <= len(text_id) <= 200:
        raise NoTextId(
            "The gateway gave no id of the message, or a long one. Expected 1 to 200 signs: without it a message could be brought twice."
        )
    said = text_codes.read(text[:1000])
    link = queries.token_of(said)
    if not desk.first_time(f"text {text_id}", until=times.now() + _REMEMBERED):
        raise BroughtBefore("This message was brought before: nothing was done.")
    try:
        return answer(link, said.given, reason=said.reason, via="text")
    except Exception:
        desk.forget(f"text {text_id}")
        raise
