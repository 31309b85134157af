"""What every act on a level asks of what it is given: a reason that says something, a period that can be."""

from datetime import datetime

from vigie import times
from vigie.errors import BadInput, Conflict


class TooEarly(BadInput):
    """The level takes effect later: nothing may end, and nobody be tasked, before it does."""


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


def check_begun(what: str, effective: datetime) -> None:
    """Raise TooEarly when the level takes effect later than now: what stands holds until then."""
    if effective > times.now():
        raise TooEarly(
            "{what} takes effect at {at}. Do this when it does; until then what stands holds, and nobody is told to act.",
            what=what,
            at=times.text(effective),
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
