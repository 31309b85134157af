"""Having solemn checkpoints stamped. Never inside a transaction, and never what an act waits for."""

from dataclasses import dataclass

from django.conf import settings

from vigie.errors import VigieError
from vigie.homes import Home
from vigie.ledger.actions import recorded
from vigie.ledger.models import Checkpoint, TimeStamp
from vigie.ledger.stamps import authority, queries

AT_ONCE = 20
"""Stamps asked for in one turn: the rest waits for the next."""


@dataclass(frozen=True)
class Stamped:
    """What one turn did. done: stamps kept; waiting: checkpoints still without; fault: why it stopped, if it did."""

    done: int = 0
    waiting: int = 0
    fault: VigieError | None = None


def stamp_due() -> Stamped:
    """Have the checkpoints stamped that wait for it, oldest first, up to the first that fails: none is passed over."""
    home: Home = settings.VIGIE_HOME
    waiting = queries.due(home)
    if home.time_stamps is None or not waiting:
        return Stamped()
    done = 0
    try:
        trusted = authority.certificates(home.path / home.time_stamps.certificates)
        for size in waiting[:AT_ONCE]:
            text = Checkpoint.objects.get(size=size).note.encode()
            _keep(home.time_stamps.authority, size, authority.ask(home.time_stamps.url, text, trusted))
            done += 1
    except VigieError as fault:
        return Stamped(done, len(waiting) - done, fault)
    return Stamped(done, len(waiting) - done)


@recorded
def _keep(name: str, size: int, token: bytes) -> None:
    row = TimeStamp(id=f"{size}/{name}", size=size, authority=name, token=token)
    TimeStamp.objects.bulk_create([row], ignore_conflicts=True)
