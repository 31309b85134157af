"""The transaction on the record: what is appended inside stands or falls together, under one checkpoint."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from vigie.errors import VigieError
from vigie.homes import Home
from vigie.ledger import batch, holds, statements
from vigie.ledger.actions import growing
from vigie.ledger.actions.pace import Pace
from vigie.ledger.actions.sealing import publish_head, seal
from vigie.ledger.batch import Batch
from vigie.ledger.pending import Pending
from vigie.ledger.projections import take_turn
from vigie.ledger.trouble import trouble


class Unfinished(VigieError):
    """The act stands on the record, but a file that follows from it could not be written."""


@contextmanager
def recording() -> Iterator[None]:
    """Hold one transaction on the record; entries appended inside stand or fall together, under one checkpoint.

    Nested blocks join the outer one. Raises Held while writing is held, OutOfRoom when the disc is full, Busy when
    others wrote too long, TablesBroken when a table is missing: in each case nothing was kept.
    """
    under_way = batch.current.get()
    if under_way is not None:
        with _part(under_way):
            yield
        return
    with whole() as opened:
        token = batch.current.set(opened)
        try:
            yield
        finally:
            batch.current.reset(token)


def after_commit(function: Callable[[], Any]) -> None:
    """Do something once the entries of this recording stand: write a file, put pages in place.

    Where it raises OSError, the act is told as Unfinished: it stands all the same.
    """
    after = afterwards.get()
    if after is None:
        transaction.on_commit(function, using="record")
    else:
        after.append(function)


def by_one_clock(function: Callable[[], dict[str, int]]) -> Callable[[], dict[str, int]]:
    """Make what falls due be done by one process at a time: where another is at it, nothing is done and nothing given.

    On SQLite one server holds the home; on PostgreSQL several may, and each has a clock.
    """

    @wraps(function)
    def run() -> dict[str, int]:
        if connections["record"].vendor != "postgresql":
            return function()
        with connections["record"].cursor() as cursor:
            cursor.execute(statements.CLOCK)
            if not cursor.fetchone()[0]:
                return {}
            try:
                return function()
            finally:
                cursor.execute(statements.CLOCK_DONE)

    return run


def _driven(record: BaseDatabaseWrapper) -> Batch:
    """Begin a batch that runs the record's own statements on the database's own driver, the connection being open."""
    marks = _MARKED[record.vendor]
    driver = record.connection
    run = driver.execute

    def one(statement: str, values: Sequence[Any] = ()) -> Any:
        return run(marks[statement], values)

    def many(statement: str, rows: Sequence[Sequence[Any]]) -> Any:
        return driver.cursor().executemany(marks[statement], rows)

    return Batch(one, Pending(many))


_MARKED = {
    vendor: {
        statement: statements.marked(statement, vendor)
        for statement in vars(statements).values()
        if isinstance(statement, str)
    }
    for vendor in ("sqlite", "postgresql")
}


@contextmanager
def _part(under_way: Batch) -> Iterator[None]:
    """Hold a savepoint of the open transaction; what fails inside takes only its own entries back."""
    mark = under_way.mark()
    try:
        with transaction.atomic(using="record"):
            yield
    except BaseException:
        under_way.back_to(mark)
        raise


@contextmanager
def whole(pace: Pace | None = None) -> Iterator[Batch]:
    """Hold the transaction itself, and seal it with a checkpoint when something was appended. Raises as `recording` does.

    pace: says whether the checkpoint may wait, and is told whether it does. None: it never does.
    """
    home: Home = settings.VIGIE_HOME
    holds.check(home.path, "writing")
    record, sealed, opened = connections["record"], "", None
    try:
        with record.wrap_database_errors, transaction.atomic(using="record"):
            take_turn()
            opened = _driven(record)
            record.on_commit(opened.committed)
            with record.execute_wrapper(_met(opened)):
                yield opened
            if (opened.appended or opened.at_once) and opened.edge:
                opened.pending.give()
                waits = pace is not None and not opened.at_once and pace.can_wait()
                waits = waits and growing.unsealed(home, opened, opened.edge)
                if not waits:
                    sealed = seal(home, opened, opened.edge)
                if pace is not None:
                    opened.told = pace.left if waits else pace.sealed
    except (DatabaseError, OSError) as fault:
        if opened is not None and opened.stands:
            publish_head(home, sealed)
            raise unfinished(fault) from fault
        told = trouble(fault)
        if told is None:
            raise
        raise told from fault
    if sealed:
        publish_head(home, sealed)


def _met(opened: Batch) -> Callable[..., Any]:
    """Give what stands before each statement that does not come from the record's own."""

    def met(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        opened.meet(sql)
        return execute(sql, params, many, context)

    return met


def unfinished(fault: BaseException) -> Unfinished:
    """Say of an act that stands that what follows from it does not."""
    return Unfinished(
        "The act is on the record; a file that follows from it could not be written: {fault}. Make room, and do what writes it again.",
        fault=fault,
    )


afterwards: ContextVar[list[Callable[[], Any]] | None] = ContextVar("vigie_afterwards", default=None)
"""What `after_commit` was given by an act that is committed together with others; None where one commits by itself."""
