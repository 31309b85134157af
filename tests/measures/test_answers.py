"""Owners give word by link, by telephone, on paper: all the same on the record; late ones are taken and marked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.ledger.queries import head, verify
from vigie.measures import actions, queries
from vigie.measures.actions.answering import REASON_MOST, BadAnswer, ForeignTask, LinkClosed
from vigie.measures.models import Answer, Posture, Task
from vigie.measures.moves import MoveRefused
from vigie.measures.queries.links import BadLink


def task(owner, measure):
    return Task.objects.get(owner=owner, measure=measure)


def states(owner):
    return set(Task.objects.filter(owner=owner).values_list("state", flat=True))


def later(hours):
    return times.held(times.now() + timedelta(hours=hours))


def test_received_for_all_is_said_once_and_is_not_done(raised, link):
    moved = actions.answer(link("o-mall"), "acknowledged")
    assert len(moved) == Task.objects.filter(owner="o-mall").count()
    assert states("o-mall") == {"acknowledged"}
    assert verify().verified


def test_an_answer_about_one_task_leaves_the_others(raised, link):
    one = task("o-mall", "INS-07")
    actions.answer(link("o-mall"), "done", tasks=[one.id])
    assert task("o-mall", "INS-07").state == "done"
    assert states("o-mall") == {"sent", "done"}


def test_cannot_keeps_its_reason_and_needs_one(raised, link):
    one = task("o-mall", "BAT 22-01")
    with pytest.raises(BadAnswer, match="needs its reason"):
        actions.answer(link("o-mall"), "cannot", tasks=[one.id], reason="  ")
    actions.answer(link("o-mall"), "cannot", tasks=[one.id], reason="No guards before Monday")
    assert task("o-mall", "BAT 22-01").reason == "No guards before Monday"
    actions.answer(link("o-mall"), "done", tasks=[one.id])
    assert (task("o-mall", "BAT 22-01").state, task("o-mall", "BAT 22-01").reason) == ("done", "")


def test_link_telephone_and_paper_make_the_same_answer_on_the_record(raised, owners, link):
    actions.answer(link("o-mall"), "doing")
    actions.take_down(owners["watch"], "o-rail", "doing", via="phone")
    actions.take_down(owners["watch"], "o-town", "doing", via="paper")
    assert {(a.answer, a.via) for a in Answer.objects.all()} == {
        ("doing", "link"),
        ("doing", "phone"),
        ("doing", "paper"),
    }
    assert states("o-mall") == states("o-rail") == states("o-town") == {"doing"}


def test_a_late_answer_is_taken_and_marked_late(raised, link):
    with later(25):
        actions.answer(link("o-mall"), "done")
    mall = Task.objects.filter(owner="o-mall")
    assert {(t.state, t.late) for t in mall} == {("done", True)}
    with later(26):
        assert {chip: count for chip, count in queries.totals().chips.items() if chip == "late"}[
            "late"
        ] == Task.objects.count()
    assert verify().verified


def test_a_first_answer_in_time_stays_in_time_whatever_comes_later(raised, link):
    with later(1):
        actions.answer(link("o-mall"), "acknowledged")
    with later(40):
        actions.answer(link("o-mall"), "done")
    assert {t.late for t in Task.objects.filter(owner="o-mall")} == {False}


def test_pressing_twice_says_it_once(raised, link):
    token = link("o-mall")
    actions.answer(token, "done")
    size = head()[0]
    actions.answer(token, "done")
    assert head()[0] == size


def test_an_owner_asked_to_stop_says_stopped_and_the_link_is_closed(raised, owners, level, link):
    old = link("o-mall")
    cause = level("VIG")
    with later(24):
        actions.switch(owners["prime-minister"], cause)
        assert states("o-mall") == {"stop_asked"}
        actions.answer(old, "stopped")
        assert states("o-mall") == {"stopped"}
        for token in (old, link("o-mall")):
            assert queries.open_link(token).closed
            with pytest.raises(LinkClosed, match="closed"):
                actions.answer(token, "done")
    assert verify().verified


def test_an_old_link_shows_the_newest_message_while_its_tasks_live_on(home, owners, level, link):
    actions.switch(owners["prime-minister"], level("SRRA"))
    actions.deliver_due(home)
    old = link("o-mall")
    with later(1):
        raised = actions.switch(owners["prime-minister"], level("UA"))
        assert queries.open_link(old).message.posture_id == raised.posture


def test_a_word_about_the_work_that_crosses_the_stand_down_is_kept_and_changes_nothing(raised, owners, level):
    one = task("o-mall", "INS-19")
    cause = level("VIG")
    with later(24):
        actions.switch(owners["prime-minister"], cause)
        actions.take_down(owners["watch"], "o-mall", "done", via="phone", tasks=[one.id])
    assert task("o-mall", "INS-19").state == "stop_asked"
    assert Answer.objects.filter(answer="done").exists()


def test_nobody_answers_for_another_owners_task(raised, owners, link):
    foreign = task("o-rail", "BAT 22-01")
    size = head()[0]
    with pytest.raises(ForeignTask, match="not a task of o-mall"):
        actions.answer(link("o-mall"), "done", tasks=[foreign.id])
    with pytest.raises(ForeignTask):
        actions.answer(link("o-mall"), "done", tasks=["task-999-9"])
    assert head()[0] == size


@pytest.mark.parametrize("token", ["", "x", "o-mall~posture-3~forged", "o-mall~posture-3"])
def test_a_forged_link_opens_nothing(raised, token):
    with pytest.raises(BadLink, match="not one that was sent to you"):
        queries.open_link(token)


def test_a_link_cannot_be_turned_into_another_owners(raised, link):
    forged = link("o-mall").replace("o-mall", "o-rail")
    with pytest.raises(BadLink):
        actions.answer(forged, "done")


@pytest.mark.parametrize(
    ("given", "reason", "said"),
    [
        ("maybe", "", "is no answer"),
        ("", "", "is no answer"),
        ("cannot", "x" * (REASON_MOST + 1), "at most 300"),
        ("sent", "", "is no answer"),
    ],
)
def test_an_answer_that_is_none_is_refused(raised, link, given, reason, said):
    with pytest.raises(BadAnswer, match=said):
        actions.answer(link("o-mall"), given, reason=reason)


def test_stopped_is_refused_where_nobody_was_asked_to_stop(raised, link):
    with pytest.raises(MoveRefused):
        actions.answer(link("o-mall"), "stopped")
    with pytest.raises(MoveRefused):
        actions.answer(link("o-mall"), "stopped", tasks=[task("o-mall", "INS-07").id])


def test_an_operator_needs_the_right_and_a_known_road(raised, owners):
    with pytest.raises(NotAllowed):
        actions.take_down(owners["cabinet"], "o-mall", "done", via="phone")
    with pytest.raises(BadAnswer, match="no road"):
        actions.take_down(owners["watch"], "o-mall", "done", via="pigeon")


def test_a_call_moves_between_not_reached_and_reached_without_an_answer(raised, owners):
    actions.call(owners["watch"], "o-mall", reached=False)
    assert states("o-mall") == {"not_reached"}
    actions.call(owners["watch"], "o-mall", reached=True)
    assert states("o-mall") == {"reached"}
    assert queries.totals().chips["not-answered"] > 0
    with pytest.raises(NotAllowed):
        actions.call(owners["audit"], "o-mall", reached=True)
    assert verify().verified


def test_the_database_refuses_cannot_without_a_reason(raised):
    one = task("o-mall", "INS-07")
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Task.objects.filter(id=one.id).update(state="cannot")
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Task.objects.filter(id=one.id).update(state="dreaming")


def test_owners_who_never_answer_show_as_such(raised, link):
    actions.answer(link("o-mall"), "done")
    silent = {call.owner for call in queries.calls("not-answered")}
    assert "o-rail" in silent
    assert "o-mall" not in silent
    assert Posture.objects.count() == 1
