"""When a checkpoint is signed while a server runs: with a solemn act at once, for all others within a second.

A checkpoint and its copy beside the database cost more than a small act itself. Until then the edge's code says that
entries are this home's own (`edge_mac`).
"""

import logging
import threading
import time
from collections.abc import Callable

from vigie.errors import VigieError

WITHIN = 1.0
"""Seconds an entry that is not solemn waits for its checkpoint at most, while the server runs and can write."""
_AGAIN = 10.0
"""Seconds after which it is tried again where the checkpoint could not be written."""


class Pace:
    """Since when no checkpoint was signed, and the thread that has one signed when no other act brings it.

    seal: writes a checkpoint over what waits for one, if anything does.
    """

    def __init__(self, seal: Callable[[], None]) -> None:
        self._seal = seal
        self._sealed_at = -WITHIN
        self._changed = threading.Condition()
        self._waits = True  # a server that was killed may have left entries that wait
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="vigie-checkpoints", daemon=True)
        self._thread.start()

    def can_wait(self) -> bool:
        """Say whether a checkpoint was signed a moment ago, so that the next may wait."""
        return time.monotonic() - self._sealed_at < WITHIN

    def sealed(self) -> None:
        """Note that all entries are under a checkpoint now."""
        self._sealed_at = time.monotonic()
        self._waits = False

    def left(self) -> None:
        """Note that entries wait for their checkpoint."""
        if not self._waits:
            with self._changed:
                self._waits = True
                self._changed.notify_all()

    def stop(self) -> None:
        """Have what waits sealed, and end the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        pause = WITHIN
        while self._until_due(pause):
            pause = WITHIN if self._done() else _AGAIN
        self._done()

    def _until_due(self, pause: float) -> bool:
        """Wait until entries have waited for so many seconds. Gives False once it is to stop."""
        with self._changed:
            while not self._stopping:
                self._changed.wait_for(lambda: self._waits or self._stopping)
                if not self._changed.wait_for(lambda: self._stopping, timeout=pause) and self._waits:
                    return True
        return False

    def _done(self) -> bool:
        try:
            self._seal()
        except VigieError:
            return False  # told to whoever writes next: held, no room, another key
        except Exception:
            logging.getLogger("vigie").exception("No checkpoint could be signed over the last entries")
            return False
        return True
