"""A home on PostgreSQL, from `vigie init` to a server that dies: real processes, the server's own role."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.test_server import free_port, get, serving
from vigie import homes, postgresql

pytestmark = pytest.mark.on("postgresql")


@pytest.fixture(scope="module")
def server():
    """The PostgreSQL of this run, as its superuser's address."""
    return os.environ["VIGIE_TEST_DATABASE"]


def found(vigie, server, folder):
    place = urlsplit(server)
    name = f"vigie_{secrets.token_hex(4)}"
    done = vigie(
        "init", "--home", folder, "--database", f"postgresql://{place.hostname}:{place.port}/{name}",
        "--admin", f"{server}/postgres", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    return homes.load(folder)


@pytest.fixture(scope="module")
def home(vigie, server, tmp_path_factory):
    """A fresh receiving home whose databases lie on PostgreSQL."""
    return found(vigie, server, tmp_path_factory.mktemp("on-server") / "home")


@pytest.fixture
def told(home, tmp_path):
    """The same home, whose vigie.toml and keys this test may change."""
    return homes.load(Path(shutil.copytree(home.path, tmp_path / "told")))


@pytest.fixture
def hand(server, home):
    """A connection of the superuser to the home's record."""
    import psycopg

    with psycopg.connect(f"{server}/{home.database.record.name}", autocommit=True) as connection:
        yield connection


def edit(home, old, new):
    file = home.path / "vigie.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


WRITING = """
import sys
from pathlib import Path
from vigie.cli.home import open_home
open_home(Path(sys.argv[1]))
from vigie.accounts import kinds
from vigie.ledger.actions import append, recorded, start_writer
from vigie.ledger.kinds import By
start_writer()

class TakenBack(Exception):
    pass

@recorded
def open_office(office, back=False):
    body = kinds.OfficeOpened(office=office, title=office, roles=["reader"])
    written = append(By(person="", office="", via="shell"), kinds.OFFICE_OPENED, body, subjects=[office])
    if back:
        raise TakenBack
    return written.seq

number = 0
while True:
    number += 1
    try:
        print(open_office(f"{sys.argv[2]}-{number}", back=number % 5 == 0), f"{sys.argv[2]}-{number}", flush=True)
    except TakenBack:
        pass
"""


def write(home, name):
    """Start a process that opens office after office, tells each once it stands, and takes every fifth back."""
    env = {k: v for k, v in os.environ.items() if k not in {"VIGIE_HOME", "VIGIE_OPEN"}}
    return subprocess.Popen(
        [sys.executable, "-c", WRITING, str(home.path), name],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines(process, count):
    return [process.stdout.readline().split() for _ in range(count)]


def killed(process):
    """Kill a process as a power cut would, and give what it had told by then that was not read yet."""
    process.send_signal(signal.SIGKILL)
    out, _err = process.communicate(timeout=30)
    return [line.split() for line in out.splitlines() if len(line.split()) == 2]


def names_by_number(hand):
    rows = hand.execute(
        "SELECT seq, convert_from(body, 'UTF8')::json ->> 'office' FROM ledger_entry JOIN ledger_payload USING (seq) "
        "WHERE kind = 'accounts.office.opened/1'"
    ).fetchall()
    return dict(rows)


def test_passwords_lie_in_the_keys_readable_by_their_owner_alone(home):
    kept = home.keys / "pgpass"
    assert kept.stat().st_mode & 0o777 == 0o600
    passwords = [line.rpartition(":")[2] for line in kept.read_text().splitlines()]
    assert len(set(passwords)) == 2
    assert not any(password in (home.path / "vigie.toml").read_text() for password in passwords)


def test_preparing_again_changes_nothing(vigie, home):
    kept = (home.keys / "pgpass").read_text()
    done = vigie("database", "prepare", "--home", home.path, "--json")
    assert (done.code, done.json) == (0, {"made": []}), done.err
    assert (home.keys / "pgpass").read_text() == kept


def test_preparing_makes_again_what_was_lost(vigie, server, home, told):
    (told.keys / "pgpass").unlink()
    assert vigie("record", "head", "--home", told.path).code == 1
    done = vigie("database", "prepare", "--home", told.path, "--admin", f"{server}/postgres", "--json")
    assert done.code == 0, done.err
    assert [line.startswith("A new password") for line in done.json["made"]] == [True, True]
    assert vigie("record", "head", "--home", told.path).code == 0
    shutil.copy(
        told.keys / "pgpass", home.keys / "pgpass"
    )  # the roles are the cluster's, and both homes' own


def test_the_check_and_the_rebuild_work_under_their_roles(vigie, home, hand):
    assert vigie("record", "verify", "--home", home.path).code == 0
    hand.execute("DROP TABLE accounts_mandate")
    done = vigie("record", "verify", "--home", home.path)
    assert done.code == 6
    assert "accounts_mandate: the table is missing" in done.out
    assert vigie("record", "rebuild", "--home", home.path).code == 0
    assert vigie("officers", "add", "later", "--office", "duty", "--home", home.path).code == 0
    done = vigie("record", "verify", "--home", home.path)
    assert done.code == 0, done.out


def test_a_home_on_files_has_nothing_to_prepare(vigie, made):
    done = vigie("database", "prepare", "--home", made)
    assert done.code == 2
    assert "vigie init --database" in done.err


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda home: edit(home, str(home.database.record.port), "1"), "could not be reached"),
        (lambda home: edit(home, home.database.record.name, "nowhere"), "has no such database"),
        (
            lambda home: (home.keys / "pgpass").write_text(
                postgresql.passfile_line(home.database.record, "wrong") + "\n"
            ),
            "did not let vigie in",
        ),
    ],
    ids=["no server", "no database", "wrong password"],
)
def test_a_server_that_cannot_be_used_is_one_sentence(vigie, told, spoil, said):
    kept = (told.keys / "pgpass").read_text()
    spoil(told)
    done = vigie("record", "head", "--home", told.path)
    (told.keys / "pgpass").write_text(kept)
    assert done.code == 1
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_home_that_finds_another_instances_record_does_not_write(vigie, told):
    edit(told, told.instance, "another")
    done = vigie("officers", "add", "late", "--office", "duty", "--home", told.path)
    assert done.code == 5
    assert f"record of {told.instance}" in done.err


def test_a_connection_is_durable_and_sees_what_is_committed_whatever_the_role_was_given(
    vigie, home, hand, server
):
    role = postgresql.quoted(home.database.record.user)
    for setting in ("synchronous_commit = off", "default_transaction_isolation = 'serializable'"):
        hand.execute(f"ALTER ROLE {role} SET {setting}")
    asked = """
import sys
from pathlib import Path
from vigie.cli.home import open_home
open_home(Path(sys.argv[1]))
from django.db import connections, transaction
with transaction.atomic(using="record"), connections["record"].cursor() as cursor:
    for name in ("synchronous_commit", "transaction_isolation", "lock_timeout"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", asked, str(home.path)], capture_output=True, text=True, timeout=60, check=True
    )
    hand.execute(f"ALTER ROLE {role} RESET ALL")
    assert done.stdout.splitlines() == ["on", "read committed", "20s"]


def test_two_processes_that_write_at_once_give_dense_numbers_and_what_is_taken_back_leaves_no_gap(
    vigie, home, hand
):
    one, other = write(home, "one"), write(home, "other")
    try:
        told = lines(one, 40) + lines(other, 40)
    finally:
        told += killed(one) + killed(other)
    numbers = [row[0] for row in hand.execute("SELECT seq FROM ledger_entry ORDER BY seq").fetchall()]
    assert numbers == list(range(len(numbers)))
    kept = names_by_number(hand)
    assert {int(seq): name for seq, name in told}.items() <= kept.items()
    writers = [kept[number].split("-")[0] for number in sorted(kept)]
    assert sum(a != b for a, b in pairwise(writers)) > 2, "the two did not write at the same time"
    assert not any(int(name.split("-")[1]) % 5 == 0 for name in kept.values() if "-" in name)
    done = vigie("record", "verify", "--home", home.path)
    assert done.code == 0, done.out


def test_what_was_told_to_stand_stands_when_the_writing_process_is_killed(vigie, home, hand):
    for turn in range(3):
        process = write(home, f"killed{turn}")
        told = lines(process, 10 + 7 * turn)
        told += killed(process)
        kept = names_by_number(hand)
        assert {int(seq): name for seq, name in told}.items() <= kept.items()
    assert vigie("record", "verify", "--home", home.path).code == 0


def test_what_was_told_to_stand_stands_when_the_database_server_crashes(vigie, home, server):
    import psycopg

    process = write(home, "crashed")
    told = lines(process, 20)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as hand:
        [backend] = hand.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = %s",
            [home.database.record.name, home.database.record.user],
        ).fetchone()
        os.kill(backend, signal.SIGKILL)  # PostgreSQL then drops every connection and recovers from its log
        out, err = process.communicate(timeout=60)
    # Where it was an act being taken back that was cut off, the next one finds the server recovering.
    assert "CutOff: The database server went away in the middle" in err or "Nothing was kept." in err
    told += [line.split() for line in out.splitlines()]
    until = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(f"{server}/{home.database.record.name}", autocommit=True) as hand:
                kept = names_by_number(hand)
            break
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.2)
    assert {int(seq): name for seq, name in told}.items() <= kept.items()
    assert vigie("record", "verify", "--home", home.path).code == 0


def test_two_servers_serve_one_home(home):
    ports = free_port(), free_port()
    with ExitStack() as running:
        for port in ports:
            running.enter_context(serving(home.path, port))
        assert [get(port, "/accounts/login/")[0] for port in ports] == [200, 200]


def test_one_clock_at_a_time_does_what_is_due(vigie, home, hand):
    hand.execute("SELECT pg_advisory_lock(69621)")
    assert vigie("tick", "--home", home.path, "--json").json == {}
    hand.execute("SELECT pg_advisory_unlock(69621)")
    assert "messages delivered" in vigie("tick", "--home", home.path, "--json").json


def test_a_server_whose_tables_are_behind_says_how_to_bring_them_up_to_date(vigie, home, hand):
    hand.execute("DELETE FROM django_migrations WHERE app = 'history'")
    try:
        done = vigie("serve", "--home", home.path, "--port", free_port())
    finally:
        hand.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('history', '0001_initial', now())"
        )
    assert done.code == 5
    assert "vigie upgrade" in done.err
