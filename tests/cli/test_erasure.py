"""`vigie record erase`: what was erased is in no file of the home any more, and every old proof still holds."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from vigie.ledger import seals

GROUND = ("--ground", "The person concerned asked for it.", "--authority", "DPO")

FILLED = """
import sys
from pathlib import Path
from vigie.cli.home import open_home
from vigie.cli.homes import enrol

open_home(Path(sys.argv[1]))
from vigie.accounts.actions import found_office
from vigie.accounts.actors import Actor
from vigie.exposure.actions import import_owners
from vigie.reports.actions import add

who = {}
for name, role in (("dpo", "privacy"), ("overseer", "auditor"), ("reader", "analyst")):
    found_office(name, name, [role])
    who[name] = enrol(name, name, "a long enough password")
for number, token in enumerate(sys.argv[2:]):
    # Lengths of all kinds, so that rows lie in one page, in several, and move between them.
    filling = "The station stayed closed. " * (1, 3, 40, 400)[number % 4]
    text = f"Bomb in {token}\\n\\nBRUSSELS, 21 March 2024 (AFP) - Nine people were killed in {token}, police said.\\n\\n{filling}"
    add(Actor(who["reader"], "reader", "shell"), text.encode(), name=f"{token}.txt")
rows = "".join(f"o-{t},Rail,transport-operator,fr,{t}@rail.example\\n" for t in sys.argv[2:])
import_owners(Actor("p-1", "duty", "shell"), ("id,name,kind,language,mail\\n" + rows.lower()).encode())
"""


@pytest.fixture(scope="module")
def tokens():
    """Words that stand in nothing else."""
    return [f"zq{seals.fresh().hex()[:24]}" for _ in range(12)]


@pytest.fixture(scope="module")
def filled(first_home, tmp_path_factory, tokens):
    """A home with reports and contacts, somebody to propose an erasure and somebody to carry it out."""
    home = Path(shutil.copytree(first_home, tmp_path_factory.mktemp("filled") / "home"))
    env = {
        k: v for k, v in os.environ.items() if k not in {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
    }
    subprocess.run([sys.executable, "-c", FILLED, str(home), *tokens], env=env, check=True, timeout=300)
    return home


def entries(home, name):
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        return [
            seq
            for (seq,) in record.execute(
                "SELECT seq FROM ledger_entry WHERE kind LIKE ? ORDER BY seq", [f"{name}/%"]
            )
        ]


def where(folder, token):
    """Name the files of a folder in which a word stands, whatever its letters' size."""
    found = token.encode()
    return [
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file() and found in p.read_bytes().lower()
    ]


def test_after_an_erasure_no_byte_of_it_is_in_any_file_and_old_proofs_hold(vigie, filled, tokens, tmp_path):
    home = Path(shutil.copytree(filled, tmp_path / "home"))
    reports, contacts = entries(home, "reports.report.received"), entries(home, "exposure.contact.set")
    assert (len(reports), len(contacts)) == (12, 12)
    # A backup taken before, without the small table of keys: payloads and sealed originals.
    backup = Path(shutil.copytree(home / "originals", tmp_path / "backup"))
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        sealed = [
            body
            for (body,) in record.execute(
                "SELECT body FROM ledger_payload WHERE seq IN (?, ?)", (reports[0], contacts[0])
            )
        ]
    before = tmp_path / "before"
    assert vigie("record", "export", before, "--home", home).code == 0

    asked = vigie(
        "record", "erase", *reports[:8], *contacts[:8], *GROUND, "--as", "dpo", "--home", home, "--json"
    )
    assert asked.code == 0, asked.err
    done = vigie(
        "record", "erase", "--second", asked.json["erasure"], "--as", "overseer", "--home", home, "--json"
    )
    assert (done.code, done.json["swept"]) == (0, True), done.err

    # The owners' ids are made of the words too: those stay, for they are nobody's address.
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        assert record.execute("SELECT count(*) FROM exposure_owner").fetchone() == (12,)
    for token in tokens[:8]:
        assert where(home / "originals", token) == []
        for file in home.rglob("*"):
            assert not file.is_file() or f"{token}@" not in file.read_text("latin-1")
            assert not file.is_file() or f"killed in {token}" not in file.read_text("latin-1")
            assert not file.is_file() or f"{token}.txt" not in file.read_text("latin-1")
    assert all(where(home, token) for token in tokens[8:])
    assert sorted(p.stem for p in (home / "originals").iterdir()) == sorted(
        f"report-{seq}" for seq in reports[8:]
    )
    assert not any(token.encode() in data.lower() for token in tokens for data in sealed)
    assert not any(where(backup, token) for token in tokens)

    checked = vigie("record", "verify", "--home", home, "--json")
    assert (checked.code, checked.json["faults"]) == (0, [])
    # What was handed out before still checks, and so does what is handed out now, as its continuation.
    assert vigie("record", "verify", before).code == 0
    after = tmp_path / "after"
    assert vigie("record", "export", after, "--home", home).code == 0
    assert vigie("record", "verify", after, "--known", before / "checkpoint").code == 0
    told = vigie("record", "erasures", "--home", home, "--json")
    assert told.json["settled"][0]["entries"] == sorted([*reports[:8], *contacts[:8]])


def test_an_erased_contact_is_exported_empty_and_the_cell_is_asked_for(vigie, filled, tokens, tmp_path):
    home, table = shutil.copytree(filled, tmp_path / "home"), tmp_path / "owners.csv"
    asked = vigie(
        "record", "erase", entries(home, "exposure.contact.set")[0], *GROUND, "--as", "dpo", "--home", home, "--json"
    )  # fmt: skip
    vigie("record", "erase", "--second", asked.json["erasure"], "--as", "overseer", "--home", home)
    done = vigie("owners", "export", "--out", table, "--home", home)
    assert done.code == 0
    assert f"1 owners have no mail address: o-{tokens[0]}." in done.err
    rows = table.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert f"o-{tokens[0]},rail,transport-operator,fr,,,,,,,,,," in rows
    assert sum("@rail.example" in row for row in rows) == 11
    again = vigie("owners", "import", table, "--home", home)
    assert (again.code, again.out) == (2, "")
    assert ", mail: ''; expected" in again.err


def test_the_command_asks_for_entries_or_for_a_second_person_never_both(vigie, filled):
    assert vigie("record", "erase", "--home", filled).code == 2
    assert vigie("record", "erase", 3, "--second", "erasure-1", "--home", filled).code == 2


def test_what_is_over_its_term_goes_at_a_tick_with_its_ground_on_the_record(vigie, filled, tmp_path):
    aged = shutil.copytree(filled, tmp_path / "aged")
    assert vigie("tick", "--home", aged, "--json").json["entries erased"] == 0
    with (aged / "vigie.toml").open("a") as toml:
        toml.write('\n[clock]\nstart = "2099-01-01T00:00:00Z"\nreal = "2024-01-01T00:00:00Z"\n')
    assert vigie("tick", "--home", aged, "--json").json["entries erased"] == 12
    told = vigie("record", "erasures", "--home", aged)
    assert "retention: reports are kept for 365 days (vigie.toml, [retention])" in told.out
    assert vigie("record", "verify", "--home", aged).code == 0
