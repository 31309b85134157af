"""From entries to rows: the only writer of this room's tables."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import msgspec
from django.db.models import Q

from vigie import times
from vigie.ledger.projections import Written, projects, projects_erased, writing
from vigie.measures import kinds, switched
from vigie.measures.models import (
    Answer,
    Drill,
    DrillCall,
    Message,
    Posture,
    Proof,
    Repeat,
    SiteResponse,
    Task,
)


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


@projects(kinds.DELIVERED)
def delivered(entry: Written, body: kinds.Delivered) -> None:
    """Messages got through."""
    settled = {
        "channel": body.channel,
        "why": "",
        "settled_at": entry.instant,
        "left_at": entry.instant,
        "tries": writing.More(1),
    }
    writing.change_each(Message, body.messages, state="delivered", **settled)
    writing.change_each(Task, body.told, told=True)
    writing.change_each(Task, body.sent, state="sent")


@projects(kinds.FAILED)
def failed(entry: Written, body: kinds.Failed) -> None:
    """Messages did not get through."""
    settled = {
        "channel": body.channel,
        "why": body.why,
        "settled_at": entry.instant,
        "left_at": entry.instant,
        "tries": writing.More(1),
    }
    writing.change_each(Message, body.messages, state="failed", **settled)
    writing.change_each(Task, body.unreached, state="not_reached")


@projects(kinds.REPEATED)
def repeated(entry: Written, body: kinds.Repeated) -> None:
    """Messages left again; who is told by it knows of the tasks."""
    writing.change_each(Message, body.messages, left_at=entry.instant)
    writing.add_each(
        Repeat,
        (
            {
                "id": f"repeat-{entry.seq}-{place}",
                "message_id": message,
                "wave": body.wave,
                "at": entry.instant,
                "delivered": body.delivered,
                "channel": body.channel,
                "why": body.why,
            }
            for place, message in enumerate(body.messages)
        ),
    )
    writing.change_each(Task, body.told, told=True)
    writing.change_each(Task, body.sent, state="sent")


@projects(kinds.DROPPED)
def dropped(entry: Written, body: kinds.Dropped) -> None:
    """Messages were not sent: nothing was left to say."""
    writing.change_each(Message, body.messages, state="dropped", settled_at=entry.instant)


@projects(kinds.ANSWERED)
def answered(entry: Written, body: kinds.Answered) -> None:
    """An owner gave word."""
    for moved in body.tasks:
        if moved.state != "cannot":
            why = {"reason": "", "answer": ""}
        else:  # «received» after «cannot» leaves its reason standing
            why = {"reason": body.reason, "answer": f"answer-{entry.seq}"} if body.answer == "cannot" else {}
        writing.change(
            Task,
            moved.task,
            state=moved.state,
            late=moved.late,
            told=True,
            answered_at=writing.Once(entry.instant),
            **why,
        )
    writing.add(
        Answer,
        id=f"answer-{entry.seq}",
        owner=body.owner,
        answer=body.answer,
        reason=body.reason,
        via=body.via,
        office=entry.by.office,
        at=entry.instant,
        tasks=[moved.task for moved in body.tasks],
        key=body.key,
        pressed_at=times.from_text(body.pressed) if body.pressed else None,
    )


@projects(kinds.REASON_GIVEN)
def reason_given(entry: Written, body: kinds.ReasonGiven) -> None:
    """The answer, and the tasks that stand on it, show the owner's words."""
    del entry
    _say_why(body.answer, body.reason)


@projects_erased(kinds.REASON_GIVEN)
def reason_erased(entry: Written) -> None:
    """The answer and its tasks stay; the words are gone."""
    _say_why(entry.subjects[0], "")


@projects(kinds.PROOF_GIVEN)
def proof_given(entry: Written, body: kinds.ProofGiven) -> None:
    """A file stands by the answer; what the answer called done is proven."""
    writing.add(
        Proof,
        id=f"proof-{entry.seq}",
        answer=body.answer,
        owner=body.owner,
        media=body.media,
        size=body.size,
        sha256=body.sha256,
        at=entry.instant,
    )
    answer = Answer.objects.only("answer", "tasks").get(id=body.answer)
    if answer.answer == "done":
        writing.change_each(Task, answer.tasks, proven=True)


@projects_erased(kinds.PROOF_GIVEN)
def proof_erased(entry: Written) -> None:
    """That a file came stays, and that the task was proven; what it was is gone."""
    answer, owner = entry.subjects[0], entry.subjects[1]
    blank = {"media": "", "size": 0, "sha256": "", "erased": True}
    writing.put(Proof, id=f"proof-{entry.seq}", answer=answer, owner=owner, at=entry.instant, **blank)
    said = Answer.objects.only("answer", "tasks").get(id=answer)
    if said.answer == "done":
        writing.change_each(Task, said.tasks, proven=True)


def _say_why(answer: str, words: str) -> None:
    owner = Answer.objects.values_list("owner", flat=True).get(id=answer)
    writing.change(Answer, answer, reason=words)
    standing = Task.objects.filter(owner=owner, answer=answer).values_list("id", flat=True)
    writing.change_each(Task, list(standing), reason=words)


@projects(kinds.CALLED)
def called(entry: Written, body: kinds.Called) -> None:
    """An operator called an owner."""
    del entry
    for moved in body.tasks:
        writing.change(Task, moved.task, state=moved.state, told=body.reached)


@projects(kinds.RESPONSE_SET)
def response_set(entry: Written, body: kinds.ResponseSet) -> None:
    """A site goes to a response level; the one before it ends."""
    SiteResponse.objects.filter(site=body.site, scheme=body.scheme, ended_at=None).update(
        ended_at=entry.instant
    )
    writing.add(
        SiteResponse,
        id=f"response-{entry.seq}",
        site=body.site,
        scheme=body.scheme,
        level=body.level,
        reason=body.reason,
        received=body.received,
        review=times.from_text(body.review),
        set_at=entry.instant,
        set_office=entry.by.office,
    )


@projects(kinds.RESPONSE_ENDED)
def response_ended(entry: Written, body: kinds.ResponseEnded) -> None:
    """A site holds no response of its own any more."""
    writing.change(SiteResponse, body.response, ended_at=entry.instant, ended_office=entry.by.office)


@projects(kinds.RESPONSE_REASON)
def response_reason(entry: Written, body: kinds.ResponseReason) -> None:
    """The reason of a response, or of its end."""
    del entry
    field = "ended_reason" if body.ending else "reason"
    writing.change(SiteResponse, body.response, **{field: body.reason})


@projects_erased(kinds.RESPONSE_REASON)
def response_reason_erased(entry: Written) -> None:
    """The response stays; why is gone."""
    del entry


@projects(kinds.DRILL_CALLED)
def drill_called(entry: Written, body: kinds.DrillCalled) -> None:
    """A drill is called; each of its owners is to be written to."""
    drill = f"drill-{entry.seq}"
    writing.add(
        Drill,
        id=drill,
        minutes=body.minutes,
        in_quiet_hours=body.in_quiet_hours,
        called_at=entry.instant,
        called_office=entry.by.office,
    )
    calls = ({"id": f"{drill}~{owner}", "drill_id": drill, "owner": owner} for owner in body.owners)
    writing.add_each(DrillCall, calls)


@projects(kinds.DRILL_LEFT)
def drill_left(entry: Written, body: kinds.DrillLeft) -> None:
    """Messages of a drill left, or could not."""
    field = "left_at" if body.delivered else "tried_at"
    named = [f"{body.drill}~{owner}" for owner in body.owners]
    writing.change_each(DrillCall, named, channel=body.channel, why=body.why, **{field: entry.instant})


@projects(kinds.DRILL_ANSWERED)
def drill_answered(entry: Written, body: kinds.DrillAnswered) -> None:
    """An owner answered."""
    writing.change(DrillCall, f"{body.drill}~{body.owner}", answered_at=entry.instant)
