"""The story of most homes: a raise is received, owners are told and answer, it is stood down."""

import pytest

from vigie import steps, times
from vigie.alert import queries as levels
from vigie.ledger.queries import verify
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.models import Message, Task
from vigie.steps import clock


def received(code="UA", **changes):
    return {
        "scheme": "fr-vigipirate-2016", "code": code, "zone": "FR", "authority": "Prime Minister",
        "words": "La posture est portée au niveau urgence attentat.", "source": "https://example.org/notice",
        "effective": times.now(), **changes,
    }  # fmt: skip


def token(owner):
    [posture] = tasks.standing()
    return tasks.link_for(owner, posture.id).rstrip("/").rpartition("/")[2]


def test_a_raise_received_by_one_person_tells_every_owner_at_once(receiving_home, places):
    got = steps.receive(places["watch"], **received())
    assert levels.holds("fr-vigipirate-2016", "FR-72").winner.id == got
    assert {m.owner for m in Message.objects.all()} == {"ex-transport", "ex-venues", "ex-town"}
    assert set(Task.objects.values_list("state", flat=True)) == {"open"}
    measures.deliver_due(receiving_home)
    assert len(list(receiving_home.outbox.glob("*.eml"))) == 3
    assert set(Task.objects.values_list("state", flat=True)) == {"sent"}


def test_owners_answer_by_link_and_the_silent_one_shows_as_silent(receiving_home, places):
    steps.receive(places["watch"], **received())
    measures.deliver_due(receiving_home)
    measures.answer(token("ex-transport"), "acknowledged")
    measures.answer(token("ex-transport"), "done")
    measures.answer(token("ex-venues"), "cannot", reason="Not enough guards before Thursday.")
    totals = tasks.totals()
    assert Task.objects.filter(owner="ex-transport", state="done").exists()
    assert Task.objects.filter(owner="ex-venues", state="cannot").exists()
    assert {call.owner for call in tasks.calls("not-answered")} == {"ex-town"}
    assert totals.open > 0


def test_a_lowering_waits_then_every_owner_is_asked_to_stop_and_says_so(receiving_home, places):
    steps.receive(places["watch"], **received())
    measures.deliver_due(receiving_home)
    before = Task.objects.count()
    lower = steps.receive(
        places["watch"], **received("VIG", words="La posture est ramenée au niveau vigilance.")
    )
    assert not Task.objects.filter(state="stop_asked").exists()
    steps.look(places["second-watch"], lower, agrees=True)
    stopping = Task.objects.filter(state="stop_asked")
    assert stopping.count() == before
    measures.deliver_due(receiving_home)
    measures.answer(token("ex-town"), "stopped")
    assert set(Task.objects.filter(owner="ex-town").values_list("state", flat=True)) == {"stopped"}


def test_a_raise_found_false_takes_its_tasks_back(receiving_home, places):
    false = steps.receive(places["watch"], **received())
    steps.look(places["second-watch"], false, agrees=False, reason="An old notice, read again by mistake.")
    assert levels.standing() == []
    assert not Task.objects.exclude(state__in=["stop_asked", "ended", "stopped"]).exists()


def test_a_scheme_without_measures_is_received_all_the_same_and_tasks_nobody(receiving_home, places):
    got = steps.receive(places["watch"], **received("3", scheme="be-ocam", zone="BE", authority="OCAM"))
    assert levels.reception(got).state == "one person"
    assert not Task.objects.exists()
    assert "No measures are known" in steps.what_follows("be-ocam", "3", "BE", times.now()).none


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_the_public_pages_relay_who_decided_and_never_speak_as_ours(receiving_home, places):
    steps.receive(places["watch"], **received())
    page = (receiving_home.public / "en" / "fr-vigipirate-2016.FR.html").read_text(encoding="utf-8")
    assert "Prime Minister" in page
    assert not list(receiving_home.public.rglob("*.xml"))  # no CAP message: this home decides nothing


def test_when_an_act_fails_half_way_nothing_of_it_is_kept(receiving_home, places, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(steps.carrying.measures, "switch", fail)
    with pytest.raises(RuntimeError):
        steps.receive(places["watch"], **received())
    assert levels.standing() == []
    assert verify().verified


def test_a_sign_in_without_the_right_receives_nothing(receiving_home, places):
    from vigie.accounts.rights import NotAllowed

    with pytest.raises(NotAllowed):
        steps.receive(places["analysis"], **received())


def test_the_whole_story_rebuilds_to_the_same_rows(receiving_home, places):
    steps.receive(places["watch"], **received())
    measures.deliver_due(receiving_home)
    measures.answer(token("ex-transport"), "acknowledged")
    lower = steps.receive(places["watch"], **received("SRRA"))
    steps.look(places["second-watch"], lower, agrees=True)
    verdict = verify()
    assert verdict.verified, verdict.faults[:3]
    assert verdict.rows > 40


def test_an_expired_level_is_noted_by_the_clock(receiving_home, places):
    from datetime import timedelta

    until = times.now() + timedelta(hours=6)
    got = steps.receive(places["watch"], **received(until=until))
    with times.held(until):
        assert clock.tick()["levels expired"] == 1
        assert clock.tick()["levels expired"] == 0
    assert levels.reception(got).state == "expired"


def test_a_new_owner_of_a_standing_level_is_found_by_switching_again(receiving_home, people):
    from importlib.resources import files

    from vigie.exposure import actions as exposure

    got = steps.receive(people["watch"], **received())
    assert not Task.objects.exists()
    data = files("vigie.exposure") / "data"
    exposure.import_sites(people["watch"], (data / "example-sites.csv").read_bytes())
    exposure.import_owners(people["watch"], (data / "example-owners.csv").read_bytes())
    assert steps.catch_up(people["watch"]) > 0
    assert {m.owner for m in Message.objects.all()} == {"ex-transport", "ex-venues", "ex-town"}
    assert steps.catch_up(people["watch"]) == 0
    assert levels.holds("fr-vigipirate-2016", "FR").winner.id == got


def test_a_past_period_tasks_nobody_and_is_told_by_the_history_alone(receiving_home, places):
    from datetime import timedelta

    from vigie.history import queries as history
    from vigie.measures.actions.switching import NotStanding

    start, end = times.now() - timedelta(days=9), times.now() - timedelta(days=6)
    past = steps.receive(places["watch"], **received(zone="FR-OCC", effective=start, until=end))
    assert (Task.objects.count(), tasks.standing(), levels.standing()) == (0, [], [])
    with pytest.raises(NotStanding, match="expired"):
        measures.switch(places["watch"], past)
    assert clock.tick()["levels expired"] == 1
    assert steps.left_behind() == []
    assert history.picture(times.now()).levels == ()
    told = history.level("fr-vigipirate-2016", start + timedelta(days=1), zone="FR-OCC")
    assert told.code == "UA"


def test_an_old_lowering_confirmed_late_asks_nobody_to_stop(receiving_home, places):
    from datetime import timedelta

    from vigie.history.queries import picture

    steps.receive(places["watch"], **received("SRRA"))
    lower = steps.receive(places["watch"], **received("VIG"))
    with times.held(times.now() + timedelta(hours=1)):
        raised = steps.receive(places["watch"], **received())
        before = sorted(Task.objects.values_list("id", "state"))
        steps.look(places["second-watch"], lower, agrees=True)
        assert sorted(Task.objects.values_list("id", "state")) == before
        assert [level.id for level in picture(times.now()).levels] == [raised]
    assert verify().verified
