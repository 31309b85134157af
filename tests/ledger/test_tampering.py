"""Twelve kinds of tampering: each is found and named, in a home, in an export, and by the checker that stands alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from tests.ledger import forging
from vigie.ledger import tree
from vigie.ledger.append_only import lifted
from vigie.ledger.exports import reading
from vigie.ledger.queries import verify

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "verify_record.py"

# What is said of each, by whoever checks: (where, a part of what) in a home and in an export; a part of a line alone.
NAMED = {
    "edit": (
        "checkpoint 6",
        "the entries up to it no longer give the root it promises, nor those up to 3 later ones",
    ),
    "delete": ("entry 5", "it is missing"),
    "insert": ("entry 7", "it"),
    "swap": ("entry 4", "it"),
    "truncate": ("entry 8", "it is missing: checkpoint 9 promises 9 entries and the record holds 8"),
    "fork": ("the checkpoint kept elsewhere", "no longer give the root it promises"),
    "replay": ("entry 9", "it"),
    "re_sign": ("checkpoint 1", "not signed by this home's key"),
    "swap_salts": ("entry 4", "changed after it was written"),
    "erase_silently": ("entry 5", "what it says is missing, and no erasure is on the record"),
    "wrong_origin": ("checkpoint 9", "it is of another log, elsewhere, and this is test"),
    "wrong_size": ("entry 9", "it is missing"),
    "roll_back": ("entry 8", "it is missing: the checkpoint kept elsewhere promises 9 entries"),
}
EXPORTED = NAMED | {
    "delete": ("entry 5", "it was moved, inserted or repeated: it says that it is entry 6"),
    "insert": ("entry 7", "it was moved, inserted or repeated: it says that it is entry 6"),
    "swap": ("entry 4", "it was moved, inserted or repeated: it says that it is entry 5"),
    "replay": ("entry 9", "it was moved, inserted or repeated: it says that it is entry 5"),
}
ALONE = {
    "edit": "checkpoints/6: it promises 6 entries of test, not the 9 of test that are here",
    "delete": "entry 5: it was changed or moved",
    "insert": "entry 7: it was changed or moved",
    "swap": "entry 4: it was changed or moved",
    "truncate": "checkpoint: it promises 9 entries of test, not the 8 of test that are here",
    "fork": "known: it promises 9 entries of test, not the 9 of test that are here",
    "replay": "entry 9: it was changed or moved",
    "re_sign": "checkpoint: it is not signed by a key the record names",
    "swap_salts": "entry 4: what it says was changed, or its salt",
    "erase_silently": "entry 5: what it says is missing and no entry tells of its erasure",
    "wrong_origin": "checkpoint: it promises 9 entries of elsewhere, not the 9 of test that are here",
    "wrong_size": "checkpoint: it promises 10 entries of test, not the 9 of test that are here",
    "roll_back": "known: it promises 9 entries of test, not the 8 of test that are here",
}
KNOWN = forging.whole().head


def written_to(home, record):
    """Put a record in the place of a home's own, as somebody with the whole machine would."""
    (home.keys / "signing.key").write_text(forging.KEY.private_bytes_raw().hex() + "\n")
    (home.path / "checkpoint").write_text(record.head)
    edge = tree.Edge()
    with connections["record"].cursor() as cursor:
        for statement in lifted(connections["record"].vendor):
            cursor.execute(statement)
        for table in ("payload", "checkpoint", "entry"):
            cursor.execute(f"DELETE FROM ledger_{table}")
        for seq, envelope in record.entries:
            leaf = tree.leaf_hash(envelope)
            edge.add(leaf)
            kind, at = (
                envelope.split(b'"%s":"' % name)[1].split(b'"')[0].decode() for name in (b"kind", b"at")
            )
            cursor.execute(
                "INSERT INTO ledger_entry (seq, kind, at, envelope, leaf) VALUES (%s, %s, %s, %s, %s)",
                [seq, kind, at, envelope, leaf],
            )
        for seq, (salt, body) in record.said.items():
            cursor.execute(
                "INSERT INTO ledger_payload (seq, salt, body) VALUES (%s, %s, %s)", [seq, salt, body]
            )
        for size, text in record.notes.items():
            root = forging.note.parse(text).checkpoint.root
            cursor.execute(
                "INSERT INTO ledger_checkpoint (size, root, note) VALUES (%s, %s, %s)", [size, root, text]
            )
        cursor.execute(
            "UPDATE ledger_edge SET size=%s, hashes=%s, last_at=%s", [edge.size, edge.packed(), at]
        )


def alone(folder, *known):
    done = subprocess.run(
        [sys.executable, "-I", CHECKER, folder, *known],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def names(faults, named):
    where, what = named
    return any(fault.where == where and what in fault.what for fault in faults)


@pytest.mark.usefixtures("as_owner")
def test_a_record_left_alone_holds_for_every_verifier(home, tmp_path):
    written_to(home, forging.whole())
    assert verify(tables=False, known=KNOWN).faults == []
    folder = forging.exported(forging.whole(), tmp_path / "export")
    verdict = reading.verify(folder, KNOWN)
    assert (verdict.faults, verdict.entries, verdict.checkpoints, verdict.erased) == ([], 9, 9, 1)
    (tmp_path / "known").write_text(KNOWN)
    assert alone(folder, tmp_path / "known") == (0, "All holds.\n")


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("way", forging.WAYS)
def test_each_tampering_with_a_home_is_found_and_named(home, way):
    written_to(home, forging.tampered(way))
    assert names(verify(tables=False, known=KNOWN).faults, NAMED[way])


@pytest.mark.parametrize("way", forging.WAYS)
def test_each_tampering_with_an_export_is_found_and_named(tmp_path, way):
    folder = forging.exported(forging.tampered(way), tmp_path)
    assert names(reading.verify(folder, KNOWN).faults, EXPORTED[way])


@pytest.mark.parametrize("way", forging.WAYS)
def test_each_tampering_is_found_and_named_by_the_checker_that_stands_alone(tmp_path, way):
    folder = forging.exported(forging.tampered(way), tmp_path / "export")
    (tmp_path / "known").write_text(KNOWN)
    code, said = alone(folder, tmp_path / "known")
    assert code == 1
    assert ALONE[way] in said


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("way", forging.WAYS)
def test_what_agrees_with_itself_is_found_by_an_older_checkpoint_alone(home, tmp_path, way):
    hidden = way in forging.BY_AN_OLDER_CHECKPOINT_ALONE
    written_to(home, forging.tampered(way))
    folder = forging.exported(forging.tampered(way), tmp_path)
    assert verify(tables=False).verified is hidden
    assert reading.verify(folder).verified is hidden
    assert (alone(folder)[0] == 0) is hidden
