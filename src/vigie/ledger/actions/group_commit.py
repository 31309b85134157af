"""Acts that are committed together while a server runs: each whole in a savepoint of its own, one flush for all."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from vigie.ledger import batch
from vigie.ledger.actions import growing
from vigie.ledger.actions.pace import Pace
from vigie.ledger.actions.transactions import afterwards, recording, unfinished, whole
from vigie.ledger.batch import Batch
from vigie.ledger.trouble import NotReached, trouble
from vigie.ledger.writer import Call, Writer

_PAUSE = 0.1
"""Seconds: four times as long as the letters take that are written between two pauses."""

P = ParamSpec("P")
R = TypeVar("R")


class _Lost(Exception):
    """The database gave the whole transaction up, not the one act alone."""


def recorded(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function run whole inside a recording: committed together with others while a server runs, else by itself.

    While a server runs it may run in the thread of another caller, in a copy of its own caller's context.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _writer is None or batch.current.get() is not None:
            with recording():
                return function(*args, **kwargs)
        answer: R = _writer.do(partial(function, *args, **kwargs))
        return answer

    return run


def together(acts: Sequence[Callable[[], R]]) -> list[R | BaseException]:
    """Do acts one after another, each whole or not at all, under as few flushes as can be. Gives what each gave or raised.

    Raises what keeps the commit from standing when no writer runs; TooMany when they cannot be taken.
    """
    if _writer is None:
        with recording():
            return [_apart(act) for act in acts]
    calls = _writer.do_all(acts)
    return [call.answer if call.fault is None else call.fault for call in calls]


def _apart(act: Callable[[], R]) -> R | BaseException:
    try:
        with recording():
            return act()
    except Exception as fault:  # noqa: BLE001 - given to whoever asked for the acts
        return fault


def give_way() -> None:
    """Pause for a moment if somebody writes now: for what does much at once in the background of a server."""
    if _writer is not None and _writer.writing:
        time.sleep(_PAUSE)


def start_writer() -> None:
    """Let the callers of this process commit together, over one connection that they share, until `stop_writer`."""
    global _writer, _pace  # noqa: PLW0603 - the process has one home, hence one writer
    if _writer is None:
        _writer = Writer(partial(_with_the_pen, connections.create_connection("record")))
        _pace = Pace(partial(_writer.do, _seal_what_waits))


def stop_writer() -> None:
    """Write what waits, sign the checkpoint that waits, then let every thread write for itself again."""
    global _writer, _pace  # noqa: PLW0603
    if _writer is not None and _pace is not None:
        _pace.stop()
        _writer.stop()
        _writer = _pace = None


_writer: Writer | None = None
_pace: Pace | None = None


def _seal_what_waits() -> None:
    under_way = batch.current.get()
    if under_way is not None:
        growing.edge(under_way)
        under_way.at_once = True


def _with_the_pen(pen: BaseDatabaseWrapper, turn: Iterator[Call]) -> None:
    """Write over the one connection whose pages and statements are at hand, whichever thread it is that writes."""
    own = connections["record"]
    pen.inc_thread_sharing()
    connections["record"] = pen
    try:
        _commit_together(pen, turn)
    finally:
        connections["record"] = own
        pen.dec_thread_sharing()


def _commit_together(pen: BaseDatabaseWrapper, turn: Iterator[Call]) -> None:
    pen.close_if_unusable_or_obsolete()
    calls: list[Call] = []
    later: list[tuple[Call, list[Callable[[], Any]]]] = []
    try:
        with whole(_pace) as opened:
            for call in turn:
                calls.append(call)
                after: list[Callable[[], Any]] = []
                call.context.run(_run_one, opened, call, after)
                if after and call.fault is None:
                    later.append((call, after))
    except BaseException as fault:
        cause = fault.__cause__ if isinstance(fault, _Lost) and fault.__cause__ else fault
        for call in calls:
            call.fault = call.fault or _told(cause)
        if not calls:
            raise
        return
    finally:
        if any(isinstance(call.fault, NotReached) for call in calls):
            # Opened anew next time: a file that could once be opened for reading only would never be written to again.
            pen.close()
    for call, after in later:
        call.fault = _done_after(after)


def _run_one(opened: Batch, call: Call, after: list[Callable[[], Any]]) -> None:
    batch.current.set(opened)
    afterwards.set(after)
    # Django's own savepoints cost as much as a small act; what they keep account of (`on_commit`) is kept here.
    mark = opened.begin_act()
    try:
        call.answer = call.function()
        opened.end_act()
    except BaseException as fault:
        call.fault = _told(fault)
        opened.back_to(mark)
        if not _transaction_stands():
            raise _Lost from fault
        opened.undo_act()
        transaction.set_rollback(False, using="record")


def _done_after(functions: Sequence[Callable[[], Any]]) -> BaseException | None:
    """Do what follows a committed act. Gives what went wrong: what others wait for must not fail with it."""
    try:
        for function in functions:
            function()
    except Exception as fault:  # noqa: BLE001 - the caller is told
        return unfinished(fault) if isinstance(fault, OSError) else fault
    return None


def _transaction_stands() -> bool:
    """Say whether the open transaction is still there: SQLite gives it up by itself when a disc fails, a server may go away."""
    driver = connections["record"].connection
    return driver is not None and bool(
        getattr(driver, "in_transaction", not getattr(driver, "closed", False))
    )


def _told(fault: BaseException) -> BaseException:
    told = trouble(fault)
    if told is not None:
        told.__cause__ = fault
    return told or fault
