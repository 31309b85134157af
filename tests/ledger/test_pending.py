"""Rows that wait to be written together."""

import pytest

from vigie.ledger import statements
from vigie.ledger.pending import Pending


@pytest.fixture
def given():
    return []


@pytest.fixture
def pending(given):
    return Pending(lambda statement, rows: given.extend((statement, row) for row in rows))


def test_rows_are_given_once_in_the_order_of_their_tables(pending, given):
    pending.add("entry 0", "payload 0")
    pending.add("entry 1", "payload 1", "key 1")
    pending.give()
    pending.give()
    assert given == [
        (statements.ENTRY, "entry 0"),
        (statements.ENTRY, "entry 1"),
        (statements.PAYLOAD, "payload 0"),
        (statements.PAYLOAD, "payload 1"),
        (statements.PAYLOAD_KEY, "key 1"),
    ]


def test_what_is_taken_back_is_never_given_and_what_stood_before_is(pending, given):
    pending.add("entry 0", "payload 0")
    mark = pending.lengths()
    pending.add("entry 1", "payload 1", "key 1")
    pending.back_to(mark)
    pending.give()
    assert [row for _, row in given] == ["entry 0", "payload 0"]


def test_rows_given_within_a_savepoint_that_was_rolled_back_are_given_again(pending, given):
    pending.add("entry 0", "payload 0")
    mark = pending.lengths()
    pending.add("entry 1", "payload 1")
    pending.give()
    given.clear()
    pending.back_to(mark)
    pending.give()
    assert [row for _, row in given] == ["entry 0", "payload 0"]


def test_rows_given_before_the_savepoint_stay_given(pending, given):
    pending.add("entry 0", "payload 0")
    pending.give()
    given.clear()
    mark = pending.lengths()
    pending.add("entry 1", "payload 1")
    pending.back_to(mark)
    pending.give()
    assert given == []
