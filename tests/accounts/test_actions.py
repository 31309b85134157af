"""Offices and mandates."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.actors import Actor
from vigie.accounts.rights import NotAllowed, UnknownRole
from vigie.errors import NotFound
from vigie.ledger.queries import head, verify


def test_a_mandate_counts_from_its_start_to_its_end(people):
    start, end = times.now() + timedelta(days=1), times.now() + timedelta(days=2)
    move = actions.give_mandate(people["machine-room"], "p-99", "prime-minister", since=start, until=end)
    actions.confirm(people["other-machine-room"], move)
    later = Actor("p-99", "prime-minister")
    assert not queries.may(later, "alert.level.approve")
    with times.held(start):
        assert queries.may(later, "alert.level.approve")
    with times.held(end):
        assert not queries.may(later, "alert.level.approve")


def test_an_office_one_does_not_hold_gives_nothing(people):
    pretender = Actor(people["analysis"].person, "prime-minister")
    assert not queries.may(pretender, "alert.level.approve")


def test_only_the_administrator_opens_offices_and_a_refusal_leaves_no_entry(people):
    before = head()
    with pytest.raises(NotAllowed, match="administrator"):
        actions.open_office(people["cabinet"], "shadow", "Shadow", ["approver"])
    assert head() == before
    actions.open_office(people["machine-room"], "harbour", "Harbour", ["duty"])
    assert queries.title("harbour") == "Harbour"


def test_an_unknown_role_or_mandate_is_refused(people):
    with pytest.raises(UnknownRole):
        actions.open_office(people["machine-room"], "x", "X", ["emperor"])
    with pytest.raises(NotFound):
        actions.end_mandate(people["machine-room"], "mandate-999", "gone")


def test_one_can_find_who_may_be_the_second(people):
    offices = {office for _, office in queries.persons_with("alert.level.approve")}
    assert offices == {"prime-minister", "deputy", "both"}


def test_the_rows_are_the_records(people):
    actions.open_office(people["machine-room"], "harbour", "Harbour", ["duty"])
    move = actions.give_mandate(people["machine-room"], "p-99", "harbour", since=times.now())
    mandate = actions.confirm(people["other-machine-room"], move)
    actions.end_mandate(people["machine-room"], mandate, "Moved on.")
    assert verify().verified
