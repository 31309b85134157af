"""From entries to rows: the only writer of this room's tables."""

from collections.abc import Iterator, Sequence

import msgspec
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from vigie import times
from vigie.ledger.projections import Written, projects, projects_erased
from vigie.measures import kinds
from vigie.measures.models import Answer, Message, Posture, SiteResponse, Task

_MOST_NAMED = 500  # ids in one statement: SQLite bounds the parameters of each


@projects(kinds.POSTURE_SET)
def posture_set(entry: Written, body: kinds.PostureSet) -> None:
    """A posture stands; the one before it in this zone ends."""
    if body.supersedes:
        Posture.objects.filter(id=body.supersedes).update(ended_at=entry.instant)
    Posture.objects.create(
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
        reason=body.reason,
    )


@projects(kinds.TASKS_GIVEN)
def tasks_given(entry: Written, body: kinds.TasksGiven) -> None:
    """Tasks are given; those of other rungs give way first."""
    for ids in _batches(body.replaced):
        Task.objects.filter(id__in=ids).update(state="replaced")
    posture = Posture.objects.only("scheme", "zone").get(id=body.posture)
    due = times.from_text(body.due)
    Task.objects.bulk_create(
        (
            Task(
                id=f"task-{entry.seq}-{place}",
                posture_id=body.posture,
                owner=row.owner,
                scheme=posture.scheme,
                zone=posture.zone,
                measure=row.measure,
                ladder=row.ladder,
                kind=row.kind,
                sites=row.sites,
                given_at=entry.instant,
                due=due,
            )
            for place, row in enumerate(body.rows)
        ),
        batch_size=_MOST_NAMED,
    )


@projects(kinds.STOP_ASKED)
def stop_asked(entry: Written, body: kinds.StopAsked) -> None:
    """Owners are asked to stop; what nobody had been told of just ends."""
    due = times.from_text(body.due)
    for ids in _batches(body.tasks):
        Task.objects.filter(id__in=ids).update(
            state="stop_asked", due=due, stop_asked_at=entry.instant, answered_at=None, late=False, told=False
        )
    for ids in _batches(body.ended):
        Task.objects.filter(id__in=ids).update(state="ended", stop_asked_at=entry.instant)


@projects(kinds.MESSAGES_QUEUED)
def messages_queued(entry: Written, body: kinds.MessagesQueued) -> None:
    """Messages wait to be sent."""
    Message.objects.bulk_create(
        (
            Message(
                id=f"message-{entry.seq}-{place}",
                posture_id=body.posture,
                owner=row.owner,
                place=place,
                language=row.language,
                lines=msgspec.to_builtins(row.lines),
                queued_at=entry.instant,
            )
            for place, row in enumerate(body.rows)
        ),
        batch_size=_MOST_NAMED,
    )


@projects(kinds.DELIVERED)
def delivered(entry: Written, body: kinds.Delivered) -> None:
    """Messages got through."""
    for ids in _batches(body.messages):
        Message.objects.filter(id__in=ids).update(
            state="delivered", channel=body.channel, why="", settled_at=entry.instant, tries=F("tries") + 1
        )
    for ids in _batches(body.told):
        Task.objects.filter(id__in=ids).update(told=True)
    for ids in _batches(body.sent):
        Task.objects.filter(id__in=ids).update(state="sent")


@projects(kinds.FAILED)
def failed(entry: Written, body: kinds.Failed) -> None:
    """Messages did not get through."""
    for ids in _batches(body.messages):
        Message.objects.filter(id__in=ids).update(
            state="failed", channel=body.channel, why=body.why, settled_at=entry.instant, tries=F("tries") + 1
        )
    for ids in _batches(body.unreached):
        Task.objects.filter(id__in=ids).update(state="not_reached")


@projects(kinds.DROPPED)
def dropped(entry: Written, body: kinds.Dropped) -> None:
    """Messages were not sent: nothing was left to say."""
    for ids in _batches(body.messages):
        Message.objects.filter(id__in=ids).update(state="dropped", settled_at=entry.instant)


@projects(kinds.ANSWERED)
def answered(entry: Written, body: kinds.Answered) -> None:
    """An owner gave word."""
    for moved in body.tasks:
        if moved.state != "cannot":
            why = {"reason": "", "answer": ""}
        else:  # «received» after «cannot» leaves its reason standing
            why = {"reason": body.reason, "answer": f"answer-{entry.seq}"} if body.answer == "cannot" else {}
        Task.objects.filter(id=moved.task).update(
            state=moved.state,
            late=moved.late,
            told=True,
            answered_at=Coalesce("answered_at", Value(entry.instant)),
            **why,
        )
    Answer.objects.create(
        id=f"answer-{entry.seq}",
        owner=body.owner,
        answer=body.answer,
        reason=body.reason,
        via=body.via,
        office=entry.by.office,
        at=entry.instant,
        tasks=[moved.task for moved in body.tasks],
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


def _say_why(answer: str, words: str) -> None:
    row = Answer.objects.get(id=answer)
    Answer.objects.filter(id=answer).update(reason=words)
    for ids in _batches(row.tasks):
        Task.objects.filter(id__in=ids, answer=answer).update(reason=words)


@projects(kinds.CALLED)
def called(entry: Written, body: kinds.Called) -> None:
    """An operator called an owner."""
    del entry
    for moved in body.tasks:
        Task.objects.filter(id=moved.task).update(state=moved.state, told=body.reached)


@projects(kinds.RESPONSE_SET)
def response_set(entry: Written, body: kinds.ResponseSet) -> None:
    """A site goes to a response level; the one before it ends."""
    SiteResponse.objects.filter(site=body.site, scheme=body.scheme, ended_at=None).update(
        ended_at=entry.instant
    )
    SiteResponse.objects.create(
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


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _MOST_NAMED] for start in range(0, len(ids), _MOST_NAMED))
