"""The server's ears: one thread for each feed, so that a slow one keeps no other waiting."""

import logging
import threading
from dataclasses import replace

from django.conf import settings
from django.db import close_old_connections

from vigie.homes import Home
from vigie.listening import Feed

LOOK = 1.0
"""Seconds between two questions whether a feed is due."""


def start() -> None:
    """Start a thread for each feed that the home names. They end with the process."""
    home: Home = settings.VIGIE_HOME
    for feed in home.feeds:
        threading.Thread(target=_run, args=(home, feed), name=f"vigie-feed-{feed.name}", daemon=True).start()


def _run(home: Home, feed: Feed) -> None:
    from vigie.steps.listening import listen

    pause = threading.Event()
    alone = replace(home, feeds=(feed,))
    while not pause.wait(LOOK):
        try:
            listen(alone)
        except Exception:
            # The thread must outlive one bad turn: the fault is told, the next turn tries again.
            logging.getLogger("vigie").exception("The feed %s could not be looked at", feed.name)
        finally:
            close_old_connections()
