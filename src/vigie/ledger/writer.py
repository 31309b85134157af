"""One thread that commits what many wait for: group commit.

A disc flush costs the same for one act and for a hundred. Callers hand their act over and wait; the writer runs all
that wait in one transaction, each in a savepoint of its own, and answers them once the flush is done. The queue is
bounded: beyond it a caller waits for a place, and is refused when none comes.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
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
        self._waiting: deque[Call] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="vigie-writer", daemon=True)
        self._thread.start()

    def do(self, function: Callable[[], Any]) -> Any:
        """Have `function` run by the writer, in a copy of the caller's context; give its answer or raise what it raised.

        Raises TooMany when the queue stays full, or when the writer was stopped.
        """
        call = Call(function, copy_context())
        with self._changed:
            room = self._changed.wait_for(
                lambda: self._stopping or len(self._waiting) < self._bound, timeout=_PATIENCE
            )
            if self._stopping or not room:
                raise TooMany(
                    "So many acts wait to be written that this one was not taken. Do it again in a moment."
                )
            self._waiting.append(call)
            self._changed.notify_all()
        return call.wait()

    def stop(self) -> None:
        """Write what waits, take nothing more, and end the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if not self._waiting:
                    return
            taken: list[Call] = []
            try:
                self._together(self._turn(taken))
            except BaseException as fault:  # noqa: BLE001 - the thread must outlive any act; the callers are told
                if not taken:  # it could not even begin: without this they would wait for ever
                    deque(self._turn(taken), maxlen=0)
                for call in taken:
                    call.fault = call.fault or fault
            for call in taken:
                call.settle()
            with self._changed:
                self._changed.notify_all()

    def _turn(self, taken: list[Call]) -> Iterator[Call]:
        """Give the calls that wait, those that come meanwhile too, until none does or the turn is long enough."""
        until = time.monotonic() + _LONGEST_TURN
        while self._waiting:
            call = self._waiting.popleft()
            taken.append(call)
            yield call
            if time.monotonic() > until:
                return
