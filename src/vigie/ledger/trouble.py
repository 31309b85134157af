"""What a database or a disc could not do, said as one of vigie's own errors: its sentence, its status, its exit code.

Of SQLite the message is read, and its own result code where the message says too little; of PostgreSQL the
SQLSTATE (its manual, appendix A), and the message only where a connection could not be opened: there is none yet.
"""

import errno
import sqlite3
from collections.abc import Callable

from vigie.errors import BadInput, Conflict, OutOfRoom, RecordBroken, VigieError

_FULL = ("database or disk is full", "disk is full")
_FULL_TOO = ("SQLITE_IOERR_SHMSIZE",)
"""Its memory shared between processes is a file too: where that cannot grow, SQLite speaks of a disc that failed."""
_BUSY = ("database is locked", "database table is locked")
_BROKEN = (
    "no such table",
    "no such column",
    "has no column",
    "malformed",
    "file is not a database",
    "file is encrypted",
)
_FAILED = ("disk i/o error",)
_CLOSED = ("unable to open", "readonly")

_NOT_LET_IN = ("authentication", "no password supplied", "pg_hba", "role ")


class Busy(Conflict):
    """Others were writing for so long that this act was given up; nothing of it was kept."""

    status = 503


class TablesBroken(RecordBroken):
    """A database file cannot be read as one, or lacks a table."""


class DiscFailed(VigieError):
    """The disc did not do what it was told to, in the midst of an act or of a question.

    Of an act so cut off nothing is seen from then on; but what reached the disc of it may be found when the home is
    opened anew, and then it stands.
    """

    status = 500
    exit_code = 1


class Unkept(BadInput):
    """Text that PostgreSQL cannot keep, nor look for."""


class NotReached(VigieError):
    """A file, folder or server that is needed cannot be read, written or reached."""

    status = 500
    exit_code = 1


class CutOff(NotReached):
    """The database server went away in the middle: whether the act stands is not known."""

    status = 503


class NoRight(NotReached):
    """The database server knows the role and does not let it do that."""


def trouble(fault: BaseException) -> VigieError | None:
    """Give the error of ours that says what `fault` means; None when it is not a matter of databases or discs."""
    if isinstance(fault, OSError):
        return _of_disc(fault)
    for met in (fault, fault.__cause__):
        if isinstance(met, sqlite3.Error):
            if getattr(met, "sqlite_errorname", "") in _FULL_TOO:
                return _out_of_room(str(fault))
            return _of_database(str(fault))
        if type(met).__module__.partition(".")[0] == "psycopg":  # by name: it may not be installed
            said = str(met).partition("\n")[0].rstrip(". ")  # libpq's own advice follows on lines of its own
            return _of_server(met, getattr(met, "sqlstate", None), said)
    return None


def _of_disc(fault: OSError) -> VigieError:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return _out_of_room(str(fault))
    if fault.errno == errno.EIO:
        return _failed(fault.strerror or str(fault))
    return NotReached(
        "{place} could not be read or written: {reason}. Nothing was kept. See that it is there and that this user may use it.",
        place=fault.filename if isinstance(fault.filename, str) else "A file",
        reason=fault.strerror or str(fault),
    )


def _of_database(said: str) -> VigieError | None:
    low = said.lower()
    if any(words in low for words in _FULL):
        return _out_of_room(said)
    if any(words in low for words in _BUSY):
        return _busy(said)
    if any(words in low for words in _FAILED):
        return _failed(said)
    if any(words in low for words in _BROKEN):
        return _broken(said)
    if any(words in low for words in _CLOSED):
        return _closed(said)
    return None


def _of_server(met: BaseException | None, state: str | None, said: str) -> VigieError | None:
    if state is None and type(met).__name__ == "DataError" and "NUL" in said:
        return Unkept(
            "What was sent holds a null character, which nobody can see or type. Take it out and send it again."
        )
    if state is None:
        return _of_connection(said) if type(met).__name__ == "OperationalError" else None
    return next((tell(said) for starts, tell in _OF_STATES if state.startswith(starts)), None)


def _of_connection(said: str) -> VigieError:
    """Tell a connection that could not be opened from one that broke: the server has sent no SQLSTATE in either case."""
    if "connection is closed" in said or "server closed the connection" in said or "lost" in said:
        return _cut(said)
    if any(words in said for words in _NOT_LET_IN):
        return NotReached(
            "The database server did not let vigie in: {said}. See that the role in vigie.toml is right, and its password in keys/pgpass.",
            said=said,
        )
    if "does not exist" in said:
        return NotReached(
            "The database server has no such database: {said}. Make it with: vigie database prepare",
            said=said,
        )
    return NotReached(
        "The database server could not be reached: {said}. Nothing was kept. See that it runs and that the address in vigie.toml is right.",
        said=said,
    )


def _failed(said: str) -> DiscFailed:
    return DiscFailed(
        "The disc failed ({said}). See that it is whole, start again, and look whether the act stands before doing it again.",
        said=said,
    )


def _cut(said: str) -> CutOff:
    return CutOff(
        "The database server went away in the middle: {said}. See whether the act stands before you do it again.",
        said=said,
    )


def _busy(said: str) -> Busy:
    del said  # whose lock it was says nothing to who waits
    return Busy("Others are writing on this home just now: the act was not done. Do it again in a moment.")


def _broken(said: str) -> TablesBroken:
    return TablesBroken(
        "A database of this home cannot be used: {said}. If it is a table of a room, make it again with: vigie record rebuild. Else put the file back from a backup.",
        said=said,
    )


def _closed(said: str) -> NotReached:
    return NotReached(
        "A database of this home cannot be opened for writing: {said}. Nothing was kept. See that the folder is there and that this user may write in it.",
        said=said,
    )


def _no_right(said: str) -> NoRight:
    return NoRight(
        "The database server refused: {said}. Nothing was kept. If tables or rights were changed, set them right with: vigie database prepare",
        said=said,
    )


def _out_of_room(said: str) -> OutOfRoom:
    del said
    return OutOfRoom(
        "The disc is full: the act was not done and nothing of it was kept. Make room and do it again."
    )


# First letters of SQLSTATEs, and who tells of them.
_OF_STATES: tuple[tuple[tuple[str, ...], Callable[[str], VigieError]], ...] = (
    (("53100",), _out_of_room),
    (("40001", "40P01", "53300", "55P03", "57014"), _busy),
    (("42P01", "42703", "XX001", "XX002"), _broken),
    (("58030",), _failed),
    (("25006",), _closed),
    (("42501",), _no_right),
    (("08", "57P01", "57P02", "57P03"), _cut),
)
