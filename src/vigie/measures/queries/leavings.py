"""What became of the messages to an owner: which left, on which wave, and why one did not get through."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from vigie import times
from vigie.measures.models import Message
from vigie.measures.parts import parts


@dataclass(frozen=True)
class Leaving:
    """A message to an owner that left, or could not. wave: 1 the office, 2 its deputy, 3 its superior; at: None while it waits."""

    wave: int
    at: datetime | None
    delivered: bool
    channel: str
    why: str
    again: bool = False


def failures(wanted: Collection[str]) -> dict[str, str]:
    """Give by owner why the newest message to it did not get through; those whose did are left out."""
    found: dict[str, str] = {}
    for part in parts(sorted(wanted)):
        rows = (
            Message.objects.filter(owner__in=part)
            .exclude(state="dropped")
            .order_by("queued_at", "posture__set_at")
        )
        found |= {
            owner: why if state == "failed" else ""
            for owner, state, why in rows.values_list("owner", "state", "why")
        }
    return {owner: why for owner, why in found.items() if why}


def leavings(owner: str) -> list[Leaving]:
    """List what was sent to an owner, and could not be, the newest first; what still waits stands before all."""
    found: list[Leaving] = []
    for message in Message.objects.filter(owner=owner).exclude(state="dropped"):
        found.append(
            Leaving(1, message.settled_at, message.state == "delivered", message.channel, message.why)
        )
        found += [
            Leaving(row.wave, row.at, row.delivered, row.channel, row.why, again=True)
            for row in message.repeats.all()
        ]
    return sorted(found, key=lambda leaving: (leaving.at is None, leaving.at or times.now()), reverse=True)
