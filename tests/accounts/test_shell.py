"""What is done at the server's shell is never silent."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.actions.alarming import AcknowledgedAlready
from vigie.accounts.models import Alarm, Mandate
from vigie.accounts.rights import NotAllowed
from vigie.ledger.queries import verify


def test_the_first_set_up_is_quiet(people):
    assert queries.alarms() == []


def test_a_weighty_office_given_at_the_shell_once_two_administrators_stand_is_said_for_a_day(people):
    made = actions.found_mandate("p-99", "prime-minister")
    assert [(a.what, a.about, a.person) for a in queries.alarms()] == [("mandate", made, "p-99")]
    with times.held(times.now() + timedelta(hours=24)):
        assert queries.alarms() == []
    assert verify().verified


def test_an_office_of_readers_given_at_the_shell_is_not_shouted(people):
    actions.found_office("gallery", "Gallery", ["reader"])
    actions.found_mandate("p-99", "gallery")
    assert queries.alarms() == []


def test_more_weight_and_deputies_given_at_the_shell_are_said_too(people):
    actions.found_office("machine-room", "Machine room", ["administrator", "approver"])
    actions.found_deputies("prime-minister", ["watch"])
    assert [a.what for a in queries.alarms()] == ["office", "deputies"]


def test_another_may_silence_an_alarm_and_whom_it_serves_may_not(people):
    actions.found_mandate(people["machine-room"].person, "prime-minister")
    [alarm] = queries.alarms()
    with pytest.raises(actions.SameAdministrator):
        actions.acknowledge(people["machine-room"], alarm.id)
    with pytest.raises(NotAllowed):
        actions.acknowledge(people["watch"], alarm.id)
    actions.acknowledge(people["audit"], alarm.id)
    assert queries.alarms() == []
    with pytest.raises(AcknowledgedAlready):
        actions.acknowledge(people["other-machine-room"], alarm.id)
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Alarm.objects.filter(id=alarm.id).update(acknowledged_by=people["machine-room"].person)


def test_the_last_administrator_can_be_ended_at_the_shell_alone(people):
    for name in ("machine-room", "other-machine-room"):
        actions.end_here(
            Mandate.objects.get(person=people[name].person).id, "The service was moved elsewhere."
        )
    assert queries.administrators() == set()
    actions.close_here("machine-room", "The service was moved elsewhere.")
    assert "machine-room" not in {e.office.id for e in queries.emptying()}


def test_a_recovery_at_the_shell_is_always_said_even_of_the_only_administrator(people):
    actions.end_here(Mandate.objects.get(person=people["other-machine-room"].person).id, "Left the service.")
    made = actions.found_recovery(people["machine-room"].person)
    assert queries.recovery(made).alone
    assert [a.what for a in queries.alarms()] == ["recovery"]
