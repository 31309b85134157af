"""Logs for those outside, told of in the record."""

import pytest
from django.conf import settings

from vigie.ledger import keys, note, tiles, tlog_proof, tree
from vigie.ledger.actions import recording
from vigie.ledger.kinds import By
from vigie.ledger.models import OuterCheckpoint, OuterLeaf
from vigie.ledger.outer import queries
from vigie.ledger.outer.actions import enter
from vigie.ledger.outer.leaves import PUBLIC, Released, of_partner
from vigie.ledger.outer.queries import NotReleased
from vigie.ledger.queries import one, verify

BY = By(person="p-1", office="watch", via="console")


def put(log, *texts):
    with recording():
        return enter(
            BY, log, [Released(f"{text}.json", text.encode()) for text in texts], marking="TLP:CLEAR"
        )


def test_what_is_entered_stands_in_its_own_log_under_its_own_name(home):
    assert put(PUBLIC, "a", "b") == 0
    assert put(of_partner("dk-pet"), "c") == 0
    assert put(PUBLIC, "d") == 2
    assert (queries.size(PUBLIC), queries.size(of_partner("dk-pet"))) == (3, 1)
    key = keys.signing(home.keys).public_key()
    signed = note.read(queries.head(PUBLIC).note, key)
    assert (signed.origin, signed.size, signed.after) == ("test/public", 3, 2)
    assert note.read(queries.head(of_partner("dk-pet")).note, key).origin == "test/partners/dk-pet"
    assert queries.places(PUBLIC, [Released("", b"b").sha256, Released("", b"c").sha256]) == {
        Released("", b"b").sha256: 1
    }


def test_every_leaf_is_proven_and_no_log_s_proof_passes_for_another_s(home):
    put(PUBLIC, *map(str, range(300)))
    key = keys.signing(home.keys).public_key()
    for place, text in queries.proofs(PUBLIC, [0, 255, 256, 299]).items():
        proof = tlog_proof.read(text)
        assert proof.index == place
        proof.check(key, "test/public")
        with pytest.raises(tlog_proof.BadProof):
            proof.check(key, "test")


def test_static_files_are_the_log_and_unfinished_tiles_go_once_they_are_full(home):
    put(PUBLIC, *map(str, range(250)))
    put(PUBLIC, "x")
    files = queries.static_files(PUBLIC)
    assert {
        "checkpoint",
        "vkey",
        "vkey.mldsa44",
        "tile/0/000.p/250",
        "tile/0/000.p/251",
        "tile/entries/000.p/251",
    } == set(files) - {"tile/entries/000.p/250"}
    put(PUBLIC, *map(str, range(10)))
    files = queries.static_files(PUBLIC)
    assert set(files) == {
        "checkpoint", "vkey", "vkey.mldsa44", "tile/0/000", "tile/entries/000", "tile/0/001.p/5", "tile/entries/001.p/5", "tile/1/000.p/1",
    }  # fmt: skip
    entries = tiles.unbundled(files["tile/entries/000"]) + tiles.unbundled(files["tile/entries/001.p/5"])
    assert tree.root_of(map(tree.leaf_hash, entries)).hex() == queries.head(PUBLIC).root


def test_the_record_tells_of_each_growth_and_brings_the_rows_back(home):
    put(PUBLIC, "a")
    put(PUBLIC, "b")
    written, body = one(2)
    assert (written.kind, body.log, body.size) == ("ledger.outer.signed/1", PUBLIC, 2)
    assert verify().verified
    OuterLeaf.objects.filter(place=0).update(sha256="0" * 64)
    assert [fault.what for fault in verify().faults] == [
        "the row was edited by hand: it differs from the record"
    ]
    OuterLeaf.objects.all().delete()
    OuterCheckpoint.objects.all().delete()
    assert len(verify().faults) == 4


def test_what_fails_after_it_was_entered_was_never_entered(home):
    with pytest.raises(ZeroDivisionError), recording():
        put(PUBLIC, "a")
        raise ZeroDivisionError
    assert queries.size(PUBLIC) == 0
    assert put(PUBLIC, "b") == 0


def test_a_log_nothing_was_released_into_has_no_head(home):
    assert queries.size("partners/none") == 0
    with pytest.raises(NotReleased, match="Nothing was released into the log partners/none"):
        queries.head("partners/none")
    assert queries.vkey(PUBLIC).startswith("test/public+")
    assert home == settings.VIGIE_HOME
