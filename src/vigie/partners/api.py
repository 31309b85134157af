"""This room's part of the API. Nothing leaves by it: it proposes, and a second person lets go, as in the console."""

from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANOTHERS, ANY, RED
from vigie.accounts.signing_in.api import SeenIn, proven
from vigie.partners import actions, queries
from vigie.partners.elements import BadElement, Element
from vigie.partners.models import Release

router = Router(tags=["partners"])


class Made(Schema):
    """What was made."""

    id: str


class AgreementIn(Schema):
    """What was agreed with a partner."""

    audience: str
    name: str
    contact: str
    ceiling: str
    honours: list[str] = []


class ConsentIn(Schema):
    """An originator's consent."""

    originator: str
    item: str
    audience: str
    words: str


class ReleaseIn(Schema):
    """A release to propose. elements: each with its `type` (judgement, group, place, measure) and fields."""

    audience: str
    title: str
    summary: str
    marking: str
    elements: list[dict[str, Any]]
    level: str = ""
    language: str = "en"
    recipients: list[str] = []
    lowering: str = ""


class ReleaseOut(Schema):
    """A release as it stands. seen: what an approver sends back to say what was read."""

    id: str
    audience: str
    title: str
    marking: str
    state: str
    seen: str
    proposed_at: datetime
    released_at: datetime | None
    sha256: str
    objections: list[str]


class ReasonIn(Schema):
    """A reason."""

    reason: str


@router.post(
    "/agreements",
    response={204: None},
    auth=Right("partners.audience.agree", records=("partners.audience.agreed/1",)),
)
def agree(request: HttpRequest, given: AgreementIn) -> object:
    """Record what was agreed with a partner."""
    actions.agree(actor_of(request), **given.dict())
    return Status(204, None)


@router.post(
    "/consents",
    response={201: Made},
    auth=Right("partners.consent.record", records=("partners.consent.recorded/1",)),
)
def consent(request: HttpRequest, given: ConsentIn) -> object:
    """Record an originator's consent."""
    return Status(201, {"id": actions.record_consent(actor_of(request), **given.dict())})


@router.get("/releases", response=list[ReleaseOut], auth=Right("partners.read", shows=RED))
def releases(request: HttpRequest, state: str | None = None) -> object:
    """List releases, newest first."""
    del request
    return [_out(row) for row in queries.releases(state)]


@router.get("/releases/{id}", response=ReleaseOut, auth=Right("partners.read", objects=ANY, shows=RED))
def release(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Give a release."""
    del request
    return _out(queries.release(id))


@router.post(
    "/releases",
    response={201: Made},
    auth=Right("partners.release.propose", records=("partners.release.proposed/1",)),
)
def propose(request: HttpRequest, given: ReleaseIn) -> object:
    """Propose a release; nothing leaves before a second person lets it go."""
    told = given.dict()
    chosen = [_element(each) for each in told.pop("elements")]
    return Status(201, {"id": actions.propose(actor_of(request), chosen=chosen, **told)})


@router.post(
    "/releases/{id}/approve",
    response={204: None},
    auth=Right(
        "partners.release.approve",
        objects=ANOTHERS,
        step_up=True,
        records=("partners.release.approved/1", "accounts.assertion.kept/1", "ledger.outer.signed/1"),
    ),
)
def approve(request: HttpRequest, id: str, given: SeenIn) -> object:  # noqa: A002
    """Let a release go, as the second person."""
    actor = proven(request, "partners.release.approve", id, given.seen, given.step_up)
    actions.approve(actor, id, seen=given.seen)
    return Status(204, None)


@router.post(
    "/releases/{id}/reject",
    response={204: None},
    auth=Right("partners.release.approve", objects=ANY, records=("partners.release.rejected/1",)),
)
def reject(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Refuse a release."""
    actions.reject(actor_of(request), id, given.reason)
    return Status(204, None)


@router.post(
    "/releases/{id}/withdraw",
    response={204: None},
    auth=Right(
        "partners.release.withdraw",
        objects=ANY,
        records=("partners.release.withdrawn/1", "ledger.outer.signed/1"),
    ),
)
def withdraw(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Take a release back."""
    actions.withdraw(actor_of(request), id, given.reason)
    return Status(204, None)


def _element(given: dict[str, Any]) -> Element:
    try:
        read: Element = msgspec.convert(given, Element)
    except msgspec.ValidationError as fault:
        raise BadElement("An element does not fit: {fault}.", fault=fault) from None
    return read


def _out(row: Release) -> ReleaseOut:
    waiting = row.state == "proposed"
    return ReleaseOut(
        id=row.id, audience=row.audience_id, title=row.title, marking=row.marking, state=row.state, seen=row.digest,
        proposed_at=row.proposed_at, released_at=row.released_at, sha256=row.sha256,
        objections=[o.said() for o in queries.objections_to(queries.draft(row))] if waiting else [],
    )  # fmt: skip
