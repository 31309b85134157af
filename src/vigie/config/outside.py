"""The server's word to those outside: a thread that shows each new checkpoint to its witnesses and has it stamped.

A solemn act's checkpoint goes out within a second, another within five; what did not come through is tried again every
minute. No act waits for it.
"""

import logging
import threading
import time

from django.conf import settings
from django.db import close_old_connections

from vigie.homes import Home

LOOK, PAUSE, AGAIN = 1.0, 5.0, 60.0
"""Seconds between two looks at the head, between two ordinary exchanges, and before a failed one is tried again."""


def start() -> None:
    """Start the thread where the home names witnesses or an authority. It ends with the process."""
    home: Home = settings.VIGIE_HOME
    if home.witnesses.of or home.time_stamps:
        threading.Thread(target=_run, name="vigie-outside", daemon=True).start()


def is_due(grown: bool, solemn: bool, since: float) -> bool:
    """Say whether to go out now. grown: there is a newer checkpoint; since: seconds since the last exchange."""
    return (grown and (solemn or since >= PAUSE)) or since >= AGAIN


def _run() -> None:
    from vigie.ledger.queries import head
    from vigie.ledger.witnesses.queries import solemn_sizes
    from vigie.steps.clock import go_out

    pause = threading.Event()
    last, when = 0, -AGAIN
    while not pause.wait(LOOK):
        try:
            size, since = head()[0], time.monotonic() - when
            if is_due(size > last, bool(solemn_sizes(last, size)), since):
                last, when = size, time.monotonic()
                go_out()
        except Exception:
            # The thread must outlive one bad turn: the fault is told, the next turn tries again.
            logging.getLogger("vigie").exception("The witnesses could not be shown the newest checkpoint")
        finally:
            close_old_connections()
