"""Offices, deputies, and what takes two administrators."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.actions.moving import MoveClosed, NoReason
from vigie.accounts.actions.opening import EndedAlready, OwnDeputy
from vigie.accounts.actors import Actor
from vigie.accounts.models import Mandate, Move, Office
from vigie.accounts.rights import ROLES, NotAllowed, decides, weighty
from vigie.errors import BadInput, NotFound
from vigie.ledger.queries import head, verify

REASON = "The office was given by mistake, to be corrected today."


@pytest.fixture
def admin(people):
    return people["machine-room"]


@pytest.fixture
def other(people):
    return people["other-machine-room"]


def test_only_an_office_of_readers_is_given_by_one_administrator_alone(admin):
    actions.open_office(admin, "gallery", "Gallery", ["reader"])
    assert actions.give_mandate(admin, "p-99", "gallery", since=times.now()).startswith("mandate-")
    assert [role for role in ROLES if not weighty([role])] == ["reader"]


def test_a_weighty_office_waits_for_a_second_administrator_and_gives_nothing_before(admin, other):
    move = actions.give_mandate(admin, "p-99", "prime-minister", since=times.now())
    newcomer = Actor("p-99", "prime-minister")
    assert move.startswith("move-")
    assert not queries.may(newcomer, "alert.level.approve")
    assert actions.confirm(other, move).startswith("mandate-")
    assert queries.may(newcomer, "alert.level.approve")
    assert verify().verified


def test_nobody_confirms_their_own_move_nor_one_that_serves_them(admin, other, people):
    move = actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    with pytest.raises(actions.SameAdministrator):
        actions.confirm(admin, move)
    actions.found_mandate("p-98", "machine-room")
    third = Actor("p-98", "machine-room")
    serving = actions.give_mandate(third, other.person, "deputy", since=times.now())
    with pytest.raises(actions.SameAdministrator):
        actions.confirm(other, serving)
    with pytest.raises(NotAllowed):
        actions.confirm(people["prime-minister"], move)
    assert Mandate.objects.filter(office="deputy").count() == 1


def test_nobody_gives_themselves_an_office(admin):
    with pytest.raises(actions.OwnMandate):
        actions.give_mandate(admin, admin.person, "prime-minister", since=times.now())
    actions.open_office(admin, "gallery", "Gallery", ["reader"])
    with pytest.raises(actions.OwnMandate):
        actions.give_mandate(admin, admin.person, "gallery", since=times.now())


def test_an_administrator_cannot_make_an_office_they_hold_decide(admin, other):
    move = actions.open_office(admin, "machine-room", "Machine room", ["administrator", "approver"])
    assert move.startswith("move-")
    assert not queries.may(admin, "alert.level.approve")
    actions.refuse(other, move, REASON)
    assert not queries.may(admin, "alert.level.approve")


def test_an_administrator_cannot_name_their_office_deputy_of_one_that_decides(admin, other):
    move = actions.name_deputies(admin, "prime-minister", ["machine-room"])
    assert move.startswith("move-")
    assert not queries.may(admin, "alert.level.approve")
    with pytest.raises(actions.SameAdministrator):
        actions.confirm(admin, move)


def test_a_second_administrator_made_by_the_first_alone_does_not_exist(admin):
    """The puppet: an account one made oneself must not be able to confirm what one proposes."""
    move = actions.give_mandate(admin, "p-99", "machine-room", since=times.now())
    with pytest.raises(NotAllowed):
        actions.confirm(Actor("p-99", "machine-room"), move)


def test_a_lone_administrator_is_told_how_to_have_a_second(admin, other):
    mandate = Mandate.objects.get(person=other.person)
    actions.end_mandate(admin, mandate.id, "Left the service.")
    before = head()
    with pytest.raises(actions.OneAlone, match="vigie officers add"):
        actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    assert head() == before


def test_the_last_administrator_cannot_be_ended_nor_closed_from_within(admin, other):
    actions.end_mandate(admin, Mandate.objects.get(person=other.person).id, "Left the service.")
    with pytest.raises(actions.LastAdministrator):
        actions.end_mandate(admin, Mandate.objects.get(person=admin.person).id, "Enough of it.")
    with pytest.raises(actions.LastAdministrator):
        actions.close_office(admin, "machine-room", REASON)


def test_a_move_is_made_once(admin, other):
    move = actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    actions.confirm(other, move)
    with pytest.raises(MoveClosed):
        actions.confirm(other, move)
    with pytest.raises(MoveClosed):
        actions.refuse(other, move, REASON)


def test_refusing_a_move_needs_a_reason_and_its_proposer_may_take_it_back(admin):
    move = actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    with pytest.raises(NoReason):
        actions.refuse(admin, move, "no")
    actions.refuse(admin, move, REASON)
    assert queries.move(move).state == "rejected"
    assert queries.moves_waiting() == []


def test_an_office_closed_meanwhile_is_not_given(admin, other):
    move = actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    actions.close_office(other, "deputy", REASON)
    with pytest.raises(NotFound):
        actions.confirm(other, move)


def test_the_database_refuses_a_move_confirmed_by_its_proposer_or_for_oneself(admin):
    move = actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    for person in (admin.person, "p-99"):
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            Move.objects.filter(id=move).update(state="confirmed", confirmed_by=person)
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Move.objects.filter(id=move).update(state="confirmed")


def test_a_closed_office_gives_nothing_from_that_instant(admin, people):
    assert queries.may(people["deputy"], "alert.level.approve")
    actions.close_office(admin, "deputy", REASON)
    assert not queries.may(people["deputy"], "alert.level.approve")
    with pytest.raises(NotFound):
        actions.give_mandate(admin, "p-99", "deputy", since=times.now())
    assert verify().verified


def test_an_office_that_was_closed_is_opened_again_by_two(admin, other, people):
    actions.close_office(admin, "deputy", REASON)
    move = actions.open_office(admin, "deputy", "Deputy", ["approver"])
    assert not queries.may(people["deputy"], "alert.level.approve")
    actions.confirm(other, move)
    assert queries.may(people["deputy"], "alert.level.approve")


def test_a_deputy_office_carries_what_it_stands_in_for_and_the_entry_says_which_office_acted(
    admin, other, people
):
    watch = people["watch"]
    assert not queries.may(watch, "alert.level.approve")
    actions.confirm(other, actions.name_deputies(admin, "prime-minister", ["watch"]))
    assert queries.may(watch, "alert.level.approve")
    assert watch.by().office == "watch"
    assert [(s.office, s.deputy) for s in queries.seconds("alert.level.approve") if s.office == "watch"] == [
        ("watch", True)
    ]
    assert actions.name_deputies(admin, "prime-minister", []) == "prime-minister"
    assert not queries.may(watch, "alert.level.approve")
    assert verify().verified


def test_a_deputys_deputy_stands_in_for_the_deputy_alone(admin, other, people):
    actions.confirm(other, actions.name_deputies(admin, "prime-minister", ["watch"]))
    actions.confirm(other, actions.name_deputies(admin, "watch", ["planning"]))
    assert queries.may(people["planning"], "alert.level.receive")
    assert not queries.may(people["planning"], "alert.level.approve")


def test_an_office_closed_lends_nothing_to_its_deputies(admin, other, people):
    actions.confirm(other, actions.name_deputies(admin, "prime-minister", ["watch"]))
    actions.close_office(admin, "prime-minister", REASON)
    assert not queries.may(people["watch"], "alert.level.approve")


def test_an_office_is_no_deputy_of_itself_nor_of_one_that_does_not_stand(admin):
    with pytest.raises(OwnDeputy):
        actions.name_deputies(admin, "deputy", ["deputy"])
    with pytest.raises(NotFound):
        actions.name_deputies(admin, "deputy", ["shadow"])


def test_a_mandate_cannot_end_before_it_begins_nor_twice(admin, other):
    with pytest.raises(BadInput):
        actions.give_mandate(admin, "p-99", "deputy", since=times.now(), until=times.now())
    mandate = Mandate.objects.get(person=other.person).id
    actions.end_mandate(admin, mandate, "Left the service.")
    with pytest.raises(EndedAlready):
        actions.end_mandate(admin, mandate, "Left the service.")


def test_a_mandate_ended_before_it_began_never_begins(admin, other):
    later = times.now() + timedelta(days=3)
    mandate = actions.confirm(other, actions.give_mandate(admin, "p-99", "deputy", since=later))
    actions.end_mandate(admin, mandate, "Somebody else was found.")
    with times.held(later + timedelta(hours=1)):
        assert not queries.may(Actor("p-99", "deputy"), "alert.level.approve")
    with pytest.raises(EndedAlready):
        actions.end_mandate(admin, mandate, "Somebody else was found.")
    assert verify().verified


def test_offices_empty_within_thirty_days_are_listed_and_those_that_decide_first(admin, other):
    now = times.now()
    actions.open_office(admin, "gallery", "Gallery", ["reader"])
    actions.open_office(admin, "shift", "Shift", ["reader"])
    actions.give_mandate(admin, "p-90", "shift", since=now, until=now + timedelta(days=40))
    term = actions.give_mandate(
        admin, "p-91", "gallery", since=now - timedelta(days=1), until=now + timedelta(days=5)
    )
    actions.end_mandate(admin, Mandate.objects.get(office="prime-minister").id, "The government fell.")
    found = [(e.office.id, e.at, e.deciding) for e in queries.emptying()]
    assert found == [("prime-minister", now, True), ("gallery", now + timedelta(days=5), False)]
    assert decides(Office.objects.get(id="prime-minister").roles)
    actions.close_office(admin, "gallery", REASON)
    assert [e.office.id for e in queries.emptying()] == ["prime-minister"]
    assert term
