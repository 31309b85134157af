"""What disc and database could not do is one sentence of ours."""

import errno
import sqlite3

import pytest
from django.db import OperationalError

from vigie.errors import OutOfRoom
from vigie.ledger.trouble import Busy, NotReached, TablesBroken, trouble


@pytest.mark.parametrize(
    ("said", "kind", "exit_code"),
    [
        ("database or disk is full", OutOfRoom, 7),
        ("database is locked", Busy, 5),
        ("no such table: alert_decision", TablesBroken, 6),
        ("file is not a database", TablesBroken, 6),
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


def test_a_full_disc_is_told_whoever_met_it():
    assert isinstance(trouble(OSError(errno.ENOSPC, "No space left on device")), OutOfRoom)
    assert isinstance(trouble(OSError(errno.EDQUOT, "Quota exceeded")), OutOfRoom)


def test_a_file_out_of_reach_is_named():
    told = trouble(PermissionError(errno.EACCES, "Permission denied", "/srv/home/public/index.html"))
    assert "/srv/home/public/index.html could not be read or written: Permission denied" in str(told)


def test_what_is_a_fault_of_the_code_stays_one():
    assert trouble(ValueError("database is locked")) is None
    assert trouble(sqlite3.OperationalError('near "FROM": syntax error')) is None
