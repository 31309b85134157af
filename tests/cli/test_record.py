"""`vigie record`: from the shell, on a home whose database was touched by hand."""

import sqlite3
from contextlib import closing

from vigie.ledger.append_only import lifted


def by_hand(home, *statements):
    with closing(sqlite3.connect(home / "record.sqlite3")) as connection, connection:
        for statement in [*lifted(), *statements]:
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
