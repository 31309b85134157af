"""Readings of what is restricted, counted at the desk, are taken up into the record."""

from collections.abc import Sequence
from datetime import timedelta

from vigie import times
from vigie.accounts import kinds
from vigie.desk.actions import drop_counted
from vigie.desk.models import Reading
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

EVERY = timedelta(minutes=10)
"""How long readings are gathered before an entry takes them up."""

MOST_LINES = 1000
"""Lines of one entry; further ones wait for the next."""


def take_up_readings(*, at_once: bool = False) -> int:
    """Put the readings counted since the last time on the record, once the oldest has waited. Gives how many there were.

    at_once: without waiting, because something was handed out. Counts leave the desk only once the entry stands: after a
    crash between the two they are told twice, never not at all.
    """
    rows = list(Reading.objects.all()[:MOST_LINES])
    if not rows or (not at_once and rows[0].since > times.now() - EVERY):
        return 0
    _note(rows)
    drop_counted(rows)
    return sum(row.count for row in rows)


@recorded
def _note(rows: Sequence[Reading]) -> None:
    body = kinds.ReadsNoted(
        since=times.text(rows[0].since),
        until=times.text(max(row.until for row in rows)),
        lines=[
            kinds.ReadLine(
                person=row.person, office=row.office, via=row.via, what=row.what, item=row.item, reason=row.reason,
                count=row.count, since=times.text(row.since), until=times.text(row.until),
            )
            for row in rows
        ],
    )  # fmt: skip
    append(By(person="", office="", via="clock"), kinds.READS_NOTED, body, marking="TLP:AMBER")
