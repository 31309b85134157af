"""This room's part of the API."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie import times
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANY, GREEN, HERE
from vigie.alert import actions, queries
from vigie.schemes.reader import load

router = Router(tags=["levels"])


class HoldingOut(Schema):
    """The level that holds at a place, and why."""

    scheme: str
    zone: str
    code: str
    rank: int
    name: str
    since: datetime
    until: datetime | None
    decided_in: str
    received: bool
    authority: str
    rule: str
    over: list[str]


class ProposalIn(Schema):
    """A level to propose."""

    scheme: str
    code: str
    zone: str
    reasons: str
    effective: datetime
    legal_basis: str = ""
    assessment: str = ""
    until: datetime | None = None
    review: datetime | None = None


class Made(Schema):
    """What was made."""

    id: str


class ReasonIn(Schema):
    """A move's reason."""

    reason: str


@router.get(
    "/holding", response={200: HoldingOut, 404: dict[str, str]}, auth=Right("alert.read", shows=GREEN)
)
def holding(request: HttpRequest, scheme: str, zone: str, at: datetime | None = None) -> object:
    """Say which level holds in a zone, now or at an instant."""
    del request
    plan = load(scheme)
    plan.check_zone(zone)
    found = queries.holds(scheme, zone, times.from_text(times.text(at)) if at else None)
    if found is None:
        return Status(404, {"error": "No level of this scheme is on record for this zone."})
    winner = found.winner
    level = plan.level(winner.code)
    return HoldingOut(
        scheme=scheme, zone=zone, code=winner.code, rank=level.rank, name=level.word(""), since=winner.since, until=winner.until,
        decided_in=winner.zone, received=winner.received, authority=winner.authority, rule=found.rule, over=[s.id for s in found.losers],
    )  # fmt: skip


@router.post(
    "/proposals",
    response={201: Made},
    auth=Right("alert.level.propose", objects=HERE, records=("alert.level.proposed/1",)),
)
def propose(request: HttpRequest, given: ProposalIn) -> object:
    """Propose a level; it holds nothing until a second person approves."""
    return Status(201, {"id": actions.propose(actor_of(request), **given.dict())})


@router.post(
    "/proposals/{id}/return",
    response={204: None},
    auth=Right("alert.level.approve", objects=ANY, records=("alert.level.returned/1",)),
)
def return_(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Send a proposal back with a reason."""
    actions.return_(actor_of(request), id, given.reason)
    return Status(204, None)


@router.post(
    "/proposals/{id}/reject",
    response={204: None},
    auth=Right("alert.level.approve", objects=ANY, records=("alert.level.rejected/1",)),
)
def reject(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Refuse a proposal with a reason."""
    actions.reject(actor_of(request), id, given.reason)
    return Status(204, None)
