"""Single tasks and their messages, as the verbs need them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connections

from vigie import times
from vigie.errors import NotFound
from vigie.measures.models import Answer, Message, Posture, Proof, SiteResponse, Task
from vigie.measures.moves import CLOSED, STATES, State
from vigie.measures.parts import parts


class Asked(NamedTuple):
    """What an answer needs to know of a task. answered: some word was given; overdue: its time is past."""

    id: str
    owner: str
    scheme: str
    zone: str
    state: State
    answered: bool
    late: bool
    overdue: bool
    reason: str


_ASKED = "SELECT id, owner, scheme, zone, state, answered_at IS NOT NULL, late, due < %s, reason FROM measures_task WHERE "


def task(given: str) -> Task:
    """Give the task of that id. Raises NotFound."""
    found = Task.objects.select_related("posture").filter(id=given).first()
    if found is None:
        raise NotFound("There is no task {given}.", given=given)
    return found


def state(task: Task) -> State:
    """Give a task's state as the table of moves knows it."""
    return known_state(task.state)


def known_state(given: str) -> State:
    """Give a state the database holds as the table of moves knows it."""
    return next(known for known in STATES if known == given)


def open_tasks(owner: str) -> list[Task]:
    """List an owner's tasks that are not closed, by measure."""
    return list(Task.objects.filter(owner=owner).exclude(state__in=CLOSED).order_by("measure", "id"))


def asked_of(owner: str, scheme: str = "", site: str = "") -> list[Asked]:
    """Give what an answer needs to know of an owner's tasks that are not closed, by measure.

    scheme: only those under it; site: only those that hang on the response of the site of this key.
    """
    every = _asked("owner = %s AND NOT (state IN ({})) ORDER BY measure, id", sorted(CLOSED), first=[owner])
    return [
        task for task in every if (not scheme or task.scheme == scheme) and (not site or task.zone == site)
    ]


def asked(wanted: Sequence[str]) -> list[Asked]:
    """Give what an answer needs to know of these tasks; those there are not are left out."""
    return [task for part in parts(wanted) for task in _asked("id IN ({}) ORDER BY due, id", part)]


def _asked(which: str, among: Sequence[str], *, first: Sequence[str] = ()) -> list[Asked]:
    # In plain SQL: every answer asks it, and Django spends longer on writing it down than the database on answering.
    connection = connections["record"]
    now = connection.ops.adapt_datetimefield_value(times.now())
    with connection.cursor() as cursor:
        cursor.execute(_ASKED + which.format(", ".join(["%s"] * len(among))), [now, *first, *among])
        return [
            Asked(
                name,
                owner,
                scheme,
                zone,
                known_state(state),
                bool(answered),
                bool(late),
                bool(overdue),
                reason,
            )
            for name, owner, scheme, zone, state, answered, late, overdue, reason in cursor.fetchall()
        ]


def answers(task: Task) -> list[Answer]:
    """List what an owner said about a task, in order of time."""
    return [answer for answer in Answer.objects.filter(owner=task.owner) if task.id in answer.tasks]


def answers_in_force() -> dict[str, str]:
    """Give, by answer that said «cannot» or came with a proof, a task that still stands on it; responses that stand, by id."""
    found = Task.objects.exclude(answer="").exclude(state__in=CLOSED)
    standing = dict(found.values_list("answer", "id"))
    proven = set(Task.objects.filter(proven=True).exclude(state__in=CLOSED).values_list("id", flat=True))
    with_proof = Proof.objects.filter(erased=False).values_list("answer", flat=True)
    for part in parts(list(with_proof)):
        for answer, tasks in Answer.objects.filter(id__in=part).values_list("id", "tasks"):
            if still := sorted(proven.intersection(tasks)):
                standing[answer] = still[0]
    responses = SiteResponse.objects.filter(ended_at=None).values_list("id", flat=True)
    return standing | {held: held for held in responses}


def messages_to(owner: str) -> list[str]:
    """List the messages written to an owner: the outbox holds them by that name."""
    return list(Message.objects.filter(owner=owner).values_list("id", flat=True))


def unsent(scheme: str, site: str = "") -> list[tuple[str, str]]:
    """List (message, owner) of the messages that wait or failed; site: key of the one site they are about."""
    found = Message.objects.filter(state__in=["queued", "failed"], posture__scheme=scheme)
    found = found.filter(posture__zone=site) if site else found
    return list(found.values_list("id", "owner"))


def states_spoken_of(messages: Iterable[Message]) -> dict[str, dict[str, State]]:
    """Give, by message, the tasks it speaks of and their states."""
    named = {message.id: [line["task"] for line in message.lines if line["task"]] for message in messages}
    every = sorted({name for names in named.values() for name in names})
    states: dict[str, State] = {
        one.id: state(one) for part in parts(every) for one in Task.objects.filter(id__in=part).only("state")
    }
    return {message: {name: states[name] for name in names} for message, names in named.items()}


def tasks_of(message: Message) -> list[Task]:
    """List the tasks a message speaks of."""
    return list(
        Task.objects.filter(id__in=[line["task"] for line in message.lines if line["task"]]).order_by(
            "measure", "id"
        )
    )


def words_of(wanted: Sequence[str]) -> dict[str, dict[str, str]]:
    """Give the words each of these tasks was given in, by measure."""
    pairs = {
        pair
        for part in parts(wanted)
        for pair in Task.objects.filter(id__in=part).values_list("measure", "posture_id")
    }
    postures = Posture.objects.in_bulk({posture for _, posture in pairs})
    return {measure: postures[posture].words.get(measure, {}) for measure, posture in sorted(pairs)}
