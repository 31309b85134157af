"""An answer that a phone kept: counted once, with its two times, never over what was said or closed meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client

from vigie import times
from vigie.ledger.queries import head
from vigie.measures import actions, kinds
from vigie.measures.actions.pressing import LONGEST, BadPress, Overtaken, read
from vigie.measures.models import Answer, Task

KEY = "6f1b0a52-7d0e-4c8e-9a55-2f3c1d4e5f60"
OTHER = "7f1b0a52-7d0e-4c8e-9a55-2f3c1d4e5f61"
HOUR = 3600


@pytest.fixture
def press(raised, link):
    """Have a phone send: `press("o-mall", "done", waited=3600, task=[...])`; gives the answer of the house."""

    def send(owner, given, *, key=KEY, waited=0, **more):
        body = {"given": given, "key": key, "waited": waited, **more}
        return Client().post(f"/measures/yours/{link(owner)}/", body, headers={"accept": "application/json"})

    return send


def states(owner):
    return set(Task.objects.filter(owner=owner).values_list("state", flat=True))


def test_the_same_answer_sent_twice_counts_once(press):
    assert press("o-mall", "doing").status_code == 302
    assert press("o-mall", "done", key=OTHER).status_code == 302
    size = head()[0]
    assert press("o-mall", "doing").status_code == 302
    assert head()[0] == size
    assert states("o-mall") == {"done"}


def test_sent_again_after_it_closed_the_page_it_still_arrives(press, people, level):
    cause = level("VIG")
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(people["prime-minister"], cause)
        assert press("o-mall", "stopped").status_code == 302
        assert press("o-mall", "stopped").status_code == 302
        answer = press("o-mall", "stopped", key=OTHER)
    assert answer.status_code == 404
    assert "nothing is asked of you any more" in answer.json()["say"]


def test_both_times_are_on_the_record_and_arrival_decides_what_is_late(press):
    due = Task.objects.filter(owner="o-mall").first().due
    with times.held(due + timedelta(hours=1)):
        press("o-mall", "done", waited=2 * HOUR)
    row = Answer.objects.get(owner="o-mall")
    assert (row.at, row.pressed_at) == (due + timedelta(hours=1), due - timedelta(hours=1))
    assert all(Task.objects.filter(owner="o-mall").values_list("late", flat=True))


def test_what_was_said_meanwhile_by_another_road_stands(press, people):
    pressed = times.now()
    with times.held(pressed + timedelta(hours=1)):
        actions.take_down(people["watch"], "o-mall", "cannot", via="phone", reason="No staff")
    with times.held(pressed + timedelta(hours=2)):
        size = head()[0]
        answer = press("o-mall", "done", waited=2 * HOUR)
        assert head()[0] == size
    assert answer.status_code == 409
    assert "A later word of yours was taken at" in answer.json()["say"]
    assert states("o-mall") == {"cannot"}


def test_two_answers_of_one_phone_arrive_in_the_order_they_were_pressed(press):
    with times.held(times.now() + timedelta(hours=3)):
        press("o-mall", "doing", waited=3 * HOUR)
        assert press("o-mall", "done", key=OTHER, waited=2 * HOUR).status_code == 302
    assert states("o-mall") == {"done"}


def test_of_a_task_that_another_word_closed_meanwhile_that_word_is_told(press, people, level):
    task = Task.objects.filter(owner="o-museum").first()
    cause = level("VIG")
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(people["prime-minister"], cause)
        actions.take_down(people["watch"], "o-museum", "stopped", via="phone", tasks=[task.id])
        answer = press("o-museum", "done", waited=2 * HOUR, task=[task.id])
    assert answer.status_code == 409
    assert "later word" in answer.json()["say"]


def test_what_was_closed_meanwhile_without_a_word_is_said_in_words(press, people, level):
    task = Task.objects.filter(owner="o-museum").first()
    for hours, code in enumerate(("VIG", "UA"), start=1):
        with times.held(times.now() + timedelta(hours=hours)):
            actions.switch(people["prime-minister"], level(code))
    with times.held(times.now() + timedelta(hours=3)):
        size = head()[0]
        answer = press("o-museum", "done", waited=3 * HOUR, task=[task.id])
        assert head()[0] == size
    assert answer.status_code == 409
    assert "closed before it arrived" in answer.json()["say"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key": "mine"}, "no key of an answer"),
        ({"waited": "-5"}, "kept on the phone for too long"),
        ({"waited": "soon"}, "kept on the phone for too long"),
        ({"waited": str(31 * 24 * HOUR)}, "kept on the phone for too long"),
        ({"given": "maybe"}, "is no answer"),
        ({"given": "cannot"}, "needs its reason"),
        ({"task": "task-1-0"}, "not a task of"),
    ],
)
def test_a_refusal_is_a_sentence_for_the_script_and_nothing_is_kept(press, wrong, said):
    size = head()[0]
    body = {"given": "done", **wrong}
    answer = press("o-mall", **body)
    assert 400 <= answer.status_code < 500
    assert said in answer.json()["say"]
    assert head()[0] == size


def test_a_forged_link_is_told_to_the_script(raised):
    answer = Client().post(
        "/measures/yours/x~y~z/", {"given": "done"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 404
    assert "not one that was sent to you" in answer.json()["say"]


def test_another_owner_may_press_under_the_same_key(press):
    press("o-mall", "done")
    press("o-museum", "done")
    assert Answer.objects.filter(key=KEY).count() == 2


def test_a_press_is_reckoned_back_from_its_arrival():
    with times.held("2031-05-01T10:00:00Z"):
        assert read(KEY, 60).text == "2031-05-01T09:59:00Z"
        assert not read(KEY, 60).waited
        assert read(KEY, 61).waited
        assert read(KEY, int(LONGEST.total_seconds()))
        assert read("", 7 * HOUR).text == ""
        with pytest.raises(BadPress):
            read(KEY, int(LONGEST.total_seconds()) + 1)


def test_an_answer_of_the_first_version_reads_as_one_no_phone_sent():
    first = kinds.AnsweredFirst(owner="o", answer="done", reason="", via="link", tasks=[])
    assert kinds.ANSWERED_FIRST.upcast(first) == kinds.Answered(
        owner="o", answer="done", reason="", via="link", tasks=[], key="", pressed=""
    )


def test_overtaken_is_a_conflict():
    assert Overtaken("x").status == 409
