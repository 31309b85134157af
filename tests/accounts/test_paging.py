"""Whom to page: holders at once, deputies after, nobody too often."""

from datetime import UTC, datetime, timedelta

from vigie.accounts.paging import MOST, Second, Tried, due

START = datetime(2024, 3, 22, 12, tzinfo=UTC)
AFTER = timedelta(minutes=10)
HOLDER = Second("p-1", "minister", deputy=False)
DEPUTY = Second("p-2", "deputy", deputy=True)
BOTH = {"p-1": "a@example.org", "p-2": "b@example.org"}


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def ask(tried=(), reachable=BOTH, now=START, seconds=(HOLDER, DEPUTY)):
    return due(seconds, tried, reachable, since=START, now=now, deputies_after=AFTER)


def test_holders_are_paged_at_once_and_deputies_not_yet():
    assert ask() == [HOLDER]


def test_deputies_are_paged_once_the_minutes_have_passed_and_holders_not_again():
    sent = [Tried("p-1", START, delivered=True)]
    assert ask(sent, now=at(9.9)) == []
    assert ask(sent, now=at(10)) == [DEPUTY]


def test_deputies_are_paged_at_once_when_no_holder_can_be_reached():
    assert ask(reachable={"p-2": "b@example.org"}) == [DEPUTY]
    assert ask([Tried("p-1", START, delivered=False)], now=at(0.5)) == [DEPUTY]


def test_a_page_that_failed_is_tried_again_later_and_not_for_ever():
    failed = [Tried("p-1", at(10 * n), delivered=False) for n in range(MOST)]
    deputy = Tried("p-2", START, delivered=True)
    assert ask([failed[0], deputy], now=at(9)) == []
    assert ask([failed[0], deputy], now=at(10)) == [HOLDER]
    assert ask([*failed, deputy], now=at(500)) == []


def test_one_who_holds_two_offices_is_paged_once_and_as_the_holder():
    twice = (Second("p-1", "deputy", deputy=True), HOLDER)
    assert ask(seconds=twice, now=at(10)) == [HOLDER]


def test_who_has_no_address_is_not_tried():
    assert ask(reachable={}) == []
