"""From entries to rows: the only writer of this room's table."""

from vigie.editions import kinds
from vigie.editions.models import OwnScheme
from vigie.ledger.projections import Written, projects, writing


@projects(kinds.ADDED)
def added(entry: Written, body: kinds.Added) -> None:
    """A scheme of this home's own is on the record."""
    writing.add(
        OwnScheme,
        id=body.scheme,
        sha256=body.sha256,
        text=body.text,
        added_at=entry.instant,
        added_office=entry.by.office,
    )
