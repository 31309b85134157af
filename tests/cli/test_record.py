"""`vigie record`: from the shell, on a home whose database was touched by hand."""

import ast
import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from vigie.ledger.append_only import lifted

ROOT = Path(__file__).resolve().parents[2]


def by_hand(home, *statements):
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection, connection:
        for statement in [*lifted("sqlite"), *statements]:
            connection.execute(statement)


def test_a_home_left_alone_is_green_and_rebuilds_to_the_same_rows(vigie, made):
    done = vigie("record", "verify", "--home", made, "--json")
    assert (done.code, done.json["verified"], done.json["faults"]) == (0, True, [])
    again = vigie("record", "rebuild", "--home", made, "--json")
    assert (again.code, again.json["changed"]) == (0, [])
    assert again.json["rows"] == done.json["rows"] > 0
    assert vigie("record", "head", "--home", made, "--json").json["root"] == done.json["root"]


def test_a_flipped_byte_in_one_entry_is_found_and_named(vigie, made):
    by_hand(
        made,
        "UPDATE ledger_entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'shell', 'shelk') AS BLOB) WHERE seq = 2",
    )
    done = vigie("record", "verify", "--home", made)
    assert done.code == 6
    assert "entry 2: its envelope was changed" in done.out


def test_a_dropped_last_entry_is_found_and_named(vigie, made):
    by_hand(made, "DELETE FROM ledger_payload WHERE seq = 4", "DELETE FROM ledger_entry WHERE seq = 4")
    done = vigie("record", "verify", "--home", made)
    assert done.code == 6
    assert "entry 4: it is missing" in done.out


def test_a_row_edited_by_hand_is_found_and_named_and_a_rebuild_mends_it(vigie, made):
    by_hand(made, "UPDATE accounts_office SET roles = '[\"approver\"]' WHERE id = 'duty'")
    done = vigie("record", "verify", "--home", made)
    assert done.code == 6
    assert "accounts_office duty: the row was edited by hand" in done.out
    assert vigie("record", "rebuild", "--check", "--home", made).code == 6
    again = vigie("record", "rebuild", "--home", made, "--json")
    assert again.json["changed"] == ["accounts_office"]
    assert vigie("record", "verify", "--home", made).code == 0


def test_a_home_that_holds_another_instances_record_is_named(vigie, made):
    file = made / "vigie.toml"
    file.write_text("\n".join(['instance = "another"', *file.read_text().splitlines()[1:]]) + "\n")
    done = vigie("record", "verify", "--home", made)
    assert done.code == 6
    assert "another instance" in done.out


def test_a_lost_key_is_named(vigie, made):
    (made / "keys" / "signing.key").unlink()
    done = vigie("record", "verify", "--home", made)
    assert done.code == 6
    assert "signing.key is missing" in done.out


@pytest.fixture
def folder(vigie, made, tmp_path):
    """An export of the home."""
    done = vigie("record", "export", tmp_path / "export", "--home", made)
    assert done.code == 0, done.err
    return tmp_path / "export"


def test_an_export_is_checked_without_a_home(vigie, folder, tmp_path):
    done = vigie("record", "verify", folder, "--json", cwd=tmp_path, VIGIE_HOME=str(tmp_path / "nowhere"))
    assert (done.code, done.json["verified"], done.json["faults"]) == (0, True, [])
    alone = subprocess.run(
        [sys.executable, "-I", folder / "verify_record.py", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (alone.returncode, alone.stdout) == (0, "All holds.\n")


def test_one_byte_changed_in_an_export_is_found_and_named(vigie, folder):
    [bundle] = (folder / "tile/entries/000.p").iterdir()
    bundle.write_bytes(bundle.read_bytes().replace(b"shell", b"shelk", 1))
    done = vigie("record", "verify", folder)
    assert done.code == 6
    assert "entry 0: it does not give the hash that stands for it" in done.out
    alone = subprocess.run(
        [sys.executable, "-I", folder / "verify_record.py", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert alone.returncode == 1
    assert "entry 0: it was changed or moved" in alone.stdout


def test_a_record_rolled_back_whole_shows_by_a_checkpoint_kept_elsewhere(vigie, made, tmp_path):
    known = tmp_path / "known"
    known.write_text((made / "checkpoint").read_text())
    size = int(known.read_text().split("\n")[1])
    by_hand(
        made,
        f"DELETE FROM ledger_payload WHERE seq = {size - 1}",
        f"DELETE FROM ledger_entry WHERE seq = {size - 1}",
        f"DELETE FROM ledger_checkpoint WHERE size = {size}",
    )
    done = vigie("record", "verify", "--known", known, "--home", made)
    assert done.code == 6
    assert (
        f"entry {size - 1}: it is missing: the checkpoint kept elsewhere promises {size} entries" in done.out
    )
    assert vigie("record", "verify", "--known", tmp_path / "none", "--home", made).code == 2


def test_an_export_is_on_the_record_and_goes_nowhere_twice(vigie, made, folder):
    again = vigie("record", "export", folder, "--home", made)
    assert again.code == 5
    assert "is taken" in again.err
    assert (folder / "tile/entries/000.p/6").exists()
    assert b"ledger.record.exported" in (folder / "tile/entries/000.p/6").read_bytes()
    assert vigie("record", "head", "--home", made, "--json").json["entries"] == 6


def test_a_record_that_takes_no_entry_is_handed_out_all_the_same(vigie, made, tmp_path):
    by_hand(made, "UPDATE ledger_edge SET hashes = x'00'")
    done = vigie("record", "export", tmp_path / "export", "--home", made)
    assert done.code == 0
    assert "this export is not on the record" in done.err
    assert vigie("record", "verify", tmp_path / "export").code == 0


def test_a_bundle_for_an_inspector_holds_all_that_is_needed_to_check_it(vigie, made, tmp_path):
    assert vigie("record", "bundle", tmp_path / "b.zip", "--home", made).code == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        names = set(zipped.namelist())
        zipped.extractall(tmp_path / "b")
    assert {"README.txt", "verify_record.py", "definitions/glossary.md"} <= names
    assert {"schemes/fr-vigipirate-2016.yaml", "record/checkpoint", "record/vkey"} <= names
    form = json.loads((tmp_path / "b/definitions/alert.level.approved-1.schema.json").read_text())
    assert set(form["$defs"]["Approved"]["required"]) >= {"decision", "digest"}
    alone = subprocess.run(
        [sys.executable, "-I", "verify_record.py", "record"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "b",
    )
    assert (alone.returncode, alone.stdout) == (0, "All holds.\n")


def test_an_entry_is_proven_as_a_file(vigie, made, tmp_path):
    printed = vigie("record", "prove", "2", "--home", made)
    assert printed.out.startswith("c2sp.org/tlog-proof@v1\nextra ")
    kept = vigie("record", "prove", "2", "--out", tmp_path / "2.tlog-proof", "--home", made)
    assert (kept.code, kept.out) == (0, "")
    assert (tmp_path / "2.tlog-proof").read_text() == printed.out
    missing = vigie("record", "prove", "99", "--home", made)
    assert missing.code == 4
    assert "There is no entry 99 to prove" in missing.err


def test_the_checker_stands_alone_and_is_short():
    source = (ROOT / "tools/verify_record.py").read_text()
    tree = ast.parse(source)
    imported = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else node.module.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}
    imports = {node.lineno for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
    words = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    code = [
        n
        for n, line in enumerate(source.splitlines(), 1)
        if line.strip() and not line.startswith("#") and n not in imports | words
    ]
    assert len(code) <= 40
    assert (ROOT / "src/vigie/ledger/verify_record.py").read_text() == source
