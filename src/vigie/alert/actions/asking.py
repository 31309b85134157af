"""What every act on a level asks of what it is given: a reason that says something, a period that can be."""

from datetime import datetime

from vigie import times
from vigie.errors import BadInput


class NoReason(BadInput):
    """An act that needs a reason came without one."""


def check_reason(given: str) -> None:
    """Raise NoReason unless the reason says something."""
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def check_period(effective: datetime, until: datetime | None) -> None:
    """Raise BadInput when the level would end before it takes effect, BadTime for an instant nobody can reckon with."""
    for given in (effective, until):
        if given is not None:
            times.text(given)  # refuses an instant without a zone, or in a year nobody can reckon with
    if until is not None and until <= effective:
        raise BadInput(
            "The level would end ({until}) before it takes effect ({effective}). Set a later end.",
            until=until,
            effective=effective,
        )
