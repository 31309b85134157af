"""The clock: it stands behind nothing that is on the record, agrees with the disc's, and its zone is known."""

import time
from collections.abc import Iterator
from datetime import timedelta
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext as _

from vigie import times
from vigie.console.selfcheck.finding import Finding, fails, holds
from vigie.homes import Home
from vigie.ledger.queries import newest_edge

APART = timedelta(days=1)
"""How far this machine's clock and the time its disc gives a new file may lie apart."""


def findings(home: Home) -> Iterator[Finding]:
    """Ask whether entries would be dated rightly."""
    set_right = _("Set the machine's clock right, by a time service (NTP).")
    last, now = times.from_text(newest_edge()[1]), times.now()
    if now < last:
        said = _("The clock says {now}, before the last entry of the record ({last}).")
        yield fails("clock.order", said.format(now=times.text(now), last=times.text(last)), set_right)
    else:
        yield holds("clock.order", _("The clock stands behind no entry of the record."))
    apart = abs(_disc_time(home) - time.time())
    if apart > APART.total_seconds():
        said = _("The clock and the disc's own time lie {days} days apart.")
        yield fails("clock.disc", said.format(days=int(apart // APART.total_seconds())), set_right)
    else:
        yield holds("clock.disc", _("The clock agrees with the disc's."))
    times.time_zone(home.zone)
    yield holds("clock.zone", _("Times are shown for {zone}.").format(zone=home.zone))


def _disc_time(home: Home) -> float:
    """Give the seconds since 1970 that the disc writes on a new file: a network disc has a clock of its own."""
    with NamedTemporaryFile(prefix=".selfcheck-", dir=home.path) as file:
        file.write(b"\0")
        file.flush()
        return (home.path / file.name).stat().st_mtime
