"""Erasing what an entry says: payload, salt and key go; the entry, the proofs and the ground stay."""

import pytest
from django.db import connections

from vigie.accounts import kinds
from vigie.errors import NotFound
from vigie.ledger import actions, projections
from vigie.ledger.append_only import lifted
from vigie.ledger.kinds import KINDS, Body, By, Kind
from vigie.ledger.models import Checkpoint, Entry, Payload, PayloadKey
from vigie.ledger.queries import head, one, verify

BY = By(person="p-1", office="watch", via="console")
GROUND = {"ground": "Retention of thirty days is over.", "authority": "vigie.toml"}


class Word(Body):
    text: str


@pytest.fixture
def word(monkeypatch):
    """A kind that can be erased, known in this test alone."""
    kind = Kind("test.word.kept", 1, Word, erasable=True)
    yield kind
    del KINDS[kind.tag]


def keep(kind, text):
    with actions.recording():
        return actions.append(BY, kind, Word(text=text)).seq


def erase(*seqs):
    with actions.recording():
        return actions.erase(BY, seqs, **GROUND)


def test_what_can_be_erased_lies_sealed_and_reads_as_it_was_written(home, word):
    seq = keep(word, "a lift is broken")
    assert b"lift" not in bytes(Payload.objects.get(entry_id=seq).body)
    assert one(seq)[1] == Word(text="a lift is broken")
    assert verify().verified


def test_after_an_erasure_payload_salt_and_key_are_gone_and_everything_still_holds(home, word):
    seq = keep(word, "a lift is broken")
    leaf, checkpoints = bytes(Entry.objects.get(seq=seq).leaf), Checkpoint.objects.count()
    written = erase(seq)
    assert not Payload.objects.filter(entry_id=seq).exists()
    assert not PayloadKey.objects.filter(entry_id=seq).exists()
    assert one(seq)[1] is None
    assert one(written.seq)[1].entries == [seq]
    assert bytes(Entry.objects.get(seq=seq).leaf) == leaf
    assert Checkpoint.objects.count() == checkpoints + 1
    verdict = verify()
    assert verdict.verified, verdict.faults


@pytest.fixture
def unguarded(as_owner, home):
    """The database refuses no more: what is tried then must be found by the check."""
    with connections["record"].cursor() as cursor:
        for statement in lifted(connections["record"].vendor):
            cursor.execute(statement)


def test_a_payload_that_is_missing_without_an_erasure_is_an_alarm(unguarded, word):
    seq = keep(word, "a lift is broken")
    PayloadKey.objects.filter(entry_id=seq)._raw_delete("record")
    Payload.objects.filter(entry_id=seq)._raw_delete("record")
    assert [(f.where, f.what) for f in verify().faults] == [
        (f"entry {seq}", "what it says is missing, and no erasure is on the record")
    ]


def test_a_payload_that_came_back_after_its_erasure_is_an_alarm(home, word):
    seq = keep(word, "a lift is broken")
    payload, key = Payload.objects.get(entry_id=seq), PayloadKey.objects.get(entry_id=seq)
    erase(seq)
    Payload.objects.create(entry_id=seq, salt=payload.salt, body=payload.body)
    PayloadKey.objects.create(entry_id=seq, wrapped=key.wrapped)
    assert any("still there" in f.what for f in verify().faults)


def test_a_key_that_was_taken_away_is_an_alarm(unguarded, word):
    seq = keep(word, "a lift is broken")
    PayloadKey.objects.filter(entry_id=seq)._raw_delete("record")
    assert [f.where for f in verify().faults] == [f"entry {seq}"]


def test_a_kind_that_is_kept_for_good_cannot_be_erased(home):
    with actions.recording():
        seq = actions.append(
            BY, kinds.OFFICE_OPENED, kinds.OfficeOpened(office="watch", title="Watch", roles=[])
        ).seq
    before = head()
    with pytest.raises(actions.NotErasable, match="kept for good"):
        erase(seq)
    assert head() == before


def test_what_was_erased_or_never_was_cannot_be_erased(home, word):
    seq = keep(word, "a lift is broken")
    erase(seq)
    with pytest.raises(actions.NotErasable, match="erased already"):
        erase(seq)
    with pytest.raises(NotFound, match="no entry 999"):
        erase(999)


def test_rooms_forget_at_the_erasure_and_at_a_rebuild(home, word, monkeypatch):
    kept, forgotten = [], []
    monkeypatch.setitem(projections._PROJECTIONS, word.tag, [lambda written, _: kept.append(written.seq)])
    monkeypatch.setitem(
        projections._FORGETTINGS, word.tag, [lambda written: forgotten.append((written.seq, written.by))]
    )
    gone, stays = keep(word, "gone"), keep(word, "stays")
    erase(gone)
    assert (kept, forgotten) == ([gone, stays], [(gone, BY)])
    kept.clear()
    forgotten.clear()
    projections.clear()
    for written, body in projections.entries():
        projections.project(written, body)
    assert (kept, forgotten) == ([stays], [(gone, BY)])
