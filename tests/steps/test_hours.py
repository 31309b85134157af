"""What owners and the public learn of a level signed for later, or received for later."""

from datetime import timedelta

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.history.queries import picture
from vigie.ledger.queries import verify
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.models import Message, Posture, Task
from vigie.measures.notice import head as said
from vigie.measures.queries.letters import notice
from vigie.steps import clock

WHY = "An attack was claimed by a group that has tried here before; raised as a precaution."


def sign(people, code, hours=0):
    made = alert.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code=code, zone="FR", reasons=WHY,
        effective=times.now() + timedelta(hours=hours),
    )  # fmt: skip
    steps.sign(people["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def test_owners_learn_at_the_signature_to_act_from_the_hour(home, places):
    hour = times.now() + timedelta(hours=8)
    made = sign(places, "UA", 8)
    posture = Posture.objects.get()
    assert (posture.cause, posture.effective) == (made, hour)
    assert Task.objects.count() > 0
    assert all(task.due > hour for task in Task.objects.all())
    owner = Message.objects.first()
    told = notice(home, owner, tasks.owner(owner.owner))
    assert "22 Mar 2024, 21:00" in " ".join(said(told, "en"))
    assert any("Act from" in sentence for sentence in said(told, "en"))


def test_what_places_do_goes_on_until_the_hour_and_nothing_happens_at_it(home, places):
    first, second = sign(places, "SRRA"), sign(places, "UA", 8)
    now, hour = times.now(), times.now() + timedelta(hours=8)
    assert [p.cause for p in tasks.shown()] == [first, second]
    assert [p.cause for p in picture(now).measures] == [first]
    count = Task.objects.count()
    with times.held(hour):
        assert [p.cause for p in tasks.shown()] == [second]
        assert [p.cause for p in picture(hour).measures] == [second]
        assert clock.tick()["levels expired"] == 0
        assert steps.left_behind() == []
    assert Task.objects.count() == count
    assert verify().verified


def test_a_level_signed_for_now_takes_back_what_was_told_for_later(home, places):
    sign(places, "SRRA")
    sign(places, "UA", 8)
    with times.held(times.now() + timedelta(hours=1)):
        last = sign(places, "VIG")
        assert [p.cause for p in tasks.shown()] == [last]
    hour = times.now() + timedelta(hours=8)
    with times.held(hour):
        assert [p.cause for p in tasks.shown()] == [last]
        assert [p.cause for p in picture(hour).measures] == [last]
    assert verify().verified


def test_a_level_received_for_later_is_told_at_once_and_holds_from_its_hour(receiving_home, places):
    later = times.now() + timedelta(days=2)
    made = steps.receive(
        places["watch"], scheme="fr-vigipirate-2016", code="UA", zone="FR", authority="Prime Minister",
        words="La posture est relevée à compter de dimanche.", source="https://example.org/notice", effective=later,
    )  # fmt: skip
    assert (levels.standing(), Task.objects.count() > 0) == ([], True)
    with times.held(later):
        assert [s.id for s in levels.standing()] == [made]
    assert verify().verified


@pytest.mark.parametrize("hours", [0, 8])
def test_a_fall_asks_owners_to_stop_from_its_hour(home, places, hours):
    sign(places, "UA")
    measures.deliver_due(home)
    lower = sign(places, "VIG", hours)
    stops = Task.objects.filter(state="stop_asked")
    assert stops.exists()
    assert tasks.current("fr-vigipirate-2016", "FR").cause == lower
    assert verify().verified
