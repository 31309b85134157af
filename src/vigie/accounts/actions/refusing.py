"""Refusals counted at the desk are taken up into the record."""

from datetime import timedelta

from vigie import times
from vigie.accounts import kinds
from vigie.desk.actions import drop_counted
from vigie.desk.models import Refusal
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

EVERY = timedelta(minutes=10)
"""How long refusals are gathered before an entry takes them up: whoever hammers at the doors makes counts, not entries."""

MOST_LINES = 500
"""Lines of one entry. The refusals of further lines are counted together."""


def take_up() -> int:
    """Put the refusals counted since the last time on the record, once the oldest has waited. Gives how many there were.

    Counts taken up leave the desk only once the entry stands: after a crash between the two they are told twice, never
    not at all.
    """
    rows = list(Refusal.objects.all())
    if not rows or rows[0].since > times.now() - EVERY:
        return 0
    told, left = rows[:MOST_LINES], rows[MOST_LINES:]
    body = kinds.RefusalsNoted(
        since=times.text(rows[0].since),
        until=times.text(max(row.until for row in rows)),
        lines=[
            kinds.RefusedLine(
                person=row.person, office=row.office, via=row.via, what=row.what, method=row.method, why=row.why,
                count=row.count, since=times.text(row.since), until=times.text(row.until),
            )
            for row in told
        ],
        left=sum(row.count for row in left),
    )  # fmt: skip
    _note(body)
    drop_counted(rows)
    return sum(row.count for row in rows)


@recorded
def _note(body: kinds.RefusalsNoted) -> None:
    append(
        By(person="", office="", via="clock"),
        kinds.REFUSALS_NOTED,
        body,
        subjects=sorted({line.person for line in body.lines if line.person}),
        marking="TLP:AMBER",
    )
