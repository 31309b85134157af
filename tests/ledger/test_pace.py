"""When a checkpoint is signed: with a solemn act at once, for others within a second, and never for entries of another hand."""

import threading

import pytest
from django.db import connections

from vigie.accounts import kinds
from vigie.errors import RecordBroken
from vigie.ledger import actions, edge_mac, envelopes, keys, payloads, statements, tree
from vigie.ledger.actions import group_commit, pace
from vigie.ledger.actions.sealing import NotWrittenHere
from vigie.ledger.kinds import EXPORTED, By, Exported
from vigie.ledger.models import Checkpoint, Edge, Entry
from vigie.ledger.proofs.queries import NoSuchEntry, prove
from vigie.ledger.queries import head, verify

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)
BY = By(person="p-1", office="watch", via="console")


@actions.recorded
def open_office(office):
    body = kinds.OfficeOpened(office=office, title=office, roles=["duty"])
    return actions.append(BY, kinds.OFFICE_OPENED, body, subjects=[office]).seq


@actions.recorded
def export():
    return actions.append(BY, EXPORTED, Exported(size=head()[0] + 1, form="folder")).seq


def newest():
    return Checkpoint.objects.order_by("-size").first().size


@pytest.fixture
def slowly(request, monkeypatch):
    """A second that does not pass while the test runs."""
    monkeypatch.setattr(pace, "WITHIN", 3600.0)
    writer = request.getfixturevalue("writer")
    export()
    assert newest() == head()[0]
    return writer


def test_an_act_that_is_not_solemn_waits_for_its_checkpoint_as_this_homes_own(slowly, home):
    sealed = newest()
    seqs = [open_office("second"), open_office("third")]
    assert newest() == sealed
    verdict = verify()
    assert (verdict.verified, verdict.waiting) == (True, 2)
    with pytest.raises(NoSuchEntry, match="within a second"):
        prove(seqs[0])


def test_a_solemn_act_brings_its_checkpoint_at_once_and_covers_those_that_waited(slowly):
    open_office("second")
    export()
    assert newest() == head()[0]
    assert verify().waiting == 0


def test_the_checkpoint_comes_by_itself_within_its_time(writer, monkeypatch):
    open_office("first")
    before = threading.Event()
    monkeypatch.setattr(
        group_commit._pace, "_seal", lambda seal=group_commit._pace._seal: (seal(), before.set())
    )
    open_office("second")
    assert before.wait(10)
    assert newest() == head()[0]


def test_the_end_of_a_server_leaves_nothing_without_a_checkpoint(slowly):
    open_office("second")
    actions.stop_writer()
    assert newest() == head()[0]


def test_what_a_killed_server_left_is_covered_by_whatever_writes_next(slowly, monkeypatch):
    open_office("second")
    monkeypatch.setattr(group_commit, "_writer", None)
    open_office("third")
    assert newest() == head()[0]
    assert verify().verified


def test_an_entry_added_by_hand_is_named_and_never_signed_for(slowly, home, monkeypatch):
    open_office("second")
    add_by_hand("planted")
    verdict = verify()
    assert [fault.what for fault in verdict.faults] == [
        "it stands after the last checkpoint: it was not written by this record"
    ]
    size = head()[0]
    with pytest.raises(NotWrittenHere, match="were not written by this home"):
        open_office("third")
    assert head()[0] == size


def test_the_time_of_the_last_entry_is_part_of_what_the_code_covers(slowly):
    open_office("second")
    Edge.objects.update(last_at="2001-01-01T00:00:00Z")
    with pytest.raises(NotWrittenHere):
        open_office("third")


def test_the_code_of_an_edge_is_of_its_key_and_of_each_part():
    key, other = keys.Ed25519PrivateKey.generate(), keys.Ed25519PrivateKey.generate()
    mac = edge_mac.of(key, 7, b"hashes", "2024-03-25T08:00:00Z")
    assert edge_mac.holds(key, 7, b"hashes", "2024-03-25T08:00:00Z", mac)
    assert not edge_mac.holds(other, 7, b"hashes", "2024-03-25T08:00:00Z", mac)
    assert not edge_mac.holds(key, 8, b"hashes", "2024-03-25T08:00:00Z", mac)
    assert not edge_mac.holds(key, 7, b"hashed", "2024-03-25T08:00:00Z", mac)
    assert not edge_mac.holds(key, 7, b"hashes", "2024-03-25T08:00:01Z", mac)
    assert not edge_mac.holds(key, 7, b"hashes", "2024-03-25T08:00:00Z", b"")


def test_while_no_checkpoint_can_be_signed_acts_are_refused_and_nothing_waits_longer(
    writer, home, monkeypatch
):
    monkeypatch.setattr(pace, "WITHIN", 0.0)
    key = (home.keys / "signing.key").read_text()
    (home.keys / "signing.key").write_text("no key\n")
    with pytest.raises(RecordBroken):
        open_office("first")
    (home.keys / "signing.key").write_text(key)
    open_office("second")
    assert newest() == head()[0]


def add_by_hand(office):
    """Write an entry and an edge that fit, as whoever has the database and no key could."""
    row = Edge.objects.get()
    edge = tree.Edge.unpacked(row.size, bytes(row.hashes))
    body = kinds.OFFICE_OPENED.packed(kinds.OfficeOpened(office=office, title=office, roles=["duty"]))
    salt = b"s" * 16
    digest = payloads.digest(salt, body)
    envelope = envelopes.write(
        edge.size, kinds.OFFICE_OPENED.tag, row.last_at, BY, (office,), "TLP:GREEN", digest
    )
    leaf = tree.leaf_hash(envelope)
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.ENTRY, (edge.size, kinds.OFFICE_OPENED.tag, row.last_at, envelope, leaf))
        cursor.execute(statements.PAYLOAD, (edge.size, salt, body))
    edge.add(leaf)
    Edge.objects.update(size=edge.size, hashes=edge.packed())
    assert Entry.objects.count() == edge.size
