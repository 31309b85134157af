"""The whole selfcheck: each question in its file, asked one after the other; one that cannot be asked is a failure told."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails
from vigie.console.selfcheck.queries import (
    clock,
    copies,
    databases,
    disc,
    feeds,
    guarantees,
    keys,
    outside,
    record,
)
from vigie.errors import VigieError
from vigie.homes import Home


def check(*, whole: bool = True) -> list[Finding]:
    """Ask everything. whole: also read every entry, every row and every page of the databases; else their heads alone."""
    home: Home = settings.VIGIE_HOME
    return [
        *_asked("keys", keys.findings(home)),
        *_asked("clock", clock.findings(home)),
        *_asked("disc", disc.findings(home)),
        *_asked("databases", databases.findings(whole=whole)),
        *_asked("record", record.findings(home, whole=whole)),
        *_asked("copies", copies.findings(home)),
        *_asked("outside", outside.findings(home)),
        *_asked("feeds", feeds.findings(home)),
        *_asked("guarantees", guarantees.findings()),
    ]


def _asked(name: str, found: Iterator[Finding]) -> Iterator[Finding]:
    try:
        yield from found
    except VigieError as fault:
        yield _unasked(name, fault.said(_))
    except (DatabaseError, OSError) as fault:
        yield _unasked(name, str(fault))


def _unasked(name: str, why: str) -> Finding:
    said = _("This could not be asked to its end: {why}").format(why=why)
    return fails(f"{name}.asked", said, _("Mend what it says, then check again."))
