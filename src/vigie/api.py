"""The one API: each room adds its router; what crosses rooms goes through steps."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema, Status

from vigie import __version__, steps
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.alert.api import router as alert
from vigie.assessment.api import router as assessment
from vigie.errors import VigieError
from vigie.exposure.api import router as exposure
from vigie.history.api import router as history
from vigie.measures.api import router as measures
from vigie.partners.api import router as partners
from vigie.patrols.api import router as patrols
from vigie.reports.api import router as reports
from vigie.warning.api import router as warning

api = NinjaAPI(
    title="vigie",
    version=__version__,
    description="From a change of terror-alert level to the right acts at every place, on a record anyone can check.",
    docs_url=None,
)


@api.exception_handler(VigieError)
def said(request: HttpRequest, error: VigieError) -> HttpResponse:
    """Say one of vigie's own errors: its sentence, its status."""
    return api.create_response(request, {"error": str(error)}, status=error.status)


crossing = Router(tags=["steps"])


class ReceptionIn(Schema):
    """A level decided elsewhere, in its authority's words."""

    scheme: str
    code: str
    zone: str
    authority: str
    words: str
    source: str
    effective: datetime
    until: datetime | None = None


class LookIn(Schema):
    """What the second person says of a level received."""

    agrees: bool
    reason: str = ""


class SignIn(Schema):
    """The digest of what was read."""

    seen: str


class MeetingIn(Schema):
    """A meeting to convene."""

    title: str
    question: str
    agenda: list[str]
    offices: list[str]
    held: datetime


class Made(Schema):
    """What was made."""

    id: str


class FollowsOut(Schema):
    """What a level would set in motion."""

    none: str
    counts: dict[str, int]
    owners: int
    due: datetime | None
    gaps: list[str]


@crossing.get("/follows", response=FollowsOut, auth=Right("alert.read"))
def what_follows(request: HttpRequest, scheme: str, code: str, zone: str, effective: datetime) -> object:
    """Say what a level would set in motion, before anybody signs."""
    del request
    found = steps.what_follows(scheme, code, zone, effective)
    return FollowsOut(
        none=found.none, counts=dict(found.counts), owners=found.owners, due=found.due, gaps=list(found.gaps)
    )


@crossing.post("/receptions", response={201: Made}, auth=Right("alert.level.receive"))
def receive(request: HttpRequest, given: ReceptionIn) -> object:
    """Record a level decided elsewhere; a raise tells owners at once, a lowering waits for a second person."""
    return Status(201, {"id": steps.receive(actor_of(request), **given.dict())})


@crossing.post("/receptions/{id}/look", response={204: None}, auth=Right("alert.level.look"))
def look(request: HttpRequest, id: str, given: LookIn) -> object:  # noqa: A002 - the record calls it so
    """Look as the second person at a level received."""
    steps.look(actor_of(request), id, agrees=given.agrees, reason=given.reason)
    return Status(204, None)


@crossing.post("/proposals/{id}/sign", response={204: None}, auth=Right("alert.level.approve"))
def sign(request: HttpRequest, id: str, given: SignIn) -> object:  # noqa: A002
    """Sign a proposal as the second person; the level is in force and its tasks are given."""
    steps.sign(actor_of(request), id, seen=given.seen)
    return Status(204, None)


@crossing.post("/meetings", response={201: Made}, auth=Right("alert.meeting.convene"))
def convene(request: HttpRequest, given: MeetingIn) -> object:
    """Convene a meeting; its dossier is frozen as the record stands."""
    return Status(201, {"id": steps.convene(actor_of(request), **given.dict())})


api.add_router("/steps", crossing)
api.add_router("/places", exposure)
api.add_router("/reports", reports)
api.add_router("/assessments", assessment)
api.add_router("/levels", alert)
api.add_router("/measures", measures)
api.add_router("/patrols", patrols)
api.add_router("/warnings", warning)
api.add_router("/partners", partners)
api.add_router("/history", history)
