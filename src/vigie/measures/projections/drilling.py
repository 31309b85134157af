"""Contact drills."""

from vigie.ledger.projections import Written, projects, writing
from vigie.measures import kinds
from vigie.measures.models import Drill, DrillCall


@projects(kinds.DRILL_CALLED)
def drill_called(entry: Written, body: kinds.DrillCalled) -> None:
    """A drill is called; each of its owners is to be written to."""
    drill = f"drill-{entry.seq}"
    writing.add(
        Drill,
        id=drill,
        minutes=body.minutes,
        in_quiet_hours=body.in_quiet_hours,
        called_at=entry.instant,
        called_office=entry.by.office,
    )
    calls = ({"id": f"{drill}~{owner}", "drill_id": drill, "owner": owner} for owner in body.owners)
    writing.add_each(DrillCall, calls)


@projects(kinds.DRILL_LEFT)
def drill_left(entry: Written, body: kinds.DrillLeft) -> None:
    """Messages of a drill left, or could not."""
    field = "left_at" if body.delivered else "tried_at"
    named = [f"{body.drill}~{owner}" for owner in body.owners]
    writing.change_each(DrillCall, named, channel=body.channel, why=body.why, **{field: entry.instant})


@projects(kinds.DRILL_ANSWERED)
def drill_answered(entry: Written, body: kinds.DrillAnswered) -> None:
    """An owner answered."""
    writing.change(DrillCall, f"{body.drill}~{body.owner}", answered_at=entry.instant)
