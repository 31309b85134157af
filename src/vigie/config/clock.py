"""The server's clock: a thread that does what falls due, beside the writer it hands its acts to."""

import logging
import threading

from django.db import close_old_connections

EVERY = 20.0
"""Seconds between two looks at what is due."""


def start() -> None:
    """Start the thread. It ends with the process: what it was about is still due at the next start."""
    threading.Thread(target=_run, name="vigie-clock", daemon=True).start()


def _run() -> None:
    from vigie.steps.clock import tick

    pause = threading.Event()
    while not pause.wait(EVERY):
        try:
            tick()
        except Exception:
            # The clock must outlive one bad turn: the fault is told, the next turn tries again.
            logging.getLogger("vigie").exception("What is due could not be done")
        finally:
            close_old_connections()
