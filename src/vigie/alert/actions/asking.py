"""What every act on a level asks of what it is given: a reason that says something, a period that can be."""

from datetime import datetime, timedelta

from vigie import times
from vigie.errors import BadInput, Conflict

FARTHEST = timedelta(days=366)
"""How far ahead a level may be signed or received: beyond it a year was mistyped, or nobody can know."""


class TooLate(Conflict):
    """The level would have ended by now: it cannot be set any more."""


class NoReason(BadInput):
    """An act that needs a reason came without one."""


def check_reason(given: str) -> None:
    """Raise NoReason unless the reason says something."""
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def check_sourced(authority: str, words: str, source: str) -> None:
    """Raise NoReason unless a level decided elsewhere comes with who decided it, in which words, read where."""
    for name, given in (("authority", authority), ("words", words), ("source", source)):
        if not given.strip():
            raise NoReason(
                "A level received needs its {name}: who decided, in which words, read where.", name=name
            )


def check_period(effective: datetime, until: datetime | None) -> None:
    """Raise BadInput when the level would end before it takes effect, or lies too far ahead; BadTime for an instant nobody can reckon with."""
    for given in (effective, until):
        if given is not None:
            times.text(given)  # refuses an instant without a zone, or in a year nobody can reckon with
    if effective > times.now() + FARTHEST:
        raise BadInput(
            "The level would take effect at {effective}, more than a year from now. Correct the date; nobody knows today what will "
            "have to hold then.",
            effective=times.text(effective),
        )
    if until is not None and until <= effective:
        raise BadInput(
            "The level would end ({until}) before it takes effect ({effective}). Set a later end.",
            until=until,
            effective=effective,
        )


def check_not_over(what: str, until: datetime | None) -> None:
    """Raise TooLate when the level's end is past."""
    if over(until):
        raise TooLate(
            "{what} was to end at {at}, which is past. Have it written anew with a later end.",
            what=what,
            at=times.text(until) if until else "",
        )


def over(until: datetime | None) -> bool:
    """Say whether a level set until then has ended by now."""
    return until is not None and until <= times.now()
