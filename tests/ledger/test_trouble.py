"""What disc and database could not do is one sentence of ours."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import OperationalError
from psycopg import errors

from vigie.errors import OutOfRoom
from vigie.ledger.trouble import Busy, CutOff, DiscFailed, NoRight, NotReached, TablesBroken, trouble


@pytest.mark.parametrize(
    ("said", "kind", "exit_code"),
    [
        ("database or disk is full", OutOfRoom, 7),
        ("database is locked", Busy, 5),
        ("no such table: alert_decision", TablesBroken, 6),
        ("file is not a database", TablesBroken, 6),
        ("disk I/O error", DiscFailed, 1),
        ("attempt to write a readonly database", NotReached, 1),
        ("unable to open database file", NotReached, 1),
    ],
)
def test_a_databases_complaint_is_told_alike_from_sqlite_and_from_django(said, kind, exit_code):
    bare = sqlite3.OperationalError(said)
    wrapped = OperationalError(said)
    wrapped.__cause__ = bare
    for fault in (bare, wrapped):
        told = trouble(fault)
        assert type(told) is kind
        assert told.exit_code == exit_code
        assert str(told).endswith(".")


@pytest.mark.parametrize(
    ("state", "kind", "exit_code", "says"),
    [
        ("53100", OutOfRoom, 7, "Make room"),
        ("55P03", Busy, 5, "in a moment"),
        ("40P01", Busy, 5, "in a moment"),
        ("42P01", TablesBroken, 6, "vigie record rebuild"),
        ("XX001", TablesBroken, 6, "vigie record rebuild"),
        ("58030", DiscFailed, 1, "look whether the act stands"),
        ("42501", NoRight, 1, "vigie database prepare"),
        ("25006", NotReached, 1, "for writing"),
        ("57P01", CutOff, 1, "See whether the act stands"),
        ("08006", CutOff, 1, "See whether the act stands"),
    ],
)
def test_a_servers_complaint_is_told_by_its_state_alike_from_psycopg_and_from_django(
    state, kind, exit_code, says
):
    bare = errors.lookup(state)("said in the server's own language")
    wrapped = OperationalError(str(bare))
    wrapped.__cause__ = bare
    for fault in (bare, wrapped):
        told = trouble(fault)
        assert type(told) is kind
        assert told.exit_code == exit_code
        assert says in str(told)


@pytest.mark.parametrize(
    ("said", "kind", "way_out"),
    [
        ("failed: Connection refused\n\tIs the server running?", NotReached, "See that it runs"),
        ("failed to resolve host 'db'", NotReached, "See that it runs"),
        ('FATAL:  password authentication failed for user "vigie"', NotReached, "keys/pgpass"),
        ("fe_sendauth: no password supplied", NotReached, "keys/pgpass"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', NotReached, "keys/pgpass"),
        ('FATAL:  database "vigie_record" does not exist', NotReached, "vigie database prepare"),
        ("the connection is closed", CutOff, "See whether the act stands"),
        ("server closed the connection unexpectedly\n\tThis means", CutOff, "See whether the act stands"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_with_the_way_out(said, kind, way_out):
    told = trouble(psycopg.OperationalError(said))
    assert type(told) is kind
    assert way_out in str(told)
    assert "\n" not in str(told)


def test_text_that_a_server_cannot_keep_is_told_to_who_sent_it():
    told = trouble(psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"))
    assert (told.status, told.exit_code) == (400, 2)


def test_a_fault_of_the_codes_own_sql_on_a_server_stays_one():
    assert trouble(errors.lookup("42601")("syntax error")) is None
    assert (
        trouble(psycopg.ProgrammingError("the query has 0 placeholders but 1 parameters were passed")) is None
    )


def test_a_full_disc_is_told_whoever_met_it():
    assert isinstance(trouble(OSError(errno.ENOSPC, "No space left on device")), OutOfRoom)
    assert isinstance(trouble(OSError(errno.EDQUOT, "Quota exceeded")), OutOfRoom)


def test_a_disc_that_fails_is_told_whoever_met_it_and_nobody_is_told_that_nothing_was_kept():
    told = trouble(OSError(errno.EIO, "Input/output error"))
    assert isinstance(told, DiscFailed)
    assert "look whether the act stands" in str(told)


def test_a_file_out_of_reach_is_named():
    told = trouble(PermissionError(errno.EACCES, "Permission denied", "/srv/home/public/index.html"))
    assert "/srv/home/public/index.html could not be read or written: Permission denied" in str(told)


def test_what_is_a_fault_of_the_code_stays_one():
    assert trouble(ValueError("database is locked")) is None
    assert trouble(sqlite3.OperationalError('near "FROM": syntax error')) is None
