"""This room's part of the API."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie import times
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.accounts.routes import AMBER, ANY, GREEN, HERE, OWED
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


class StandDownIn(Schema):
    """A level decided here is to stand no longer. effective: from when; now when not given."""

    level: str
    reason: str
    effective: datetime | None = None


@router.post(
    "/stand-downs",
    response={201: Made},
    auth=Right("alert.level.propose", objects=ANY, records=("alert.stand_down.proposed/1",)),
)
def stand_down(request: HttpRequest, given: StandDownIn) -> object:
    """Propose that a level decided here stands no longer; it goes on until a second person signs."""
    return Status(201, {"id": actions.propose_stand_down(actor_of(request), **given.dict())})


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


class ResolveIn(Schema):
    """What a meeting decided. becomes: task or proposal; office: id of the office that owes it."""

    words: str
    becomes: str
    office: str
    due: datetime


class SettleIn(Schema):
    """What came of it, or why it is not done; decision: the proposal that was owed."""

    done: bool
    words: str
    decision: str = ""


class OutcomeOut(Schema):
    """What a meeting decided, and whether it is closed."""

    id: str
    words: str
    becomes: str
    office: str
    due: datetime
    closed_at: datetime | None
    done: bool
    closing: str
    decision: str


class MeetingOut(Schema):
    """A meeting: its dossier as the record stood at `position`, and what it decided."""

    id: str
    title: str
    question: str
    agenda: list[str]
    offices: list[str]
    held: datetime
    convened_at: datetime
    position: int
    root: str
    digest: str
    dossier: list[str]
    sealed: dict[str, Any]
    outcomes: list[OutcomeOut]


@router.get(
    "/meetings/{id}",
    response=MeetingOut,
    auth=Right("alert.read", objects=ANY, shows=AMBER, apart="exposure.read"),
)
def meeting(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Give a meeting as its page shows it; what the office may not read of the dossier is left out."""
    row, actor = queries.meeting(id), actor_of(request)
    hidden = set() if may(actor, "assessment.read") else {"assessments"}
    if not may(actor, "exposure.read"):
        hidden |= {"calendar", "calendar_until", "gaps"}
    shown = {name: value for name, value in row.sealed.items() if name not in hidden}
    fields = {
        name: getattr(row, name) for name in MeetingOut.model_fields if name not in {"sealed", "outcomes"}
    }
    outcomes = [OutcomeOut.from_orm(each) for each in row.outcomes.all()]
    return MeetingOut(**fields, sealed=shown, outcomes=outcomes)


@router.post(
    "/meetings/{id}/outcomes",
    response={201: Made},
    auth=Right("alert.meeting.resolve", objects=ANY, records=("alert.meeting.resolved/1",)),
)
def resolve(request: HttpRequest, id: str, given: ResolveIn) -> object:  # noqa: A002
    """Write down what a meeting decided; an office owes it until it is closed."""
    return Status(201, {"id": actions.resolve(actor_of(request), id, **given.dict())})


@router.post(
    "/outcomes/{id}/settle",
    response={204: None},
    auth=Right("alert.meeting.settle", objects=OWED, records=("alert.meeting.settled/1",)),
)
def settle(request: HttpRequest, id: str, given: SettleIn) -> object:  # noqa: A002
    """Close what a meeting decided: what came of it, or why it is not done."""
    actions.settle(actor_of(request), id, **given.dict())
    return Status(204, None)
