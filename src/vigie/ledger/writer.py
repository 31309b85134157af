"""Group commit: of the callers that wait, one writes for all of them.

A disc flush costs the same for one act and for a hundred. A caller who finds nobody writing takes the pen and does its
act at once: no thread has to wake up for it. Whoever comes meanwhile waits; the writer takes their acts into its
transaction, each in a savepoint of its own. Then each wakes the next, and the last hands the pen on to whoever waits by
then, who writes for all behind: threads that ran beside the writer would take the interpreter from it at each statement.
The queue is bounded: beyond it a caller waits for a place, and is refused when none comes.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import Context, copy_context
from itertools import pairwise
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

    __slots__ = ("_done", "answer", "context", "fault", "function", "then", "writes")

    def __init__(self, function: Callable[[], Any], context: Context) -> None:
        self.function = function
        self.context = context
        self.answer: Any = None
        self.fault: BaseException | None = None
        self.writes = False
        """Whether its caller has the pen, and nobody did the act yet."""
        self.then: Callable[[], None] | None = None
        """What its caller does on waking up: wake the next, or hand the pen on."""
        self._done = threading.Lock()
        self._done.acquire()

    def settle(self) -> None:
        """Wake the caller up: the act is done, or it is the caller's turn to write."""
        self._done.release()

    def wait(self) -> None:
        """Wait until the act is done, or until its caller has the pen."""
        self._done.acquire()
        if self.then is not None:
            self.then()


class Writer:
    """The pen, and those who wait for it. together: commits the calls it is given and sets `answer` or `fault` of each."""

    def __init__(self, together: Callable[[Iterator[Call]], None], *, bound: int = _BOUND) -> None:
        self._together = together
        self._bound = bound
        self._waiting: deque[Call] = deque()
        self._free = threading.Condition()
        self._writing = False
        self._stopping = False

    @property
    def writing(self) -> bool:
        """Whether somebody has the pen."""
        return self._writing

    def do(self, function: Callable[[], Any]) -> Any:
        """Have `function` run in a copy of the caller's context; give its answer or raise what it raised.

        Raises TooMany when the queue stays full, or when the writer was stopped.
        """
        (call,) = self.do_all([function])
        if call.fault is not None:
            raise call.fault
        return call.answer

    def do_all(self, functions: Sequence[Callable[[], Any]]) -> list[Call]:
        """Have functions run one after another, committed with as few flushes as can be. Raises TooMany like `do`."""
        calls = [Call(function, copy_context()) for function in functions]
        with self._free:
            if self._stopping or len(self._waiting) >= self._bound:
                self._wait_for_room()
            self._waiting.extend(calls)
            if not self._writing:
                self._writing = True
                self._waiting.popleft().writes = True
        for call in calls:
            if not call.writes:
                call.wait()
            if call.writes:
                self._write(call)
        return calls

    def stop(self) -> None:
        """Let what waits be written, take nothing more."""
        with self._free:
            self._stopping = True
            self._free.notify_all()
            self._free.wait_for(lambda: not self._writing)

    def _wait_for_room(self) -> None:
        room = self._free.wait_for(
            lambda: self._stopping or len(self._waiting) < self._bound, timeout=_PATIENCE
        )
        if self._stopping or not room:
            raise TooMany(
                "So many acts wait to be written that this one was not taken. Do it again in a moment."
            )

    def _write(self, first: Call) -> None:
        """Do the act of the caller who has the pen, and of those who wait; hand the pen on."""
        first.writes = False
        taken = [first]
        try:
            self._together(self._turn(taken))
        except BaseException as fault:  # noqa: BLE001 - whoever waited is told, the caller among them
            for call in taken:
                call.fault = call.fault or fault
        told = taken[1:]
        for call, behind in pairwise(told):
            call.then = behind.settle
        if told:
            told[-1].then = self._hand_on
            told[0].settle()
        else:
            self._hand_on()

    def _hand_on(self) -> None:
        """Give the pen to the next who waits, or lay it down."""
        with self._free:
            if self._waiting:
                call = self._waiting.popleft()
                call.writes = True
                call.settle()
            else:
                self._writing = False
            self._free.notify_all()

    def _turn(self, taken: list[Call]) -> Iterator[Call]:
        """Give the calls that wait, those that come meanwhile too, until none does or the turn is long enough."""
        yield taken[0]
        until = time.monotonic() + _LONGEST_TURN
        while self._waiting and time.monotonic() < until:
            call = self._waiting.popleft()
            taken.append(call)
            yield call
