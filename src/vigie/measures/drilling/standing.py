"""How an owner stands in a contact drill: a pure rule over when its message left and when it answered."""

from datetime import datetime, timedelta
from typing import Literal

from vigie.errors import BadInput

Standing = Literal["in_time", "late", "silent", "asked", "not_reached", "waits"]

STANDINGS: tuple[Standing, ...] = ("in_time", "late", "silent", "asked", "not_reached", "waits")
"""In time; late; no answer and the time is over; no answer and there is time left; no channel took it; not sent yet."""

LEAST, MOST = 1, 1_440
"""Minutes a drill may give."""


class BadDrill(BadInput):
    """A drill that cannot be called as given."""


def check_minutes(given: int) -> None:
    """Raise BadDrill unless a drill may give so many minutes."""
    if not LEAST <= given <= MOST:
        raise BadDrill(
            "A drill of {given} minutes cannot be called. Give {least} to {most} minutes.",
            given=given,
            least=LEAST,
            most=MOST,
        )


def standing(
    minutes: int, left: datetime | None, *, failed: bool, answered: datetime | None, now: datetime
) -> Standing:
    """Say how an owner stands. left: when the message left; the time runs from there, for each owner by itself.

    An answer counts though the message was noted as not taken: somebody passed it on.
    """
    if answered is not None:
        return "in_time" if left is not None and answered <= left + timedelta(minutes=minutes) else "late"
    if failed:
        return "not_reached"
    if left is None:
        return "waits"
    return "asked" if now <= left + timedelta(minutes=minutes) else "silent"
