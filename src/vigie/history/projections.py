"""From entries to rows: the only writer of this room's table."""

from vigie.history import kinds
from vigie.history.models import RecordedFigure
from vigie.ledger.projections import Written, projects, writing


@projects(kinds.FIGURE_RECORDED)
def figure_recorded(entry: Written, body: kinds.FigureRecorded) -> None:
    """A figure is on the record; the one it mends is marked."""
    writing.add(
        RecordedFigure,
        id=f"figure-{entry.seq}",
        what=body.what,
        value=body.value,
        modifier=body.modifier,
        said_by=body.said_by,
        where=body.where,
        as_of=body.as_of,
        window_from=body.window_from,
        window_to=body.window_to,
        area=body.area,
        source=body.source,
        claim=body.claim,
        note=body.note,
        recorded_at=entry.instant,
        recorded_office=entry.by.office,
    )
    if body.corrects:
        writing.change(RecordedFigure, body.corrects, corrected_by=f"figure-{entry.seq}")
