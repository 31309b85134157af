"""Who waits for whom: requests from owners' links wait in a lane of their own, and officers' pages go before them.

Each lane has threads of its own, which keep their open databases.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

_PAGES = 8
"""Threads for pages: more would only share one interpreter among more."""
_OWNERS = 64
"""Owners' requests under way at once: one commit of the record answers them together."""
_BESIDE_PAGES = 12
"""Of them, how many are let in while a page is being made that takes long, or one after another."""
_ALONE = 0.25
"""Seconds for which a page is made with no owner let in beside it: at each row it reads it would wait for all of them."""

R = TypeVar("R")
Waiting = tuple[Callable[[], Any], "asyncio.Future[Any]"]


class Lanes:
    """Two lanes to the same house. Made and used within one event loop."""

    def __init__(
        self,
        *,
        pages: int = _PAGES,
        owners: int = _OWNERS,
        beside: int = _BESIDE_PAGES,
        alone: float = _ALONE,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._most, self._beside, self._alone = owners, beside, alone
        self._alone_until = 0.0
        self._owners = self._pages = 0
        self._waiting: deque[Waiting] = deque()
        self._settled: deque[Callable[[], None]] = deque()
        self._called = False
        self._page_work, self._owner_work = (self._threads(pages, "page"), self._threads(owners, "owner"))

    async def page(self, work: Callable[[], R]) -> R:
        """Do the work of a page at once; meanwhile no owner is let in at first, and fewer of them later."""
        told: asyncio.Future[R] = self._loop.create_future()
        if not self._pages:
            self._alone_until = self._loop.time() + self._alone
            self._loop.call_at(self._alone_until, self._admit)
        self._pages += 1
        self._page_work.put((work, told))
        try:
            return await told
        finally:
            self._pages -= 1
            self._admit()

    async def owner(self, work: Callable[[], R]) -> R:
        """Do the work of an owner's request when its turn has come, in the order in which they came."""
        told: asyncio.Future[R] = self._loop.create_future()
        self._waiting.append((work, told))
        self._admit()
        return await told

    def _admit(self) -> None:
        most = self._most
        if self._pages:
            most = self._beside if self._loop.time() >= self._alone_until else 0
        while self._waiting and self._owners < most:
            self._owners += 1
            self._owner_work.put(self._waiting.popleft())

    def _threads(self, number: int, name: str) -> "SimpleQueue[Waiting]":
        work: SimpleQueue[Waiting] = SimpleQueue()
        for _ in range(number):
            Thread(target=self._do, args=(work, name == "owner"), name=f"vigie-{name}", daemon=True).start()
        return work

    def _do(self, queue: "SimpleQueue[Waiting]", owner: bool) -> None:
        while True:
            work, told = queue.get()
            try:
                settle = partial(told.set_result, work())
            except BaseException as fault:  # noqa: BLE001 - the thread must outlive any request; who asked is told
                settle = partial(told.set_exception, fault)
            self._settled.append(partial(self._tell, told, settle, owner=owner))
            # One call for all that are done by then: after a commit many are, at once.
            if not self._called:
                self._called = True
                self._loop.call_soon_threadsafe(self._tell_all)

    def _tell_all(self) -> None:
        self._called = False  # first: what is added from here on calls again
        while self._settled:
            self._settled.popleft()()
        self._admit()

    def _tell(self, told: "asyncio.Future[Any]", settle: Callable[[], None], *, owner: bool) -> None:
        if owner:
            self._owners -= 1
        if not told.done():  # whoever waited may have gone
            settle()
