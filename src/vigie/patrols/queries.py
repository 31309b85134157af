"""Questions pages and steps ask of plans."""

from datetime import date, datetime

from vigie import times
from vigie.errors import Conflict, NotFound
from vigie.patrols import drawing
from vigie.patrols.models import Plan
from vigie.patrols.seal import Seal
from vigie.patrols.sheet import Sheet, sheet as make_sheet


class NotRevealed(Conflict):
    """The seed is still sealed: nothing can be drawn again yet."""


def plans() -> list[Plan]:
    """List plans, the newest first."""
    return list(Plan.objects.order_by("-drawn_at", "-id"))


def plan(id: str) -> Plan:  # noqa: A002 - the record calls it so
    """Give a plan. Raises NotFound."""
    found = Plan.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no plan {given}.", given=id)
    return found


def in_force(starts: datetime, ends: datetime) -> list[Plan]:
    """List plans that touch the time between two instants, are not over and were not replaced."""
    return list(Plan.objects.filter(starts__lt=ends, ends__gt=max(starts, times.now()), replaced_by=""))


def running(at: datetime) -> list[Plan]:
    """List the plans in whose time an instant lies and that were not replaced, oldest first."""
    return list(Plan.objects.filter(starts__lte=at, ends__gt=at, replaced_by=""))


def over_before(at: datetime) -> list[Plan]:
    """List plans that ended before an instant."""
    return list(Plan.objects.filter(ends__lt=at))


def halves(row: Plan) -> list[tuple[date, str]]:
    """Give the half days of a plan, in order."""
    return [(date.fromisoformat(half["day"]), half["half"]) for half in row.halves]


def sheet(row: Plan, day: date, half: str, team: int) -> Sheet:
    """Give a team's sheet for one half day. Raises NoSuchSheet."""
    return make_sheet(
        row.draws, halves(row), row.sites, row.names, day=day, half=half, team=team, secret=row.commitment
    )


def verify(row: Plan) -> int:
    """Draw a revealed plan again from its seed and compare. Gives the number of turns that agree.

    Raises NotRevealed while the seed is sealed, BadSeal when it is not the one committed to, NotRedrawn when
    a turn does not follow from it.
    """
    if row.revealed_at is None:
        raise NotRevealed(
            "The seed of {plan} is sealed until {ends}; nothing can be drawn again before it is revealed.",
            plan=row.id,
            ends=times.text(row.ends),
        )
    if not row.seed:
        raise NotRevealed("The seed of {plan} was erased; the plan cannot be drawn again.", plan=row.id)
    seal = Seal.from_hex(row.seed, row.salt)
    seal.open(row.commitment)
    covers = [half["cover"] for half in row.halves]
    return drawing.check_redrawn(halves(row), covers, row.teams, seal, row.draws)
