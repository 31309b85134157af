"""Sweeping: a rewriting that is asked for is done once, and only then forgotten."""

import random
import sqlite3

from vigie.config.databases import of_home
from vigie.ledger import sweeping


def test_nothing_is_swept_unless_something_was_erased(tmp_path):
    assert not sweeping.begin(tmp_path)


def test_a_rewriting_that_was_cut_short_is_begun_again(tmp_path):
    sweeping.ask(tmp_path)
    assert sweeping.begin(tmp_path)
    assert sweeping.begin(tmp_path)
    sweeping.done(tmp_path)
    assert not sweeping.begin(tmp_path)


def test_an_erasure_during_a_rewriting_asks_for_another(tmp_path):
    sweeping.ask(tmp_path)
    sweeping.begin(tmp_path)
    sweeping.ask(tmp_path)
    sweeping.done(tmp_path)
    assert sweeping.begin(tmp_path)


def test_a_database_rewritten_after_deletes_holds_no_byte_of_what_was_deleted(home, tmp_path):
    """Rows of all lengths under keys in no order, so that they move between pages: secure_delete alone leaves bytes."""
    chance = random.Random(2)
    file = tmp_path / "moved.sqlite3"
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript(of_home(home)["record"]["OPTIONS"]["init_command"] + "PRAGMA synchronous=OFF;")
    db.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, said TEXT)")
    words = {f"r-{chance.getrandbits(40)}": f"word{chance.getrandbits(96):024x}" for _ in range(3000)}
    for key, word in words.items():
        length = chance.choice([0, 50, 200, 600, 1500, 9000])
        db.execute("INSERT INTO rows VALUES (?, ?)", (key, word + "x" * length))
    gone = chance.sample(sorted(words), 700)
    for key in gone:
        db.execute("DELETE FROM rows WHERE id = ?", (key,))
    db.execute("VACUUM")
    assert db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    data = b"".join(path.read_bytes() for path in tmp_path.glob("moved.sqlite3*"))
    assert not any(words[key].encode() in data for key in gone)
    assert all(words[key].encode() in data for key in words.keys() - set(gone))
