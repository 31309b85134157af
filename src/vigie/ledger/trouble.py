"""What a database or a disc could not do, said as one of vigie's own errors: its sentence, its status, its exit code.

Read from the message, because SQLite's own result codes do not pass through Django's errors.
"""

import errno
import sqlite3

from vigie.errors import Conflict, OutOfRoom, RecordBroken, VigieError

_FULL = ("database or disk is full", "disk is full")
_BUSY = ("database is locked", "database table is locked")
_BROKEN = (
    "no such table",
    "no such column",
    "has no column",
    "malformed",
    "file is not a database",
    "disk i/o error",
    "file is encrypted",
)
_CLOSED = ("unable to open", "readonly")


class Busy(Conflict):
    """Others were writing for so long that this act was given up; nothing of it was kept."""

    status = 503


class TablesBroken(RecordBroken):
    """A database file cannot be read as one, or lacks a table."""


class NotReached(VigieError):
    """A file or folder that is needed cannot be read or written."""

    status = 500
    exit_code = 1


def trouble(fault: BaseException) -> VigieError | None:
    """Give the error of ours that says what `fault` means; None when it is not a matter of databases or discs."""
    if isinstance(fault, OSError):
        return _of_disc(fault)
    if isinstance(fault, sqlite3.Error) or isinstance(fault.__cause__, sqlite3.Error):
        return _of_database(str(fault))
    return None


def _of_disc(fault: OSError) -> VigieError:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return _out_of_room()
    return NotReached(
        "{place} could not be read or written: {reason}. Nothing was kept. See that it is there and that this user may use it.",
        place=fault.filename if isinstance(fault.filename, str) else "A file",
        reason=fault.strerror or str(fault),
    )


def _of_database(said: str) -> VigieError | None:
    low = said.lower()
    if any(words in low for words in _FULL):
        return _out_of_room()
    if any(words in low for words in _BUSY):
        return Busy(
            "Others are writing on this home just now: the act was not done. Do it again in a moment."
        )
    if any(words in low for words in _BROKEN):
        return TablesBroken(
            "A database of this home cannot be used: {said}. If it is a table of a room, make it again with: vigie record rebuild. Else put the file back from a backup.",
            said=said,
        )
    if any(words in low for words in _CLOSED):
        return NotReached(
            "A database of this home cannot be opened for writing: {said}. Nothing was kept. See that the folder is there and that this user may write in it.",
            said=said,
        )
    return None


def _out_of_room() -> OutOfRoom:
    return OutOfRoom(
        "The disc is full: the act was not done and nothing of it was kept. Make room and do it again."
    )
