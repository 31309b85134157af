"""This room's part of the API."""

from datetime import datetime

import msgspec
from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANOTHERS, ANY, GREEN, HERE
from vigie.accounts.signing_in.api import SeenIn, proven
from vigie.errors import BadInput
from vigie.warning import actions, queries
from vigie.warning.cap_check import check
from vigie.warning.compose import Text, Weight
from vigie.warning.models import Message

router = Router(tags=["warnings"])


class TextIO(Schema):
    """What is said in one language; correction: what will be said, should the message prove wrong."""

    language: str
    headline: str
    description: str
    instruction: str
    correction: str


class WeightIn(Schema):
    """CAP's three scales."""

    urgency: str
    severity: str
    certainty: str


class DraftIn(Schema):
    """A message to draft; without texts, the proposed ones are taken."""

    level: str
    texts: list[TextIO] | None = None
    expires: datetime | None = None
    weight: WeightIn | None = None
    after: str = ""


class MessageOut(Schema):
    """A message. state: `waits`, `withdrawn`, or its effect in the chain of those issued."""

    id: str
    identifier: str
    kind: str
    status: str
    level: str
    scheme: str
    zone: str
    code: str
    state: str
    sent: datetime
    expires: datetime
    references: list[str]
    texts: list[TextIO]
    digest: str
    cap: str


class FactIn(Schema):
    """Something known, unknown or false, by language."""

    zone: str
    state: str
    texts: dict[str, str]
    source: str
    href: str = ""
    replaces: str = ""


class ReasonIn(Schema):
    """An act's reason."""

    reason: str


class CapIn(Schema):
    """The text of a CAP message to check."""

    cap: str


class FindingOut(Schema):
    """A rule broken at one place."""

    line: int
    element: str
    rule: str
    severity: str
    says: str
    repair: str


class Made(Schema):
    """What was made."""

    id: str


@router.get("", response=list[MessageOut], auth=Right("warning.read", shows=GREEN))
def messages(request: HttpRequest) -> object:
    """List messages: those that wait, then those issued, newest first."""
    del request
    return [_out(row) for row in (*queries.waiting(), *queries.issued())]


@router.post("/check", response=list[FindingOut], auth=Right("warning.read"))
def check_cap(request: HttpRequest, given: CapIn, language: str = "en") -> object:
    """Check a CAP 1.2 message; nothing is kept. An empty list: nothing found."""
    del request
    return [
        {
            "line": f.line,
            "element": f.element,
            "rule": f.rule,
            "severity": f.severity,
            "says": f.says(language),
            "repair": f.repair(language),
        }
        for f in check(given.cap.encode()).findings
    ]


@router.post(
    "/facts",
    response={201: Made},
    auth=Right(
        "warning.fact.state",
        records=("warning.fact.stated/1", "ledger.outer.signed/1", "warning.page.published/1"),
    ),
)
def state_fact(request: HttpRequest, given: FactIn) -> object:
    """State what is known, not known or false; it is published at once."""
    return Status(201, {"id": actions.state_fact(actor_of(request), **given.dict())})


@router.post(
    "/publications",
    response={201: Made},
    auth=Right("warning.page.publish", records=("ledger.outer.signed/1", "warning.page.published/1")),
)
def publish(request: HttpRequest) -> object:
    """Make the public site anew from what stands."""
    return Status(201, {"id": actions.publish(actor_of(request))})


@router.post(
    "",
    response={201: Made},
    auth=Right("warning.message.draft", objects=HERE, records=("warning.message.drafted/1",)),
)
def draft(request: HttpRequest, given: DraftIn) -> object:
    """Draft the message on a level that stands here; a second person must approve it."""
    made = actions.draft(
        actor_of(request),
        given.level,
        texts=[Text(**text.dict()) for text in given.texts] if given.texts is not None else None,
        expires=given.expires,
        weight=_weight(given.weight),
        after=given.after,
    )
    return Status(201, {"id": made})


@router.get("/{id}", response=MessageOut, auth=Right("warning.read", objects=ANY, shows=GREEN))
def message(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Give one message with its exact bytes."""
    del request
    return _out(queries.message(id))


@router.post(
    "/{id}/approve",
    response={200: Made},
    auth=Right(
        "warning.message.approve",
        objects=ANOTHERS,
        step_up=True,
        records=(
            "warning.message.approved/1",
            "accounts.assertion.kept/1",
            "ledger.outer.signed/1",
            "warning.page.published/1",
        ),
    ),
)
def approve(request: HttpRequest, id: str, given: SeenIn) -> object:  # noqa: A002
    """Sign a message as the second person; it is issued and published. Gives the publication's id."""
    actor = proven(request, "warning.message.approve", id, given.seen, given.step_up)
    return Status(200, {"id": actions.approve(actor, id, seen=given.seen)})


@router.post(
    "/{id}/withdraw",
    response={204: None},
    auth=Right("warning.message.withdraw", objects=ANY, records=("warning.message.withdrawn/1",)),
)
def withdraw(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Take back a draft that waits."""
    actions.withdraw(actor_of(request), id, given.reason)
    return Status(204, None)


@router.post(
    "/{id}/correct",
    response={201: Made},
    auth=Right("warning.message.draft", objects=HERE, records=("warning.message.drafted/1",)),
)
def correct(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Draft the Cancel of an issued message, in the words approved with it; a second person must approve it."""
    return Status(201, {"id": actions.correct(actor_of(request), id, reason=given.reason)})


def _weight(given: WeightIn | None) -> Weight | None:
    if given is None:
        return None
    try:
        return msgspec.convert(given.dict(), Weight)
    except msgspec.ValidationError as fault:
        raise BadInput("The scales do not fit CAP 1.2: {fault}.", fault=fault) from None


def _out(row: Message) -> dict[str, object]:
    return {
        "id": row.id,
        "identifier": row.identifier,
        "kind": row.kind,
        "status": row.status,
        "level": row.level_id,
        "scheme": row.scheme,
        "zone": row.zone,
        "code": row.code,
        "state": queries.state_of(row),
        "sent": row.sent,
        "expires": row.expires,
        "references": row.references,
        "texts": row.texts,
        "digest": row.digest,
        "cap": row.cap,
    }
