"""Signing the newest checkpoint a second time."""

import pytest

from tests.ledger.test_actions import BODY, BY
from vigie.accounts import kinds
from vigie.ledger import actions, keys, note
from vigie.ledger.exports import reading
from vigie.ledger.exports.queries import files
from vigie.ledger.exports.writing import write_folder
from vigie.ledger.models import Checkpoint, Cosignature
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.actions import enter
from vigie.ledger.outer.leaves import PUBLIC, Released
from vigie.ledger.proofs.queries import prove
from vigie.ledger.queries import head, one, verify
from vigie.ledger.second import queries, signing
from vigie.ledger.second.actions import sign_again


def test_the_key_is_named_on_the_record_before_it_signs(home):
    assert (sign_again(), Cosignature.objects.count()) == (0, 0)
    written, body = one(head()[0] - 1)
    assert (written.kind, body.verifier) == ("ledger.cosigner.named/1", queries.own().vkey())
    assert [sign_again(), sign_again()] == [1, 0]
    size = head()[0]
    with actions.recording():
        actions.append(BY, kinds.OFFICE_OPENED, BODY)
    assert (sign_again(), head()[0]) == (1, size + 1)
    assert [row.size for row in Cosignature.objects.order_by("size")] == [size, size + 1]
    assert verify().verified


def test_checkpoints_and_proofs_bear_the_line_and_every_reader_takes_them(home, tmp_path):
    sign_again()
    sign_again()
    write_folder(files(), tmp_path / "export")
    own = note.read_vkey((tmp_path / "export/vkey.mldsa44").read_text(), type=note.MLDSA)
    signed = note.parse((tmp_path / "export/checkpoint").read_text())
    [line] = own.of(signed.signatures)
    assert signing.holds(signed.checkpoint, line, own)
    assert reading.verify(tmp_path / "export").verified
    assert own.of(note.parse(prove(0).checkpoint).signatures) == [line]


@pytest.mark.usefixtures("as_owner")
def test_a_second_signature_that_does_not_hold_is_told(home, tmp_path):
    sign_again()
    sign_again()
    size = head()[0]
    point = note.parse(Checkpoint.objects.get(size=1).note).checkpoint
    line = signing.line(point, signing.key_of(keys.signing(home.keys)), 1)
    Cosignature.objects.filter(size=size).update(line=line)
    assert [(f.where, f.what.split(",")[0]) for f in verify().faults] == [
        (f"second signature at {size}", "it is not over that checkpoint")
    ]
    write_folder(files(), tmp_path / "export")
    assert [f.where for f in reading.verify(tmp_path / "export").faults] == [f"checkpoint {size}"]


def test_an_outer_log_is_signed_twice_from_its_first_leaf_on(home):
    with actions.recording():
        enter(BY, PUBLIC, [Released("a.json", b"a")], marking="TLP:CLEAR")
    signed = note.parse(outer.head(PUBLIC).note)
    by = note.read_vkey(outer.second_vkey(PUBLIC), type=note.MLDSA)
    [line] = by.of(signed.signatures)
    assert signing.holds(signed.checkpoint, line, by)
    assert outer.static_files(PUBLIC)["vkey.mldsa44"].decode() == by.vkey() + "\n"
    sign_again()
    assert verify().verified
