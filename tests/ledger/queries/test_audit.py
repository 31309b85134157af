"""The fast check: it says of a whole record what the slow one says, and nothing of one that has a fault."""

import pytest
from django.db import connections

from vigie.accounts.actions import found_office
from vigie.ledger.append_only import lifted
from vigie.ledger.models import Entry
from vigie.ledger.queries import audit, head, newest_edge, verify

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"], transaction=True),
    pytest.mark.usefixtures("as_owner"),
]


@pytest.fixture
def long(people, monkeypatch):
    """A record longer than the stretches it is checked in."""
    for number in range(9):
        found_office(f"office-{number}", f"Office {number}", ["reader"])
    monkeypatch.setattr(audit, "STRETCH", 4)
    return head()[0]


def test_a_whole_record_gives_its_edge_its_last_time_and_the_roots_asked_for(long):
    edge, last_at = newest_edge()
    found = audit.held([1, 6, long], set())
    assert found is not None
    assert (found.edge, found.last_at) == (edge, last_at)
    assert sorted(found.roots) == [1, 6, long]
    assert found.roots[long] == edge.root()
    assert found.roots[1] == bytes(Entry.objects.get(seq=0).leaf)


@pytest.mark.on("sqlite", because="a database file is read by several processes, a server by one")
def test_two_processes_find_what_one_does(long, tmp_path, monkeypatch):
    alone = audit.held([6], set())
    with connections["record"].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "record.sqlite3")])
    monkeypatch.setitem(connections["record"].settings_dict, "NAME", tmp_path / "record.sqlite3")
    monkeypatch.setattr(audit, "_WORTH", 1)
    monkeypatch.setattr(audit.threading, "active_count", lambda: 1)
    assert audit.held([6], set()) == alone != None  # noqa: E711 - it holds, and both say so


def by_hand(statement, *values):
    with connections["record"].cursor() as cursor:
        for each in lifted(connections["record"].vendor):
            cursor.execute(each)
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("UPDATE ledger_entry SET envelope = %s WHERE seq = 5", b"{}"),
        ("UPDATE ledger_entry SET leaf = %s WHERE seq = 5", bytes(32)),
        ("UPDATE ledger_entry SET kind = %s WHERE seq = 5", "alert.level.approved/1"),
        ("UPDATE ledger_entry SET at = %s WHERE seq = 5", "2001-01-01T00:00:00Z"),
        ("UPDATE ledger_payload SET body = %s WHERE seq = 5", b"{}"),
        ("UPDATE ledger_payload SET salt = %s WHERE seq = 5", bytes(16)),
        ("DELETE FROM ledger_payload WHERE seq = %s", 5),
    ],
)
def test_each_kind_of_fault_is_seen_and_left_to_be_named(change, value, long):
    by_hand(change, value)
    assert audit.held([], set()) is None
    assert not verify(tables=False).verified


def test_what_an_erasure_is_on_the_record_of_must_be_gone_and_may_be(long):
    assert audit.held([], {5}) is None
    by_hand("DELETE FROM ledger_payload WHERE seq = %s", 5)
    assert audit.held([], {5}) is not None


@pytest.mark.parametrize("place", [0, 7, 8])
def test_a_missing_entry_is_seen_wherever_in_a_stretch_it_stood(place, long):
    by_hand("DELETE FROM ledger_payload WHERE seq = %s", place)
    by_hand("DELETE FROM ledger_entry WHERE seq = %s", place)
    assert audit.held([], set()) is None
    assert (f"entry {place}", "it is missing: the numbers are not dense") in [
        (fault.where, fault.what) for fault in verify(tables=False).faults
    ]
