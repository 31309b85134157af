"""Records that were written before one entry told of tasks and messages together are read as they were meant."""

import pytest

from vigie import times
from vigie.history import queries as history
from vigie.ledger.actions import append, recording
from vigie.ledger.kinds import By
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import verify
from vigie.measures import actions, kinds
from vigie.measures.models import Answer, Message, Task

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)


@pytest.fixture
def older(owners, level):
    """A posture with one more task and message, in the entries of then."""
    posture = actions.switch(owners["prime-minister"], level("UA")).posture
    by, due = owners["watch"].by(), times.text(times.now())
    row = kinds.Given(owner="o-later", measure="OLD", ladder="OLD", kind="new", sites=["s-mall"])
    with recording():
        given = append(
            by,
            kinds.TASKS_GIVEN,
            kinds.TasksGiven(posture=posture, due=due, rows=[row, row_of("X")], replaced=[]),
        )
        task = f"task-{given.seq}-0"
        line = kinds.MessageLine(kind="new", measure="OLD", before=None, sites=["s-mall"], task=task)
        queued = kinds.Queued(owner="o-later", language="fr", lines=[line])
        message = append(by, kinds.MESSAGES_QUEUED, kinds.MessagesQueued(posture=posture, rows=[queued]))
        stop = kinds.StopAsked(posture=posture, due=due, tasks=[task], ended=[f"task-{given.seq}-1"])
        append(by, kinds.STOP_ASKED, stop)
    return given.seq, message.seq


def row_of(measure):
    return kinds.Given(owner="o-later", measure=measure, ladder=measure, kind="new", sites=[])


def test_tasks_given_and_stopped_and_messages_queued_by_older_entries_stand(older):
    given, message = older
    assert Task.objects.get(id=f"task-{given}-0").state == "stop_asked"
    assert Task.objects.get(id=f"task-{given}-1").state == "ended"
    assert Message.objects.get(id=f"message-{message}-0").lines[0]["task"] == f"task-{given}-0"


@pytest.mark.usefixtures("older", "as_owner")
def test_they_are_made_again_the_same():
    before = rows()
    rebuild()
    assert rows() == before
    assert verify().verified


@pytest.fixture
def answered(raised, monkeypatch):
    """A task that was called done by an answer of the first version, written by the vigie of then."""
    task = Task.objects.filter(owner="o-mall").earliest("id")
    body = kinds.AnsweredFirst(
        owner="o-mall",
        answer="done",
        reason="",
        via="link",
        tasks=[kinds.Moved(task=task.id, state="done", late=False)],
    )
    with monkeypatch.context() as then, recording():
        then.setattr("vigie.ledger.actions.appending.project", lambda _written, _body: None)
        append(By(person="", office="owner:o-mall", via="link"), kinds.ANSWERED_FIRST, body)
    return task.id


@pytest.mark.usefixtures("as_owner")
def test_an_answer_from_before_phones_kept_them_is_made_into_rows(answered):
    rebuild()
    assert Task.objects.get(id=answered).state == "done"
    assert Answer.objects.get().pressed_at is None
    assert verify().verified


def test_the_picture_of_a_time_knows_the_answers_of_before(answered):
    (task,) = [each for each in history.picture(times.now()).tasks if each.id == answered]
    assert task.state == "done"
