"""This room's part of the API."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie import times
from vigie.accounts import rates
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import AMBER, ANY
from vigie.patrols import actions, queries
from vigie.patrols.models import Plan
from vigie.patrols.presence import MOST_DAYS, from_rows

router = Router(tags=["patrols"])


class PlanOut(Schema):
    """A plan: its guarantee in thousandths of people, its digest, and its seed once it is over."""

    id: str
    first_day: date
    days: int
    teams: int
    sites: int
    exposed: int
    least: int
    rivals: dict[str, int]
    assumed_share: int
    commitment: str
    starts: datetime
    ends: datetime
    replaced_by: str
    seed: str
    salt: str


class DrawIn(Schema):
    """A plan to draw for the home's own sites."""

    teams: int
    first_day: date
    days: int = MOST_DAYS
    area: str = ""
    sites: list[str] = []
    reason: str = ""


class DrawFromIn(Schema):
    """A plan to draw from people expected; the columns of `present` are a closed list."""

    teams: int
    present: list[dict[str, Any]]
    reason: str = ""


class Made(Schema):
    """What was made."""

    id: str


class VerifiedOut(Schema):
    """The seed opens the commitment, and so many turns drawn again agree."""

    commitment: str
    turns: int


class StopOut(Schema):
    """One stop of a sheet: minutes of the day, the site, the codes to note it by."""

    start: int
    end: int
    site: str
    name: str
    arrive: str
    leave: str


class SheetOut(Schema):
    """A team's sheet."""

    team: int
    day: date
    half: str
    stops: list[StopOut]


@router.get("/plans", response=list[PlanOut], auth=Right("patrols.read", shows=AMBER))
def plans(request: HttpRequest) -> object:
    """List plans, the newest first."""
    del request
    return [_out(row) for row in queries.plans()]


@router.post(
    "/plans",
    response={201: Made},
    auth=Right("patrols.plan.draw", rate=rates.HEAVY, records=("patrols.plan.drawn/1",)),
)
def draw(request: HttpRequest, given: DrawIn) -> object:
    """Draw a plan for this home's sites."""
    return Status(201, {"id": actions.draw(actor_of(request), **given.dict())})


@router.post(
    "/plans/from-people",
    response={201: Made},
    auth=Right("patrols.plan.draw", rate=rates.HEAVY, records=("patrols.plan.drawn/1",)),
)
def draw_from(request: HttpRequest, given: DrawFromIn) -> object:
    """Draw a plan from people expected, row by row."""
    present, names = from_rows(given.present)
    made = actions.draw_from(
        actor_of(request), present=present, names=names, teams=given.teams, reason=given.reason
    )
    return Status(201, {"id": made})


@router.get("/plans/{id}", response=PlanOut, auth=Right("patrols.read", objects=ANY, shows=AMBER))
def plan(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Give one plan."""
    del request
    return _out(queries.plan(id))


@router.post(
    "/plans/{id}/reveal",
    response={204: None},
    auth=Right("patrols.seed.reveal", objects=ANY, records=("patrols.seed.revealed/1",)),
)
def reveal(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Put the seed of a plan that is over on the record."""
    actions.reveal(actor_of(request), id)
    return Status(204, None)


@router.get(
    "/plans/{id}/verify",
    response=VerifiedOut,
    auth=Right("patrols.read", objects=ANY, shows=AMBER, rate=rates.HEAVY),
)
def verify(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Draw a plan again from its revealed seed."""
    del request
    row = queries.plan(id)
    return {"commitment": row.commitment, "turns": queries.verify(row)}


@router.get(
    "/plans/{id}/sheets/{day}/{half}/{team}",
    response=SheetOut,
    auth=Right("patrols.sheet.read", objects=ANY, shows=AMBER),
)
def sheet(request: HttpRequest, id: str, day: str, half: str, team: int) -> object:  # noqa: A002
    """Give a team's sheet for one half day."""
    del request
    return queries.sheet(queries.plan(id), times.parse_day(day), half, team)


def _out(row: Plan) -> PlanOut:
    return PlanOut(
        id=row.id, first_day=row.first_day, days=row.days, teams=row.teams, sites=len(row.sites), exposed=row.exposed,
        least=row.least, rivals=row.rivals, assumed_share=row.assumed_share, commitment=row.commitment, starts=row.starts,
        ends=row.ends, replaced_by=row.replaced_by, seed=row.seed, salt=row.salt,
    )  # fmt: skip
