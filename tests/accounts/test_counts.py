"""Counting within a window, in memory."""

from vigie.accounts.middleware.counts import Counts


def test_each_name_is_counted_by_itself():
    counts = Counts(most=10)
    assert [counts.count(name, 1) for name in (b"a", b"b", b"a")] == [1, 1, 2]


def test_a_new_window_begins_with_nobody():
    counts = Counts(most=10)
    counts.count(b"a", 1)
    assert counts.count(b"a", 2) == 1


def test_a_flood_of_new_names_does_not_make_forget_who_sends_it():
    counts = Counts(most=3)
    for number in range(20):
        counts.count(b"%d" % number, 1)
        counts.count(b"sender", 1)
    assert counts.count(b"sender", 1) == 21
    assert counts.count(b"0", 1) == 1


def test_a_restart_forgets():
    counts = Counts(most=3)
    counts.count(b"a", 1)
    counts.forget()
    assert counts.count(b"a", 1) == 1
