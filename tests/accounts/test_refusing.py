"""Every refusal is counted, and an entry takes the counts up: whoever hammers at the doors cannot make the record grow."""

from datetime import timedelta

import pytest
from django.test import Client

from vigie import times
from vigie.accounts.actions import refusing
from vigie.accounts.kinds import REFUSALS_NOTED
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, queries as levels
from vigie.alert.signing import SamePerson
from vigie.desk.models import Refusal
from vigie.ledger.queries import head, recent, verify

REASON = "A group that has tried here before claims an attack abroad."


def propose(actor):
    return alert.propose(
        actor, scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASON, effective=times.now()
    )


def taken_up():
    """Let ten minutes pass, and take up. Gives the body of the entry, or None."""
    with times.held(times.now() + refusing.EVERY):
        before = head()
        refusing.take_up()
        if head() == before:
            return None
        (written, body), *_ = recent(1)
    assert written.kind == REFUSALS_NOTED.tag
    return body


def test_what_a_verb_refuses_is_counted_by_person_office_and_right_whatever_the_road(people):
    with pytest.raises(NotAllowed):
        propose(people["watch"])
    made = propose(people["both"])
    for _ in range(2):
        with pytest.raises(SamePerson):
            alert.approve(people["both"], made, seen=levels.decision(made).digest)
    counted = {(r.person, r.office, r.via, r.what, r.why): r.count for r in Refusal.objects.all()}
    assert counted == {
        (people["watch"].person, "watch", "shell", "alert.level.propose", "NotAllowed"): 1,
        (people["both"].person, "both", "shell", "alert.level.approve", "SamePerson"): 2,
    }


def test_a_refusal_at_a_door_names_the_door_and_is_counted_once(sign_in, people):
    sign_in("analysis").get("/levels/propose/")
    sign_in("analysis").post("/api/levels/proposals", {}, content_type="application/json")
    assert {(r.what, r.method, r.via, r.count) for r in Refusal.objects.all()} == {
        ("alert:propose", "GET", "console", 1),
        ("api/levels/proposals", "POST", "api", 1),
    }


def test_a_stranger_is_counted_without_an_address_or_a_name(home):
    client = Client()
    client.post("/levels/propose/")
    client.get("/api/levels/holding")
    client.put("/levels/")
    told = Refusal.objects.values_list("person", "office", "why")
    assert set(told) == {("", "", "NotSignedIn"), ("", "", "WrongMethod")}


def test_a_page_asked_for_before_signing_in_is_no_refusal(home):
    Client().get("/levels/")
    assert not Refusal.objects.exists()


def test_a_forged_form_is_counted(people):
    Client(enforce_csrf_checks=True).post("/levels/propose/")
    assert Refusal.objects.get().why == "Forged"


def test_a_thousand_refusals_are_one_row_and_one_entry(sign_in):
    client = sign_in("analysis")
    for _ in range(100):
        client.get("/levels/propose/")
    Refusal.objects.update(count=1000)
    before = head()[0]
    [line] = taken_up().lines
    assert (line.count, line.what, line.why) == (1000, "alert:propose", "NotAllowed")
    assert head()[0] == before + 1
    assert not Refusal.objects.exists()


def test_nothing_is_taken_up_before_ten_minutes_nor_when_nobody_was_refused(sign_in):
    assert taken_up() is None
    sign_in("analysis").get("/levels/propose/")
    before = head()
    with times.held(times.now() + refusing.EVERY - timedelta(seconds=1)):
        assert refusing.take_up() == 0
    assert head() == before
    assert Refusal.objects.get().count == 1


def test_what_comes_while_it_is_taken_up_waits_for_the_next_entry(sign_in, monkeypatch):
    sign_in("analysis").get("/levels/propose/")
    note = refusing._note

    def meanwhile(body):
        note(body)
        sign_in("analysis").get("/levels/propose/")

    monkeypatch.setattr(refusing, "_note", meanwhile)
    assert taken_up().lines[0].count == 1
    assert Refusal.objects.get().count == 1


def test_of_very_many_kinds_of_refusals_the_entry_names_the_first_and_counts_the_rest(home, monkeypatch):
    monkeypatch.setattr(refusing, "MOST_LINES", 3)
    for number in range(5):
        Refusal.objects.create(
            person=f"p-{number}", office="", via="console", what="alert:propose", method="GET", why="NotAllowed", count=2,
            since=times.now(), until=times.now(),
        )  # fmt: skip
    body = taken_up()
    assert [line.person for line in body.lines] == ["p-0", "p-1", "p-2"]
    assert body.left == 4


def test_the_clock_takes_refusals_up_and_the_record_holds(sign_in):
    from vigie.steps.clock import tick

    sign_in("analysis").get("/levels/propose/")
    with times.held(times.now() + refusing.EVERY):
        assert tick()["refusals noted"] == 1
        assert tick()["refusals noted"] == 0
    assert verify().verified


def test_when_a_refusal_cannot_be_counted_it_is_a_refusal_all_the_same(sign_in, monkeypatch):
    """Fail closed: a desk that cannot be written opens no door."""
    from django.db import DatabaseError

    from vigie.accounts import middleware

    def broken(**_given):
        raise DatabaseError("database is locked")

    client = sign_in("analysis")
    client.raise_request_exception = False
    monkeypatch.setattr(middleware, "count_refusal", broken)
    answer = client.get("/levels/propose/")
    assert answer.status_code >= 500
    assert "Propose" not in answer.content.decode()
