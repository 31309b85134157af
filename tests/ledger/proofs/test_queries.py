"""The proof of one entry from kept tiles."""

import pytest
from django.db import connections

from tests.ledger.test_actions import BODY, BY
from vigie.accounts import kinds
from vigie.errors import RecordBroken
from vigie.ledger import actions, keys
from vigie.ledger.append_only import lifted
from vigie.ledger.models import Tile
from vigie.ledger.proofs import queries
from vigie.ledger.proofs.actions import keep_tiles
from vigie.ledger.queries import head


def fill(count):
    with actions.recording():
        for _ in range(count):
            actions.append(BY, kinds.OFFICE_OPENED, BODY)


def proven(home, *seqs):
    key = keys.signing(home.keys).public_key()
    for seq in seqs:
        signed = queries.prove(seq).check(key, "test")
        assert (signed.size, signed.root) == head()


@pytest.mark.parametrize("count", [0, 1, 254, 255, 256, 600])
def test_every_entry_is_proven_with_tiles_kept_before_after_or_never(home, count):
    fill(count)
    size = head()[0]
    places = {0, size // 2, size - 1, min(255, size - 1), min(256, size - 1)}
    proven(home, *places)
    assert keep_tiles() == size
    proven(home, *places)
    fill(3)
    proven(home, *places, size + 2)
    assert keep_tiles() == 3
    assert keep_tiles() == 0
    proven(home, *places, size + 2)


def test_a_tile_that_is_damaged_gives_no_false_proof_and_is_made_again(home):
    fill(300)
    keep_tiles()
    for damage in (b"", b"\0" * 64, b"\0" * 32 * 511):
        Tile.objects.filter(level=0, place=0).update(nodes=damage)
        proven(home, 3, 299)
    Tile.objects.filter(level=0, place=1).update(nodes=b"\0" * 64)
    proven(home, 3, 299)
    assert keep_tiles() == head()[0]
    assert queries.grown(301).node(0, 3) == queries.from_entries(301).node(0, 3)


def test_a_tile_that_is_gone_is_made_again(home):
    fill(600)
    keep_tiles()
    Tile.objects.filter(level=0, place=0).delete()
    proven(home, 3)
    Tile.objects.filter(level=1).delete()
    assert keep_tiles() == head()[0]
    proven(home, 3, 600)


@pytest.mark.parametrize("seq", [-1, 1, 10**9])
def test_there_is_no_proof_of_an_entry_that_is_not_there(home, seq):
    with pytest.raises(queries.NoSuchEntry, match="numbered from 0"):
        queries.prove(seq)


@pytest.mark.usefixtures("as_owner")
@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_entries_that_were_changed_are_not_proven(home):
    fill(3)
    with connections["record"].cursor() as cursor:
        for statement in lifted(connections["record"].vendor):
            cursor.execute(statement)
        cursor.execute("UPDATE ledger_entry SET leaf=%s WHERE seq=1", [b"changed"])
    with pytest.raises(RecordBroken, match="no longer give the root of checkpoint 4"):
        queries.prove(2)
