"""One thread that commits what many wait for: group commit.

A disc flush costs the same for one act and for a hundred. Callers hand their act over and wait; the writer runs all
that wait in one transaction, each in a savepoint of its own, and answers them once the flush is done. The queue is
bounded: beyond it a caller waits for a place, and is refused when none comes.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import Context, copy_context
from queue import Empty, SimpleQueue
from typing import Any

from vigie.errors import Conflict

_BOUND = 4096
_PATIENCE = 20.0
_LONGEST_TURN = 0.04


class TooMany(Conflict):
    """So many acts wait that this one was not taken."""

    status = 503


class Call:
    """One act that waits: a function without arguments, the context it runs in, and what came of it."""

    __slots__ = ("_done", "answer", "context", "fault", "function")

    def __init__(self, function: Callable[[], Any], context: Context) -> None:
        self.function = function
        self.context = context
        self.answer: Any = None
        self.fault: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def settle(self) -> None:
        """Wake the caller up."""
        self._done.release()

    def wait(self) -> Any:
        """Give the answer once it stands, or raise what the act raised."""
        self._done.acquire()
        if self.fault is not None:
            raise self.fault
        return self.answer


class Writer:
    """The one thread that writes. together: commits the calls it is given and sets `answer` or `fault` of each."""

    def __init__(self, together: Callable[[Iterator[Call]], None], *, bound: int = _BOUND) -> None:
        self._together = together
        self._bound = bound
        self._waiting: SimpleQueue[Call | None] = SimpleQueue()
        self._room = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="vigie-writer", daemon=True)
        self._thread.start()

    def do(self, function: Callable[[], Any]) -> Any:
        """Have `function` run by the writer, in a copy of the caller's context; give its answer or raise what it raised.

        Raises TooMany when the queue stays full, or when the writer was stopped.
        """
        # The bound is looked at without a lock: as many more than it allows may come in as threads look at once.
        if self._stopping or self._waiting.qsize() >= self._bound:
            self._wait_for_room()
        call = Call(function, copy_context())
        self._waiting.put(call)
        if self._stopping and not self._thread.is_alive():  # it came in behind the last that was written
            self._refuse_late()
        return call.wait()

    def stop(self) -> None:
        """Write what waits, take nothing more, and end the thread."""
        self._stopping = True
        self._waiting.put(None)
        self._thread.join()
        self._refuse_late()
        with self._room:
            self._room.notify_all()

    def _wait_for_room(self) -> None:
        with self._room:
            room = self._room.wait_for(
                lambda: self._stopping or self._waiting.qsize() < self._bound, timeout=_PATIENCE
            )
        if self._stopping or not room:
            raise _too_many()

    def _refuse_late(self) -> None:
        """Tell those who came in while the writer was being stopped, and whom nobody will write."""
        with suppress(Empty):
            while True:
                call = self._waiting.get_nowait()
                if call is not None:
                    call.fault = _too_many()
                    call.settle()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            taken = [first]
            try:
                self._together(self._turn(taken))
            except BaseException as fault:  # noqa: BLE001 - the thread must outlive any act; the callers are told
                for call in taken:
                    call.fault = call.fault or fault
            for call in taken:
                call.settle()
            with self._room:
                self._room.notify_all()

    def _turn(self, taken: list[Call]) -> Iterator[Call]:
        """Give the calls that wait, those that come meanwhile too, until none does or the turn is long enough."""
        yield taken[0]
        until = time.monotonic() + _LONGEST_TURN
        with suppress(Empty):
            while time.monotonic() < until:
                call = self._waiting.get_nowait()
                if call is None:  # to be stopped: told again once this turn is done
                    self._waiting.put(None)
                    return
                taken.append(call)
                yield call


def _too_many() -> TooMany:
    return TooMany("So many acts wait to be written that this one was not taken. Do it again in a moment.")
