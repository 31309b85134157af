"""The story of a town that listens: what others say is heard at once, and holds once a person has received it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from vigie import steps, times
from vigie.alert import queries as levels
from vigie.alert.actions import ReceivedAlready
from vigie.desk.models import Hearing
from vigie.feeds import actions as feeds, queries
from vigie.feeds.actions import NotWaiting
from vigie.feeds.models import Doubt, Silence, Word
from vigie.ledger.queries import head, verify
from vigie.listening import Feed
from vigie.measures import queries as tasks
from vigie.measures.models import Task
from vigie.steps import listening
from vigie.steps.seconds import waiting_for_another

SCHEME = "fr-vigipirate-2016"
WORDS = {
    "UA": "Posture Urgence attentat",
    "SRRA": "Posture Sécurité renforcée - risque attentat",
    "VIG": "Posture Vigilance",
}


class Service:
    """A service's feed in a file, and the home that listens to it."""

    def __init__(self, folder, settings, name="service", **more):
        self.file = folder / f"{name}.xml"
        self.feed = Feed(name, "rss", name.title(), str(self.file), SCHEME, ("FR",), **more)
        settings.VIGIE_HOME = replace(settings.VIGIE_HOME, feeds=(*settings.VIGIE_HOME.feeds, self.feed))
        self._settings = settings

    def say(self, code, at=None):
        at = times.text(at or times.now())
        words = WORDS.get(code, code)
        self.file.write_text(
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>{at}</id><title>{words}</title><updated>{at}</updated></entry></feed>",
            encoding="utf-8",
        )
        return self

    def heard(self):
        return listening.look(self._settings.VIGIE_HOME, self.feed)


@pytest.fixture
def service(receiving_home, places, settings, tmp_path):
    return Service(tmp_path, settings)


def received(code="UA", **changes):
    return {
        "scheme": SCHEME, "code": code, "zone": "FR", "authority": "Prime Minister", "words": WORDS[code], "source": "a letter",
        "effective": times.now(), **changes,
    }  # fmt: skip


def own_page(owner="ex-town"):
    [posture] = tasks.standing()
    return (
        Client()
        .get("/" + tasks.link_for(owner, posture.id).split("/", 3)[3], headers={"cookie": "language=en"})
        .content.decode()
    )


def test_what_is_heard_holds_nothing_and_tasks_nobody(service):
    assert service.say("UA").heard() == 1
    assert levels.standing() == []
    assert not Task.objects.exists()
    [call] = queries.calls()
    assert (call.code, call.first.words, call.first.by) == ("UA", WORDS["UA"], "")


def test_the_same_word_is_written_down_once(service):
    service.say("UA").heard()
    size = head()
    assert service.heard() == 0
    assert head() == size


def test_one_person_receives_a_raise_and_every_owner_is_told(service, places):
    service.say("UA").heard()
    [call] = queries.calls()
    made = listening.take(places["watch"], call.first.id)
    assert levels.reception(made).state == "one person"
    assert levels.reception(made).words == WORDS["UA"]
    assert Task.objects.filter(posture__cause=made).exists()
    assert queries.word(call.first.id).state == "taken"
    assert queries.calls() == []


def test_a_lowering_takes_two_persons(service, places):
    steps.receive(places["watch"], **received("UA"))
    with times.held(times.now() + timedelta(minutes=5)):
        service.say("SRRA").heard()
        made = listening.take(places["watch"], queries.calls()[0].first.id)
        assert levels.holds(SCHEME, "FR").winner.code == "UA"
        assert "A lowering waits" in own_page()
        steps.look(places["second-watch"], made, agrees=True)
        assert levels.holds(SCHEME, "FR").winner.code == "SRRA"
        assert "A lowering waits" not in own_page()


def test_who_has_no_right_receives_nothing_of_what_was_heard(service, places):
    from vigie.accounts.rights import NotAllowed

    service.say("UA").heard()
    [call] = queries.calls()
    for act in (
        lambda: listening.take(places["analysis"], call.first.id),
        lambda: feeds.set_aside(places["analysis"], call.first.id, reason="It is not ours to take."),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert queries.calls()


def test_owners_read_what_is_heard_as_not_confirmed(service, places):
    steps.receive(places["watch"], **received("SRRA"))
    assert "Heard, not confirmed" not in own_page()
    service.say("UA").heard()
    page = own_page()
    assert "Heard, not confirmed here" in page
    assert WORDS["UA"] in page
    listening.take(places["watch"], queries.calls()[0].first.id)
    assert "Heard, not confirmed" not in own_page("ex-town")


def test_who_may_receive_is_paged(service):
    service.say("UA").heard()
    [asked] = [a for a in waiting_for_another() if a.right == "alert.level.receive"]
    assert asked.about == queries.calls()[0].first.id


def test_a_word_set_aside_waits_no_more_and_keeps_its_reason(service, places):
    service.say("UA").heard()
    [call] = queries.calls()
    feeds.set_aside(places["watch"], call.first.id, reason="An exercise of theirs, says their duty officer.")
    assert queries.calls() == []
    assert "exercise" in queries.word(call.first.id).state_reason
    with pytest.raises(NotWaiting):
        listening.take(places["watch"], call.first.id)


def test_a_word_is_not_set_aside_without_a_reason(service, places):
    from vigie.alert.actions import NoReason

    service.say("UA").heard()
    with pytest.raises(NoReason):
        feeds.set_aside(places["watch"], queries.calls()[0].first.id, reason="no")


def test_a_newer_word_of_the_same_road_overtakes_one_that_waits(service):
    service.say("SRRA").heard()
    with times.held(times.now() + timedelta(minutes=5)):
        service.say("UA").heard()
        assert [call.code for call in queries.calls()] == ["UA"]
    assert Word.objects.filter(state="superseded").count() == 1


def test_two_roads_that_say_the_same_are_one_call_and_count_once(service, places, settings, tmp_path):
    other = Service(tmp_path, settings, "other")
    for one in (service, other):
        one.say("UA").heard()
    [call] = queries.calls()
    assert [word.feed for word in call.words] == ["service", "other"]
    made = listening.take(places["watch"], call.first.id)
    assert len(levels.standing()) == 1
    assert {word.feed for word in queries.corroborating(made)} == {"service", "other"}


def test_a_second_road_to_what_was_received_is_kept_as_corroboration(service, places):
    made = steps.receive(places["watch"], **received("UA"))
    given = Task.objects.count()
    service.say("UA").heard()
    assert queries.calls() == []
    assert [word.state for word in queries.corroborating(made)] == ["corroborates"]
    again = steps.receive(places["second-watch"], **received("UA", source="a call of the prefecture"))
    assert again == made
    assert [word.road for word in queries.corroborating(made)] == ["rss", "person"]
    assert Task.objects.count() == given
    assert len(levels.standing()) == 1


def test_the_same_road_once_more_is_no_second_one(places):
    steps.receive(places["watch"], **received("UA"))
    with pytest.raises(ReceivedAlready):
        steps.receive(places["second-watch"], **received("UA"))


def test_a_second_road_is_named_as_fully_as_the_first(places):
    from vigie.alert.actions import NoReason

    steps.receive(places["watch"], **received("UA"))
    with pytest.raises(NoReason):
        steps.receive(places["watch"], **received("UA", source=" "))


def test_roads_that_differ_are_shown_as_they_are(service, places, settings, tmp_path):
    other = Service(tmp_path, settings, "other")
    service.say("UA").heard()
    other.say("SRRA").heard()
    [difference] = queries.differences()
    assert {word.code for word in difference.words} == {"UA", "SRRA"}
    assert difference.here is None


def test_a_road_that_still_says_what_was_found_false_here_differs(service, places):
    service.say("UA").heard()
    made = listening.take(places["watch"], queries.calls()[0].first.id)
    steps.receive(places["watch"], **received("SRRA", zone="FR-IDF"))
    steps.look(places["second-watch"], made, agrees=False, reason="Their site was found to be broken into.")
    steps.receive(places["watch"], **received("VIG"))
    [difference] = queries.differences()
    assert ([word.code for word in difference.words], difference.here.code) == (["UA"], "VIG")


def test_the_end_of_a_level_is_told_where_one_stands_here_and_noted_where_none_does(service, places):
    end = {
        "zone": "FR", "code": "", "authority": "X", "words": "", "effective": times.now(), "until": None, "identity": "none",
        "sent": times.now(), "source": "x", "sha256": "", "evidence": "",
    }  # fmt: skip
    feeds.hear(service.feed, **end)
    assert queries.calls() == []
    steps.receive(places["watch"], **received("UA"))
    feeds.hear(service.feed, **end | {"identity": "none again"})
    [call] = queries.calls()
    assert call.code == ""
    [level] = levels.standing()
    steps.receive(places["watch"], **received("SRRA"))  # a lowering that waits is not what ends
    made = listening.take(places["watch"], call.first.id)
    assert queries.word(call.first.id).state == "taken"
    assert [s.id for s in levels.standing()] == [level.id]
    steps.look_stand_down(places["second-watch"], made, seen=levels.stand_down(made).digest)
    assert levels.standing() == []
    with pytest.raises(NotWaiting):
        listening.take(places["watch"], call.first.id)


def test_what_cannot_be_believed_is_doubted_once_a_day_and_not_heard(service):
    service.say("Threat S\u0415VERE")
    assert service.heard() is None
    assert service.heard() is None
    [doubt] = Doubt.objects.all()
    assert doubt.rule == "mixed-letters"
    row = Hearing.objects.get()
    assert row.heard_at is None
    assert row.fault
    with times.held(times.now() + timedelta(hours=25)):
        service.heard()
    assert Doubt.objects.count() == 2


def test_past_its_rhythm_a_road_is_silent_and_says_since_when(service, places):
    steps.receive(places["watch"], **received("SRRA"))
    service.say("SRRA").heard()
    begun = times.now()
    service.file.unlink()
    with times.held(begun + timedelta(minutes=9)):
        assert service.heard() is None
        assert queries.silent() == []
    with times.held(begun + timedelta(minutes=11)):
        [road] = queries.silent()
        assert road.since == begun
        assert "Nothing has been heard from Service since" in own_page()
        feeds.note_silences([service.feed])
        assert feeds.note_silences([service.feed]) == 0
        [silence] = Silence.objects.all()
        assert (silence.since, silence.ended_at) == (begun, None)
        service.say("SRRA").heard()
        assert queries.silent() == []
        feeds.note_silences([service.feed])
        assert Silence.objects.get().ended_at == times.now()
        assert "Nothing has been heard" not in own_page()


def test_a_road_that_was_never_heard_is_silent_from_when_it_was_first_asked(service):
    begun = times.now()
    service.heard()
    with times.held(begun + timedelta(minutes=11)):
        [road] = queries.silent()
        assert (road.heard, road.since) == (None, begun)


def test_a_feed_that_moved_is_heard_from_its_beginning(service, settings, tmp_path):
    service.say("SRRA").heard()
    service.feed = replace(service.feed, address=str(tmp_path / "moved.xml"))
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, feeds=(service.feed,))
    assert queries.roads()[0].heard is None
    assert service.heard() is None
    assert Hearing.objects.get().address == service.feed.address


def test_a_feed_is_looked_at_as_often_as_it_says(service, settings):
    service.say("UA")
    home = settings.VIGIE_HOME
    assert listening.listen(home) == {"words heard": 1, "feeds not heard": 0}
    looked = Hearing.objects.get().tried_at
    listening.listen(home)
    with times.held(times.now() + timedelta(seconds=29)):
        listening.listen(home)
    assert Hearing.objects.get().tried_at == looked
    with times.held(times.now() + timedelta(seconds=30)):
        listening.listen(home)
        assert Hearing.objects.get().tried_at == times.now()


def test_a_home_without_feeds_says_nothing_of_them(home):
    assert listening.listen(home) == {}


def test_a_home_that_is_held_asks_nobody(service, settings, monkeypatch):
    service.say("UA")
    monkeypatch.setattr(listening.holds, "standing", lambda *_: "held")
    assert listening.listen(settings.VIGIE_HOME) == {"words heard": 0, "feeds not heard": 0}
    assert not Word.objects.exists()


def test_all_that_was_heard_rebuilds_to_the_same_rows(service, places):
    service.say("UA").heard()
    listening.take(places["watch"], queries.calls()[0].first.id)
    with times.held(times.now() + timedelta(minutes=11)):
        service.file.unlink()
        service.heard()
        feeds.note_silences([service.feed])
        service.say("Threat S\u0415VERE").heard()
        service.say("SRRA").heard()
        feeds.set_aside(places["watch"], queries.calls()[0].first.id, reason="Known to be a fault of theirs.")
        feeds.note_silences([service.feed])
        verdict = verify()
    assert verdict.verified, verdict.faults[:3]


def test_the_clock_notes_silences_and_never_takes_a_word(service, places):
    from vigie.steps import clock

    service.say("UA").heard()
    with times.held(times.now() + timedelta(days=30)):
        assert clock.tick()["roads silent or heard again"] == 1
    assert levels.standing() == []
    assert [call.code for call in queries.calls()] == ["UA"]


def test_the_pages_of_the_house_show_it_and_one_click_receives_it(service, places, sign_in):
    service.say("UA").heard()
    duty = sign_in("watch")
    assert WORDS["UA"] in duty.get("/").content.decode()
    assert WORDS["UA"] in duty.get("/heard/").content.decode()
    [call] = queries.calls()
    refused = duty.post(f"/heard/{call.first.id}/aside/", {"reason": "no"})
    assert refused.status_code == 400
    assert duty.post(f"/heard/{call.first.id}/take/").status_code == 302
    assert levels.holds(SCHEME, "FR").winner.code == "UA"
    assert duty.post(f"/heard/{call.first.id}/take/").status_code == 409


def test_the_page_of_what_was_heard_has_its_link_while_nothing_waits(service, sign_in, settings):
    duty = sign_in("watch")
    link = '<a href="/heard/">'
    for page in ("/", "/levels/"):
        assert link in duty.get(page).content.decode()
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, feeds=())
    for page in ("/", "/levels/"):
        assert link not in duty.get(page).content.decode()


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_the_public_page_says_when_its_source_was_last_heard(service, places, settings):
    service.say("UA").heard()
    listening.take(places["watch"], queries.calls()[0].first.id)
    page = settings.VIGIE_HOME.public / "en" / f"{SCHEME}.FR"
    assert "This page is fed by Service, last heard" in page.with_suffix(".FR.html").read_text()
    with times.held(times.now() + timedelta(minutes=11)):
        from vigie.warning import actions as warning

        now = Client().get("/public/heard.txt").content.decode()
        assert "Nothing has been heard from Service since" in now
        assert "Plus rien n’a été entendu" in now
        warning.publish(places["watch"])
        assert "Nothing has been heard from Service since" in page.with_suffix(".FR.txt").read_text()


def test_selfcheck_warns_of_a_silent_feed_and_of_doubts(service, settings):
    from vigie.console.selfcheck.queries.feeds import findings

    service.say("UA").heard()
    assert {f.state for f in findings(settings.VIGIE_HOME)} == {"holds"}
    service.say("Threat S\u0415VERE").heard()
    with times.held(times.now() + timedelta(minutes=11)):
        assert {f.name: f.state for f in findings(settings.VIGIE_HOME)} == {
            "feeds.heard": "warns",
            "feeds.believed": "warns",
        }
    assert [f.state for f in findings(replace(settings.VIGIE_HOME, feeds=()))] == ["holds"]


def test_the_record_of_a_home_that_names_no_feed_is_as_it_was(receiving_home, places):
    steps.receive(places["watch"], **received("UA"))
    assert "Heard, not confirmed" not in own_page()
    assert not Word.objects.exists()
