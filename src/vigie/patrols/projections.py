"""From entries to rows: the only writer of this room's table."""

from datetime import date

import msgspec

from vigie import times
from vigie.ledger.projections import Written, projects, projects_erased, writing
from vigie.patrols import kinds
from vigie.patrols.models import Plan


@projects(kinds.DRAWN)
def drawn(entry: Written, body: kinds.Drawn) -> None:
    """A plan stands; those it takes the place of say so."""
    writing.add(
        Plan,
        id=body.plan,
        first_day=date.fromisoformat(body.first_day),
        days=body.days,
        teams=body.teams,
        sites=body.sites,
        names=body.names,
        halves=msgspec.to_builtins(body.halves),
        exposed=body.exposed,
        least=body.least,
        rivals=msgspec.to_builtins(body.rivals),
        assumed_share=body.assumed_share,
        assumed_low=msgspec.to_builtins(body.assumed_low),
        assumed_high=msgspec.to_builtins(body.assumed_high),
        commitment=body.commitment,
        draws=body.draws,
        starts=times.from_text(body.starts),
        ends=times.from_text(body.ends),
        drawn_at=entry.instant,
        drawn_office=entry.by.office,
        reason=body.reason,
    )
    writing.change_each(Plan, body.replaces, replaced_by=body.plan)


@projects_erased(kinds.DRAWN)
def drawn_erased(entry: Written) -> None:
    """The plan is gone; those it took the place of still say so."""
    plan, *replaces = entry.subjects
    writing.drop(Plan, plan)
    writing.change_each(Plan, replaces, replaced_by=plan)


@projects(kinds.REVEALED)
def revealed(entry: Written, body: kinds.Revealed) -> None:
    """The plan is over and can be drawn again."""
    writing.change(Plan, body.plan, seed=body.seed, salt=body.salt, revealed_at=entry.instant)


@projects_erased(kinds.REVEALED)
def revealed_erased(entry: Written) -> None:
    """The plan, if it still stands, cannot be drawn again any more."""
    writing.change(Plan, entry.subjects[0], seed="", salt="", revealed_at=entry.instant)
