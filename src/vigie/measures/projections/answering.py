"""What owners said of their tasks, and what operators heard on calling."""

from vigie import times
from vigie.ledger.projections import Written, projects, projects_erased, writing
from vigie.measures import kinds
from vigie.measures.models import Answer, Proof, Task


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
