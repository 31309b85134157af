"""Who may be the second person is paged at once, deputies after the home's minutes, and the page says nothing of what waits."""

import dataclasses
from datetime import timedelta

import pytest

from vigie import homes, steps, times
from vigie.accounts import actions as offices, queries
from vigie.alert import actions as alert, queries as levels
from vigie.desk.actions import set_pager
from vigie.ledger import holds
from vigie.ledger.queries import recent, verify
from vigie.measures.actions.delivering import Sending
from vigie.measures.channels import Outcome
from vigie.steps import clock, seconds

SCHEME = "fr-vigipirate-2016"
WHY = "An attack abroad was claimed by a group that has tried here before."
TOOK = Outcome(delivered=True, channel="mailtos")
REFUSED = Outcome(delivered=False, channel="mailtos", why="not taken by: mailtos")


@pytest.fixture
def sent(people, monkeypatch, settings):
    """Letters that left: (channels, letter); everybody who may be a second has an address."""
    settings.VIGIE_HOME = dataclasses.replace(
        settings.VIGIE_HOME, channels=("mailtos://x@mail.example?to={mail}", "json://everybody.example/")
    )
    for name in ("prime-minister", "watch", "second-watch", "information", "release", "both"):
        set_pager(people[name].person, f"{name}@example.org")
    letters = []

    def send(channels, letter):
        letters.append((channels, letter))
        return TOOK

    monkeypatch.setattr(seconds, "send", send)
    return letters


def proposed(people, office="cabinet", **changes):
    given = {
        "scheme": SCHEME,
        "code": "UA",
        "zone": "FR",
        "reasons": WHY,
        "effective": times.now(),
        **changes,
    }
    return alert.propose(people[office], **given)


def to(letters):
    return sorted(letter.mail for _, letter in letters)


def tick(minutes=0.0):
    with times.held(times.now() + timedelta(minutes=minutes)):
        return clock.tick()


def test_a_proposal_pages_whoever_may_sign_it_and_not_its_proposer(people, sent):
    proposed(people, "both")
    assert tick()["second persons paged"] == 1
    assert to(sent) == ["prime-minister@example.org"]
    assert tick()["second persons paged"] == 0
    assert verify().verified


def test_the_page_says_that_something_waits_and_nothing_of_what_it_is(people, sent, settings):
    proposed(people)
    tick()
    [(_, letter)] = [one for one in sent if one[1].mail.startswith("prime")]
    assert (
        letter.text
        == f"Test: Something waits for you as the second person: open {settings.VIGIE_HOME.address}"
    )
    for hidden in ("UA", "3/3", "FR", "decision-", WHY, "cabinet"):
        assert hidden not in letter.text + letter.subject


def test_an_exercise_says_so_in_its_pages(people, sent, settings):
    settings.VIGIE_HOME = dataclasses.replace(settings.VIGIE_HOME, exercise=True, frame="EXERCISE")
    proposed(people)
    tick()
    assert all(letter.text.startswith("EXERCISE – ") for _, letter in sent)


def test_each_page_is_an_entry_without_an_address(people, sent):
    made = proposed(people)
    tick()
    pages = queries.pages(made)
    assert {(p.office, p.delivered, p.channel, p.deputy) for p in pages} == {
        ("prime-minister", True, "mailtos", False), ("both", True, "mailtos", False),
    }  # fmt: skip
    from vigie.ledger.models import Entry, Payload

    kept = b"".join(bytes(p.body) for p in Payload.objects.all() if p.body) + b"".join(
        bytes(e.envelope) for e in Entry.objects.all()
    )
    assert b"example.org" not in kept
    assert recent(1)[0][0].by.via == "clock"


def test_deputies_are_paged_after_the_minutes_of_vigie_toml(people, sent):
    offices.found_deputies("prime-minister", ["planning"])
    offices.found_deputies("deputy", ["planning"])
    set_pager(people["planning"].person, "planning@example.org")
    proposed(people, "both")
    tick()
    tick(9.9)
    assert to(sent) == ["prime-minister@example.org"]
    tick(10)
    assert to(sent) == ["planning@example.org", "prime-minister@example.org"]
    tick(60)
    assert len(sent) == 2
    assert [p.deputy for p in queries.pages(levels.proposals()[0].id)] == [False, True]


def test_deputies_are_paged_at_the_next_turn_when_no_holder_was_reached(people, sent, monkeypatch):
    offices.found_deputies("prime-minister", ["planning"])
    set_pager(people["planning"].person, "planning@example.org")
    proposed(people, "both")
    tried = []

    def send(channels, letter):
        tried.append(letter.mail)
        return REFUSED if letter.mail.startswith("prime") else TOOK

    monkeypatch.setattr(seconds, "send", send)
    assert tick()["pages failed"] == 1
    tick(0.5)
    assert tried == ["prime-minister@example.org", "planning@example.org"]


def test_a_proposal_written_anew_is_told_again(people, sent):
    made = proposed(people)
    tick()
    alert.revise(people["cabinet"], made, code="UA", reasons=f"{WHY} And again.", effective=times.now())
    tick()
    assert to(sent) == ["both@example.org"] * 2 + ["prime-minister@example.org"] * 2


def test_what_was_signed_pages_nobody_any_more(people, sent):
    made = proposed(people)
    alert.approve(people["prime-minister"], made, seen=levels.decision(made).digest)
    tick()
    assert sent == []


def test_a_level_received_pages_whoever_may_look_but_the_receiver(people, sent):
    alert.receive(
        people["watch"], scheme="be-ocam", code="3", zone="BE", authority="OCAM", words="Niveau 3.", source="a letter", effective=times.now()
    )  # fmt: skip
    tick()
    assert to(sent) == ["both@example.org", "second-watch@example.org"]


def test_a_broken_glass_pages_those_who_may_countersign(people, sent):
    steps.raise_alone(
        people["cabinet"], scheme=SCHEME, code="UA", zone="FR", reasons=WHY, reason="Nobody answers, at either number.", hours=2
    )  # fmt: skip
    tick()
    assert to(sent) == ["both@example.org", "prime-minister@example.org"]


def test_an_administrator_is_paged_for_what_takes_two(people, sent):
    offices.found_mandate("p-99", "machine-room")
    set_pager("p-99", "second-administrator@example.org")
    set_pager(people["machine-room"].person, "first-administrator@example.org")
    offices.give_mandate(people["machine-room"], "p-98", "watch", since=times.now())
    tick()
    assert to(sent) == ["second-administrator@example.org"]


def test_a_page_goes_to_one_person_never_to_a_channel_for_all(people, sent):
    proposed(people)
    tick()
    assert all(channels == ["mailtos://x@mail.example?to={mail}"] for channels, _ in sent)


def test_an_address_of_apprise_is_its_own_channel(people, sent):
    set_pager(people["prime-minister"].person, "ntfys://ntfy.example/topic")
    proposed(people, "both")
    tick()
    assert [channels for channels, _ in sent] == [["ntfys://ntfy.example/topic"]]


def test_a_home_whose_sending_is_held_pages_nobody(people, sent, settings):
    proposed(people)
    holds.put(settings.VIGIE_HOME.path, "sending", "Restored this morning.")
    assert seconds.page_seconds(settings.VIGIE_HOME) == []
    assert sent == []
    holds.lift(settings.VIGIE_HOME.path, "sending")
    assert len(seconds.page_seconds(settings.VIGIE_HOME)) == 2


def test_two_runs_do_not_page_at_once(people, sent, settings):
    from vigie.measures.actions import alone

    proposed(people)
    with alone(settings.VIGIE_HOME), pytest.raises(Sending):
        seconds.page_seconds(settings.VIGIE_HOME)


def test_where_nobody_set_an_address_nothing_is_written(people):
    from vigie.ledger.queries import head
    from vigie.ledger.second.actions import sign_again

    sign_again()  # names its key on the record, once
    proposed(people)
    before = head()
    tick()
    assert head() == before


def test_the_level_s_page_says_who_was_paged(people, sent, sign_in):
    made = proposed(people)
    tick()
    assert "2 pages sent to second persons" in sign_in("audit").get(f"/levels/{made}/").content.decode()


@pytest.mark.parametrize(("given", "fits"), [("10", True), ("1", True), ("1440", True), ("0", False), ("1441", False), ('"ten"', False)])  # fmt: skip
def test_the_minutes_of_vigie_toml_lie_between_a_minute_and_a_day(tmp_path, given, fits):
    toml = f"[paging]\ndeputies_after = {given}\n"
    if fits:
        home = homes.create(tmp_path / "home", title="Test", instance="test", toml=toml)
        assert home.deputies_after == timedelta(minutes=int(given))
    else:
        with pytest.raises(homes.BadHome, match="deputies_after"):
            homes.create(tmp_path / "home", title="Test", instance="test", toml=toml)
