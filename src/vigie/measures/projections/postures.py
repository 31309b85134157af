"""What a posture is, and what it does to its owners' tasks and messages."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import msgspec
from django.db.models import Q

from vigie import times
from vigie.ledger.projections import Written, projects, writing
from vigie.measures import kinds, switched
from vigie.measures.models import Message, Posture, Task


@projects(kinds.POSTURE_SET)
def posture_set(entry: Written, body: kinds.PostureSet) -> None:
    """A posture stands from its level's hour on; the one before it in this zone ends then."""
    hour = max(entry.instant, times.from_text(body.effective))
    earlier = Posture.objects.filter(scheme=body.scheme, zone=body.zone)
    for row in earlier.filter(Q(id=body.supersedes) | Q(ended_at__gt=hour)) if body.supersedes else ():
        # One that would have begun only then never does.
        writing.change(Posture, row.id, ended_at=entry.instant if row.effective >= hour else hour)
    writing.add(
        Posture,
        id=f"posture-{entry.seq}",
        cause=body.cause,
        scheme=body.scheme,
        level=body.level,
        level_words=body.level_words,
        zone=body.zone,
        authority=body.authority,
        received=body.received,
        effective=times.from_text(body.effective),
        due=times.from_text(body.due),
        set_at=entry.instant,
        set_office=entry.by.office,
        catalogue=body.catalogue,
        catalogue_version=body.catalogue_version,
        catalogue_digest=body.catalogue_digest,
        active=body.active,
        on=body.on,
        kept=body.kept,
        replaced=[[pair.old, pair.new] for pair in body.replaced],
        lifted=body.lifted,
        words=body.words,
        markings=body.markings,
        executions=msgspec.to_builtins(body.executions),
        reason=body.reason,
    )


@projects(kinds.TASKS_GIVEN)
def tasks_given(entry: Written, body: kinds.TasksGiven) -> None:
    """Tasks are given; those of other rungs give way first."""
    writing.change_each(Task, body.replaced, state="replaced")
    posture = Posture.objects.only("scheme", "zone").get(id=body.posture)
    due = times.from_text(body.due)
    writing.add_each(
        Task,
        (
            {
                "id": f"task-{entry.seq}-{place}",
                "posture_id": body.posture,
                "owner": row.owner,
                "scheme": posture.scheme,
                "zone": posture.zone,
                "measure": row.measure,
                "ladder": row.ladder,
                "kind": row.kind,
                "sites": row.sites,
                "given_at": entry.instant,
                "due": due,
            }
            for place, row in enumerate(body.rows)
        ),
    )


@projects(kinds.STOP_ASKED)
def stop_asked(entry: Written, body: kinds.StopAsked) -> None:
    """Owners are asked to stop; what nobody had been told of just ends."""
    writing.change_each(
        Task,
        body.tasks,
        state="stop_asked",
        due=times.from_text(body.due),
        stop_asked_at=entry.instant,
        answered_at=None,
        late=False,
        told=False,
    )
    writing.change_each(Task, body.ended, state="ended", stop_asked_at=entry.instant)


@projects(kinds.MESSAGES_QUEUED)
def messages_queued(entry: Written, body: kinds.MessagesQueued) -> None:
    """Messages wait to be sent."""
    writing.add_each(
        Message,
        (
            {
                "id": f"message-{entry.seq}-{place}",
                "posture_id": body.posture,
                "owner": row.owner,
                "place": place,
                "language": row.language,
                "lines": msgspec.to_builtins(row.lines),
                "queued_at": entry.instant,
            }
            for place, row in enumerate(body.rows)
        ),
    )


@projects(kinds.SWITCHED)
def tasks_switched(entry: Written, body: kinds.Switched) -> None:
    """Tasks give way, are to stop or end; tasks are given; messages wait to be sent."""
    posture = Posture.objects.only("scheme", "zone").get(id=body.posture)
    due = times.from_text(body.due)
    every = switched.told(entry.seq, body)
    while owners := list(islice(every, 500)):  # a few at a time: what all are told is much at once
        _let_go(entry, owners, due)
        writing.add_each(
            Task,
            (
                {
                    "id": made.id,
                    "owner": one.owner,
                    "measure": made.line.measure,
                    "ladder": made.line.ladder,
                    "kind": made.line.kind,
                    "sites": made.sites,
                }
                for one in owners
                for made in one.given
            ),
            posture_id=body.posture,
            scheme=posture.scheme,
            zone=posture.zone,
            given_at=entry.instant,
            due=due,
        )
        writing.add_each(
            Message,
            (
                {
                    "id": f"message-{entry.seq}-{one.message}",
                    "owner": one.owner,
                    "place": one.message,
                    "language": one.language,
                    "lines": one.lines,
                }
                for one in owners
                if one.message is not None
            ),
            posture_id=body.posture,
            queued_at=entry.instant,
        )


def _let_go(entry: Written, owners: Sequence[switched.Told], due: datetime) -> None:
    writing.change_each(Task, (task for one in owners for task in one.replaced), state="replaced")
    writing.change_each(
        Task,
        (task for one in owners for task in one.stop),
        state="stop_asked",
        due=due,
        stop_asked_at=entry.instant,
        answered_at=None,
        late=False,
        told=False,
    )
    ended = (task for one in owners for task in one.ended)
    writing.change_each(Task, ended, state="ended", stop_asked_at=entry.instant)
