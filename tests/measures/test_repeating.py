"""Insisting until an answer: the office, its deputy, its superior; never about what was answered or closed."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from tests.project.conftest import undone
from vigie import times
from vigie.errors import VigieError
from vigie.exposure.actions import import_owners
from vigie.ledger.kinds import By
from vigie.ledger.queries import recent, verify
from vigie.measures import actions, channels, kinds, queries
from vigie.measures.models import Message, Repeat, Task
from vigie.measures.moves import WAITING
from vigie.waves import Pace, UrgentPace, Waves

HEAD = "id,name,kind,language,mail,phone,deputy_mail,superior_mail,parent\n"
ABOVE = f"""{HEAD}o-head,Siège,site-manager,fr,siege@example.org,,,,
o-mall,Galerie Nord PC sécurité,site-manager,fr,pc@galerie.example,,adjoint@galerie.example,,o-head
o-museum,Museum duty desk,site-manager,en,desk@museum.example,,night@museum.example,direction@museum.example,
o-rail,Exploitant des gares,transport-operator,fr,gares@example.org,,,,
"""
PACE = UrgentPace(deputies_after=15, superiors_after=45, remind_every=30, reminders=1)
WAVES = Waves(urgent_hours=168, urgent=PACE)


class Post:
    """Keeps what leaves, by mail address, in the stead of a mail server. down: addresses it refuses."""

    def __init__(self):
        self.letters, self.down = [], set()

    def send(self, _channels, letter, *_more):
        if not letter.mail:
            return channels.Outcome(False, "", "no channel fits the contact on record")
        if letter.mail in self.down:
            return channels.Outcome(False, "mailto", "not taken by: mailto")
        self.letters.append(letter)
        return channels.Outcome(True, "mailto")

    def taken(self):
        found, self.letters = self.letters, []
        return found

    def to(self):
        return sorted(letter.mail for letter in self.taken())


@pytest.fixture
def post(monkeypatch):
    kept = Post()
    monkeypatch.setattr(channels, "send", kept.send)
    return kept


@pytest.fixture
def insisting(home, owners, level, post):
    """A home that insists; owners with deputies and superiors; the level is UA and every message has left at `T`."""
    import_owners(owners["watch"], ABOVE.encode())
    home = replace(home, channels=("mailto://{mail}",), waves=WAVES)
    actions.switch(owners["prime-minister"], level("UA"))
    actions.deliver_due(home)
    post.taken()
    return home


def later(minutes):
    return times.held(times.now() + timedelta(minutes=minutes))


def test_deputies_are_written_to_then_superiors_until_an_answer(insisting, post, link):
    with later(14):
        assert actions.repeat_due(insisting) == 0
    with later(15):
        assert actions.repeat_due(insisting) == 2
        assert post.to() == ["adjoint@galerie.example", "night@museum.example"]
        assert actions.repeat_due(insisting) == 0, "once"
    with later(20):
        actions.answer(link("o-mall"), "acknowledged")
    with later(45):
        actions.repeat_due(insisting)
        said = post.taken()
    assert "direction@museum.example" in {letter.mail for letter in said}
    assert "siege@example.org" not in {letter.mail for letter in said}, "answered meanwhile"
    assert verify().verified


def test_without_a_superior_the_parent_owner_s_office_is_written_to(insisting, post):
    with later(45):
        actions.repeat_due(insisting)
    assert "siege@example.org" in post.to()


def test_a_letter_of_a_later_wave_says_so_and_bears_the_same_link(insisting, post, link):
    with later(15):
        actions.repeat_due(insisting)
    night = next(letter for letter in post.taken() if letter.mail == "night@museum.example")
    assert night.subject.startswith("No answer yet: ")
    assert night.text.startswith("You are written to as the deputy of Museum duty desk")
    assert link("o-museum") in night.text
    assert "BAT 22-01" in night.text


def test_only_what_still_waits_for_a_word_is_repeated(insisting, post, link):
    told = Message.objects.get(owner="o-museum")
    named = {task.measure: task.id for task in queries.tasks_of(told)}
    actions.answer(link("o-museum"), "done", tasks=[named["BAT 22-01"]])
    with later(15):
        actions.repeat_due(insisting)
    night = next(letter for letter in post.taken() if letter.mail == "night@museum.example")
    assert "BAT 22-01" not in night.text
    assert any(measure in night.text for measure in named)


def test_an_owner_whose_mail_failed_has_its_deputy_written_to_at_once(home, owners, level, post):
    import_owners(owners["watch"], ABOVE.encode())
    home = replace(home, channels=("mailto://{mail}",), waves=WAVES)
    actions.switch(owners["prime-minister"], level("UA"))
    post.down.add("desk@museum.example")
    actions.deliver_due(home)
    post.taken()
    assert set(Task.objects.filter(owner="o-museum").values_list("state", flat=True)) == {"not_reached"}
    actions.repeat_due(home)
    assert post.to() == ["night@museum.example"]
    assert set(Task.objects.filter(owner="o-museum").values_list("state", flat=True)) == {"sent"}


def test_who_has_no_deputy_is_noted_once_and_the_list_is_not_gone_through_for_ever(insisting, post):
    for minute in (15, 16, 17):
        with later(minute):
            actions.repeat_due(insisting)
    noted = Repeat.objects.filter(message__owner="o-rail", wave=2)
    assert [(row.delivered, row.why) for row in noted] == [(False, "no address on record")]


def test_one_contact_gets_one_message_whomever_it_is_about(home, owners, level, post):
    table = ABOVE.replace("pc@galerie.example", "desk@museum.example")
    import_owners(owners["watch"], table.encode())
    home = replace(home, channels=("mailto://{mail}",), waves=WAVES)
    actions.switch(owners["prime-minister"], level("UA"))
    sent = actions.deliver_due(home)
    both = [letter for letter in post.taken() if letter.mail == "desk@museum.example"]
    assert [set(letter.owners) for letter in both] == [{"o-mall", "o-museum"}]
    for owner in both[0].owners:
        assert queries.link_for(owner, Message.objects.get(owner=owner).posture_id) in both[0].text
    assert sent.delivered == Message.objects.count()
    together = [
        body for entry, body in recent(50) if entry.kind == kinds.DELIVERED.tag and len(body.messages) == 2
    ]
    assert len(together) == 1


def test_in_quiet_hours_only_what_is_urgent_leaves(home, owners, level, post):
    import_owners(owners["watch"], ABOVE.encode())
    noon = times.now().astimezone(times.time_zone(home.zone))
    around = f"{(noon - timedelta(hours=1)):%H:%M}-{(noon + timedelta(hours=1)):%H:%M}"
    calm = replace(home, channels=("mailto://{mail}",), waves=Waves(quiet=around, urgent_hours=1))
    actions.switch(owners["prime-minister"], level("UA"))
    sent = actions.deliver_due(calm)
    assert (sent.delivered, sent.quiet, post.to()) == (0, Message.objects.count(), [])
    assert actions.deliver_due(calm, in_quiet_hours=True).delivered == sent.quiet, "a person may order it"
    post.taken()
    urgent = replace(calm, waves=Waves(quiet=around, urgent_hours=48, urgent=PACE))
    with later(15):
        assert (
            actions.repeat_due(
                replace(calm, waves=Waves(quiet=around, urgent_hours=1, other=Pace(15, 45, 15, 1)))
            )
            == 0
        )
        assert actions.repeat_due(urgent) > 0


def test_without_a_channel_the_clock_insists_on_nothing(insisting, post):
    with later(45):
        assert actions.repeat_due(replace(insisting, channels=())) == 0
    assert post.taken() == []


def test_the_clock_that_insists_signs_as_clock_and_moves_no_level_and_no_task_but_to_sent(insisting):
    before = {task.id: task.state for task in Task.objects.all()}
    with later(15):
        actions.repeat_due(insisting)
    kept = [(entry.kind, entry.by) for entry, _ in recent(10) if entry.kind == kinds.REPEATED.tag]
    assert {by for _, by in kept} == {By(person="", office="", via="clock")}
    assert {task.id: task.state for task in Task.objects.all()} == before


def test_after_a_stand_down_the_old_message_is_not_repeated_the_new_one_is(
    insisting, post, owners, level, link
):
    with later(5):
        actions.switch(owners["prime-minister"], level("VIG"))
        actions.deliver_due(insisting)
        post.taken()
    with later(15):
        actions.repeat_due(insisting)
        assert post.taken() == [], "counted from the new message"
    with later(21):
        actions.repeat_due(insisting)
        said = {letter.mail: letter for letter in post.taken()}
    assert (
        queries.link_for("o-museum", Message.objects.filter(owner="o-museum").latest("queued_at").posture_id)
        in said["night@museum.example"].text
    )


OWNERS = ("o-mall", "o-museum", "o-rail", "o-town", "o-schools")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 60)),
        st.tuples(st.just("answer"), st.sampled_from(OWNERS), st.sampled_from(["acknowledged", "doing", "done", "cannot"])),
        st.tuples(st.just("stopped"), st.sampled_from(OWNERS)),
        st.tuples(st.just("lower")),
        st.tuples(st.just("call"), st.sampled_from(OWNERS), st.booleans()),
        st.tuples(st.just("down"), st.sampled_from(["desk@museum.example", "pc@galerie.example"])),
        st.tuples(st.just("up")),
    ),
    max_size=14,
)  # fmt: skip


@hypothesis_settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=steps)
def test_nothing_ever_leaves_about_what_was_answered_closed_or_stood_down(
    insisting, post, owners, level, acts
):
    with undone():
        now, lowered, watch = times.now(), False, owners["watch"]
        for act in acts:
            now += timedelta(minutes=act[1] if act[0] == "wait" else 1)
            with times.held(now):
                with suppress(
                    VigieError
                ):  # what cannot be said in this state is refused, and changes nothing
                    if act[0] == "answer":
                        actions.take_down(watch, act[1], act[2], via="phone", reason="No guards")
                    elif act[0] == "stopped":
                        actions.take_down(watch, act[1], "stopped", via="phone")
                    elif act[0] == "call":
                        actions.call(watch, act[1], reached=act[2])
                if act[0] == "lower" and not lowered:
                    actions.switch(owners["prime-minister"], level("VIG"))
                    lowered = True
                elif act[0] == "down":
                    post.down.add(act[1])
                elif act[0] == "up":
                    post.down.clear()
                owing = set(Task.objects.filter(state__in=WAITING).values_list("owner", flat=True))
                actions.deliver_due(insisting, again=True)
                actions.repeat_due(insisting)
                about = {owner for letter in post.taken() for owner in letter.owners}
                assert about <= owing
    post.down.clear()
    post.taken()


def test_an_answer_that_comes_while_others_are_written_to_is_heeded(insisting, post, owners, monkeypatch):
    def answering(_channels, letter, *_more):
        for owner in ("o-mall", "o-museum"):
            if owner not in letter.owners:
                actions.take_down(owners["watch"], owner, "done", via="phone")
        return post.send(_channels, letter, *_more)

    monkeypatch.setattr(channels, "send", answering)
    with later(15):
        assert actions.repeat_due(insisting) == 1
    assert len(post.taken()) == 1


def test_a_first_message_whose_owner_answered_a_moment_before_its_turn_is_dropped(
    home, owners, level, post, monkeypatch
):
    monkeypatch.setattr("vigie.measures.actions.delivering._LETTERS_AT_ONCE", 1)
    actions.switch(owners["prime-minister"], level("UA"))
    last = list(queries.waiting())[-1].owner

    def answering(_channels, letter, *_more):
        if not post.letters:
            actions.take_down(owners["watch"], last, "done", via="phone")
        return post.send(_channels, letter, *_more)

    monkeypatch.setattr(channels, "send", answering)
    sent = actions.deliver_due(replace(home, channels=("mailto://{mail}",)))
    assert sent.dropped == 1
    assert last not in {owner for letter in post.taken() for owner in letter.owners}
    assert Message.objects.get(owner=last).state == "dropped"
