"""`vigie selfcheck` and `vigie impact`, as they are run on a home of one's own."""

import sqlite3
from contextlib import closing


def test_a_fresh_home_passes_with_what_it_lacks_said(vigie, made):
    done = vigie("selfcheck", "--home", made)
    assert done.code == 0, done.out + done.err
    assert "FAIL" not in done.out
    assert "look  There is no backup" in done.out
    assert "0 failed" in done.out


def test_its_databases_write_through_and_are_whole(vigie, made):
    found = {one["name"]: one for one in vigie("selfcheck", "--home", made, "--json").json["findings"]}
    for name in ("record", "default"):
        assert found[f"databases.{name}.whole"]["state"] == "holds"
        assert found[f"databases.{name}.through"]["state"] == "holds"
    assert found["databases.tables"]["state"] == "holds"


def test_a_guard_dropped_from_the_file_fails_with_exit_code_six(vigie, made):
    with closing(sqlite3.connect(made / "record.sqlite3")) as database:
        database.execute("DROP TRIGGER ledger_entry_no_update")
        database.commit()
    done = vigie("selfcheck", "--home", made, "--json")
    assert done.code == 6
    assert done.json["state"] == "fails"
    (failed,) = [one for one in done.json["findings"] if one["state"] == "fails"]
    assert failed["name"] == "guarantees.12"
    assert failed["way"]


def test_quick_leaves_the_entries_unread(vigie, made):
    with closing(sqlite3.connect(made / "record.sqlite3")) as database:
        database.execute("DROP TRIGGER ledger_payload_no_update")
        database.execute("UPDATE ledger_payload SET salt = x'00' WHERE seq = 0")
        database.execute(
            "CREATE TRIGGER ledger_payload_no_update BEFORE UPDATE ON ledger_payload "
            "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
        )
        database.commit()
    assert vigie("selfcheck", "--quick", "--home", made).code == 0
    done = vigie("selfcheck", "--home", made)
    assert done.code == 6
    assert "entry 0: what it says was changed after it was written" in done.out


def test_a_damaged_file_fails(vigie, made):
    database = made / "desk.sqlite3"
    data = bytearray(database.read_bytes())
    for page in range(20, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    database.write_bytes(data)
    done = vigie("selfcheck", "--home", made)
    assert done.code == 6
    assert "damaged" in done.out or "could not be asked" in done.out


def test_the_impact_assessment_is_a_file_to_fill_in(vigie, made, tmp_path):
    done = vigie("impact", "--home", made, "--out", tmp_path / "impact.md")
    assert done.code == 0, done.err
    text = (tmp_path / "impact.md").read_text()
    assert text.startswith("# Impact assessment")
    assert "**To be written by a person:**" in text
    assert vigie("impact", "--home", made, "--language", "xx").code == 2
