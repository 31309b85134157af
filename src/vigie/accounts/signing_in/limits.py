"""How long a session lasts: so long unused, so long in all (ASVS 5.0.0, 7.3.1 and 7.3.2).

Sessions keep real time: a replayed home's story does not lengthen them.
"""

from datetime import timedelta
from typing import Literal

FRESH = timedelta(minutes=5)
"""How long a person counts as having just shown that it is they."""

READING = timedelta(minutes=60)
"""How long what a passkey is asked to sign may be read before it is signed."""

Over = Literal["", "idle", "longest"]


def over(*, begun: float, seen: float, now: float, idle: timedelta, longest: timedelta) -> Over:
    """Say which limit ended the session, or nothing; begun, seen and now in seconds since 1970."""
    if now - begun >= longest.total_seconds():
        return "longest"
    if now - seen >= idle.total_seconds():
        return "idle"
    return ""


def notes_each(idle: timedelta) -> float:
    """Give the seconds between two notes that a session is in use: seldom enough for the disc, often enough for the limit."""
    return min(60.0, idle.total_seconds() / 4)
