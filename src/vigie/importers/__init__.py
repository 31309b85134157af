"""How levels decided elsewhere are read from outside: one folder for each kind of feed, and the one way out to fetch them.

Pure: a look at a feed gives what it says, or why it is not believed. Nothing here writes, decides or tasks.

    said      what a look brings, and the two ways it can bring nothing
    fetching  the way out: https or this machine, bounded in time and size, no redirect followed
    naming    which level a sentence names, from the scheme's own words and those of vigie.toml
    vigie/    another vigie's signed public site
    cap/      CAP 1.2 messages: a file, or a feed that links to them
    rss/      a service's RSS or Atom feed, read by its headlines
"""

from datetime import datetime
from types import MappingProxyType

from vigie.importers import cap, rss, vigie
from vigie.importers.fetching import Asked
from vigie.importers.said import Known, Look
from vigie.listening import Feed

_READERS = MappingProxyType({"vigie": vigie.read, "cap": cap.read, "rss": rss.read})


def look(feed: Feed, known: Known, *, exercise: bool, now: datetime) -> Look:
    """Look once at a feed. known: what it said until now; exercise: whether the home that asks is one.

    Raises NoAnswer when nothing usable came, Doubtful when what came is not to be believed.
    """
    return _READERS[feed.kind](feed, known, Asked(feed, known), exercise=exercise, now=now)
