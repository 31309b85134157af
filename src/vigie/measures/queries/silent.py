"""Messages that got no word: which of them leave again now, and on which wave."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from vigie.measures.models import Message, Posture, Repeat, Task
from vigie.measures.moves import WAITING
from vigie.measures.parts import parts
from vigie.waves import Left, Waves, due, longest, soonest


def due_again(waves: Waves, now: datetime, *, only_urgent: bool = False) -> dict[int, list[Message]]:
    """Give the messages that are due to leave again, by wave, with their postures. only_urgent: leave out the others."""
    window = max(longest(waves.urgent), longest(waves.other))
    recent = Message.objects.filter(state__in=["delivered", "failed"], left_at__gt=now - window)
    postures = Posture.objects.in_bulk(set(recent.order_by().values_list("posture_id", flat=True).distinct()))
    found: dict[int, list[Message]] = {}
    for posture in postures.values():
        urgent = waves.is_urgent(posture.set_at, posture.due)
        pace = waves.pace(urgent=urgent)
        if only_urgent and not urgent:
            continue
        silent = _silent(posture, now, soonest(pace), longest(pace))
        left = _left(silent)
        for message in silent:
            message.posture = posture
            for wave in due(pace, left[message.id], now):
                found.setdefault(wave, []).append(message)
    return found


def still_silent(messages: Collection[Message]) -> set[str]:
    """Give those of the messages that may still leave: nothing newer was written to their owners since."""
    left = Message.objects.filter(state__in=["delivered", "failed"]).select_related("posture")
    found = [row for part in parts([message.id for message in messages]) for row in left.filter(id__in=part)]
    return {message.id for message in _newest(found)}


def _silent(posture: Posture, now: datetime, least: timedelta | None, most: timedelta) -> list[Message]:
    waiting = Task.objects.filter(owner=OuterRef("owner"), scheme=posture.scheme, state__in=sorted(WAITING))
    ripe = Q(state="failed")
    if least is not None:
        ripe |= Q(left_at__lte=now - least)
    found = Message.objects.filter(
        ripe, Exists(waiting), posture=posture, state__in=["delivered", "failed"], left_at__gt=now - most
    )
    messages = list(found)
    for message in messages:
        message.posture = posture
    return _newest(messages)


def _newest(messages: Sequence[Message]) -> list[Message]:
    """Leave out what a newer message to the same owner, in the same zone, has said anew."""
    last: dict[tuple[str, str, str], str] = {}
    for part in parts(sorted({message.owner for message in messages})):
        rows = (
            Message.objects.filter(owner__in=part)
            .exclude(state="dropped")
            .order_by("queued_at", "posture__set_at")
            .values_list("id", "owner", "posture__scheme", "posture__zone")
        )
        last |= {(owner, scheme, zone): name for name, owner, scheme, zone in rows}
    return [
        message
        for message in messages
        if last.get((message.owner, message.posture.scheme, message.posture.zone)) == message.id
    ]


def _left(messages: Sequence[Message]) -> dict[str, list[Left]]:
    """Give by message what left of it so far, the first leaving first."""
    found = {
        message.id: [
            Left(
                wave=1,
                at=message.settled_at or message.queued_at,
                delivered=message.state == "delivered",
                reachable=bool(message.channel),
            )
        ]
        for message in messages
    }
    for part in parts(list(found)):
        for row in Repeat.objects.filter(message__in=part).order_by("at", "id"):
            found[row.message_id].append(Left(row.wave, row.at, row.delivered, bool(row.channel)))
    return found
