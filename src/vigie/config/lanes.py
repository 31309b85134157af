"""Who waits for whom: requests from owners' links wait in lanes of their own, and officers' pages go before them.

Each lane has threads of its own, which keep their open databases. Owners' answers are taken many at once: one commit of
the record keeps them together, and no thread has to wake up for each.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

_PAGES = 8
"""Threads for pages: more would only share one interpreter among more."""
_OWNERS = 8
"""Threads for what owners ask and no answer is: their pages, what they send up."""
_ANSWERS = 64
"""Answers taken at once."""
_BESIDE_PAGES = 12
"""Of them, how many are taken while a page is being made that takes long, or one after another."""
_ALONE = 0.25
"""Seconds for which a page is made with no owner let in beside it: at each row it reads it would wait for all of them."""

R = TypeVar("R")
Work = Callable[[], Any]
Waiting = tuple[Work, "asyncio.Future[Any]"]


class Lanes:
    """Three lanes to the same house. Made and used within one event loop.

    together: does many works and gives what each gave, or the exception it raised; beside: answers taken at once while
    a page is made.
    """

    def __init__(
        self,
        together: Callable[[Sequence[Work]], Sequence[Any]],
        *,
        pages: int = _PAGES,
        owners: int = _OWNERS,
        answers: int = _ANSWERS,
        beside: int = _BESIDE_PAGES,
        alone: float = _ALONE,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._together = together
        self._most, self._answers, self._beside, self._alone = owners, answers, beside, alone
        self._alone_until = 0.0
        self._owners = self._pages = self._answering = 0
        self._waiting: deque[Waiting] = deque()
        self._given: deque[Waiting] = deque()
        self._settled: deque[Callable[[], None]] = deque()
        self._called = False
        self._page_work: SimpleQueue[Waiting] = SimpleQueue()
        self._owner_work: SimpleQueue[Waiting] = SimpleQueue()
        self._answer_work: SimpleQueue[list[Waiting]] = SimpleQueue()
        for number, name, run in (
            (pages, "page", partial(self._do, self._page_work, self._page_done)),
            (owners, "owner", partial(self._do, self._owner_work, self._owner_done)),
            (1, "answers", self._do_together),
        ):
            for _ in range(number):
                Thread(target=run, name=f"vigie-{name}", daemon=True).start()

    async def page(self, work: Callable[[], R]) -> R:
        """Do the work of a page at once; meanwhile no owner is let in at first, and fewer of them later."""
        told: asyncio.Future[R] = self._loop.create_future()
        if not self._pages:
            self._alone_until = self._loop.time() + self._alone
            self._loop.call_at(self._alone_until, self._admit)
        self._pages += 1
        self._page_work.put((work, told))
        return await told

    async def owner(self, work: Callable[[], R]) -> R:
        """Do the work of an owner's request when its turn has come, in the order in which they came."""
        return await self._in_turn(self._waiting, work)

    async def answer(self, work: Callable[[], R]) -> R:
        """Do the work of an owner's answer when its turn has come, together with others."""
        return await self._in_turn(self._given, work)

    async def _in_turn(self, queue: deque[Waiting], work: Callable[[], R]) -> R:
        told: asyncio.Future[R] = self._loop.create_future()
        queue.append((work, told))
        self._admit()
        return await told

    def _admit(self) -> None:
        beside = self._pages > 0
        if beside and self._loop.time() < self._alone_until:
            return
        while self._waiting and self._owners < (1 if beside else self._most):
            self._owners += 1
            self._owner_work.put(self._waiting.popleft())
        if self._given and not self._answering:
            most = min(self._beside if beside else self._answers, len(self._given))
            self._answering = most
            self._answer_work.put([self._given.popleft() for _ in range(most)])

    def _do(self, queue: "SimpleQueue[Waiting]", done: Callable[[], None]) -> None:
        while True:
            work, told = queue.get()
            try:
                settle = partial(told.set_result, work())
            except BaseException as fault:  # noqa: BLE001 - the thread must outlive any request; who asked is told
                settle = partial(told.set_exception, fault)
            self._tell(partial(self._told, done, [(told, settle)]))

    def _do_together(self) -> None:
        while True:
            taken = self._answer_work.get()
            try:
                came: Sequence[Any] = self._together([work for work, _ in taken])
            except BaseException as fault:  # noqa: BLE001 - as above
                came = [fault] * len(taken)
            self._tell(
                partial(
                    self._told,
                    self._answers_done,
                    [
                        (
                            told,
                            partial(
                                told.set_exception if isinstance(one, BaseException) else told.set_result, one
                            ),
                        )
                        for (_, told), one in zip(taken, came, strict=True)
                    ],
                )
            )

    def _tell(self, settle: Callable[[], None]) -> None:
        """Have the event loop settle what a thread has done. One call for all that is done by then."""
        self._settled.append(settle)
        if not self._called:
            self._called = True
            self._loop.call_soon_threadsafe(self._tell_all)

    def _tell_all(self) -> None:
        self._called = False  # first: what is added from here on calls again
        while self._settled:
            self._settled.popleft()()

    def _told(
        self, done: Callable[[], None], settled: Sequence[tuple["asyncio.Future[Any]", Callable[[], None]]]
    ) -> None:
        # First: who waits need not wait for the telling of those who do no longer.
        done()
        self._admit()
        for told, settle in settled:
            if not told.done():  # whoever waited may have gone
                settle()

    def _page_done(self) -> None:
        self._pages -= 1

    def _owner_done(self) -> None:
        self._owners -= 1

    def _answers_done(self) -> None:
        self._answering = 0
