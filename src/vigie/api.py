"""The one API: each room adds its router; what crosses rooms goes through steps."""

from dataclasses import asdict
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Router, Schema, Status
from ninja.errors import HttpError, ValidationError

from vigie import __version__, steps
from vigie.accounts import rates
from vigie.accounts.api import Right, enter_operations
from vigie.accounts.middleware import actor_of, forged, note_fault, refusal
from vigie.accounts.queries import title
from vigie.accounts.routes import ANOTHERS, ANY, GREEN, SIGNED_IN, Door, enter
from vigie.accounts.signing_in.api import AskedOut, AskIn, SeenIn, StepUpIn, asked, proven
from vigie.alert import queries as levels
from vigie.alert.api import router as alert
from vigie.alert.keeping import covering
from vigie.assessment.api import router as assessment
from vigie.editions.api import router as editions
from vigie.errors import VigieError
from vigie.exposure.api import router as exposure
from vigie.history.api import router as history
from vigie.measures.documents.api import router as measures
from vigie.measures.kinds import OF_A_SWITCH
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
    note_fault(request, error)
    return api.create_response(request, {"error": error.said(_)}, status=error.status)


@api.exception_handler(ValidationError)
def misfits(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which fields of what was sent do not fit, and how; what was sent is not said again."""
    told = "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'] if part != 'given')}: {fault['msg']}"
        for fault in error.errors
    )
    sentence = _("What was sent does not fit: {fields}.").format(fields=told)
    return api.create_response(request, {"error": sentence}, status=422)


@api.exception_handler(HttpError)
def turned_away(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what ninja itself refuses: a body that cannot be read, a call without this home's own token, a stranger."""
    if error.status_code == 403:
        return forged(request)
    sentences = {
        400: _("What was sent could not be read: this address takes JSON."),
        401: _("Sign in first."),
    }
    return api.create_response(
        request,
        {"error": sentences.get(error.status_code, _("It could not be done."))},
        status=error.status_code,
    )


@api.exception_handler(Http404)
def nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that there is nothing at this address."""
    del error
    return refusal(request, 404, _("There is nothing at {address}.").format(address=request.path[:200]))


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


class SignIn(SeenIn):
    """What is signed. keep: measures that stay on though the level falls, and why; `seen` then covers them (see follows)."""

    keep: list[str] = []
    keep_reason: str = ""


class LookIn(Schema):
    """What the second person says of a level received. seen: as for a signature; what stands when not given."""

    agrees: bool
    reason: str = ""
    seen: str = ""
    keep: list[str] = []
    keep_reason: str = ""
    step_up: StepUpIn = StepUpIn()


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


class AskedOwnerOut(Schema):
    """An owner who would be written to."""

    owner: str
    name: str
    tasks: int
    stops: int


class PublicTextOut(Schema):
    """The public page as it would be, in one language."""

    language: str
    text: str


class LoadOut(Schema):
    """What would be asked, null where nobody has said it, and the same in words."""

    teams_asked: int | None
    teams_available: int | None
    hours_per_week: int | None
    euros_per_month: int | None
    said: list[str]


class FollowsOut(Schema):
    """What a level would set in motion. measures: ids under on, replaced, lifted, kept; seen: the digest to sign, with `about`."""

    none: str
    counts: dict[str, int]
    measures: dict[str, list[str]]
    keepable: list[str]
    owners: int
    asked: list[AskedOwnerOut]
    tasks: int
    stops: int
    due: datetime | None
    gaps: list[str]
    texts: list[PublicTextOut]
    load: LoadOut
    seen: str


@crossing.get("/follows", response=FollowsOut, auth=Right("alert.read", shows=GREEN))
def what_follows(
    request: HttpRequest,
    scheme: str,
    code: str,
    zone: str,
    effective: datetime,
    until: datetime | None = None,
    keep: list[str] = Query([]),  # type: ignore[type-arg]  # noqa: B008 - ninja's way to name a list in an address
    keep_reason: str = "",
    about: str = "",
) -> object:
    """Say what a level would set in motion, before anybody signs.

    keep: measures that would stay on though the level falls; about: the proposal or reception, for the digest to sign.
    """
    received = levels.reception(about) if about.startswith("reception-") else None
    office = title(actor_of(request).office)
    found = steps.what_follows(
        scheme, code, zone, effective, until=until, keep=keep, office=office, received=received
    )
    stands = levels.seen_in(about) if received else levels.decision(about).digest if about else ""
    return FollowsOut(
        none=found.none,
        counts=dict(found.counts),
        measures={key: list(names) for key, names in found.switch},
        keepable=[name for name, _words in found.keepable],
        owners=found.owners,
        asked=[AskedOwnerOut(**asdict(one)) for one in found.asked],
        tasks=found.tasks,
        stops=found.stops,
        due=found.due,
        gaps=list(found.gaps),
        texts=[PublicTextOut(**asdict(one)) for one in found.texts],
        load=LoadOut(
            teams_asked=found.patrols.asked,
            teams_available=found.patrols.available,
            hours_per_week=found.burden.hours,
            euros_per_month=found.burden.euros,
            said=[*found.patrols.lines, *found.burden.lines],
        ),
        seen=covering(stands, keep, keep_reason) if about else "",
    )


@crossing.post("/ask", response=AskedOut, auth=Right("console.read", rate=rates.SOLEMN))
def ask(request: HttpRequest, given: AskIn) -> object:
    """Give the question that a passkey is to sign before a solemn act; good for one answer within the hour."""
    return asked(request, given)


@crossing.post(
    "/receptions",
    response={201: Made},
    auth=Right(
        "alert.level.receive",
        rate=rates.UPLOAD,
        records=(
            "alert.level.received/1",
            "feeds.word.taken/1",
            "feeds.word.heard/1",
            *OF_A_SWITCH,
            "ledger.outer.signed/1",
            "warning.page.published/1",
        ),
    ),
)
def receive(request: HttpRequest, given: ReceptionIn) -> object:
    """Record a level decided elsewhere; a raise tells owners at once, a lowering waits for a second person."""
    return Status(201, {"id": steps.receive(actor_of(request), **given.dict())})


@crossing.post(
    "/receptions/{id}/look",
    response={204: None},
    auth=Right(
        "alert.level.look",
        objects=ANOTHERS,
        step_up=True,
        records=(
            "alert.level.looked/1",
            "accounts.assertion.kept/1",
            "alert.level.kept/1",
            *OF_A_SWITCH,
            "ledger.outer.signed/1",
            "warning.page.published/1",
        ),
    ),
)
def look(request: HttpRequest, id: str, given: LookIn) -> object:  # noqa: A002 - the record calls it so
    """Look as the second person at a level received."""
    seen = given.seen or covering(levels.seen_in(id), given.keep, given.keep_reason)
    actor = proven(request, "alert.level.look", id, seen, given.step_up)
    steps.look(
        actor,
        id,
        agrees=given.agrees,
        reason=given.reason,
        keep=given.keep,
        keep_reason=given.keep_reason,
        seen=seen,
    )
    return Status(204, None)


@crossing.post(
    "/proposals/{id}/sign",
    response={204: None},
    auth=Right(
        "alert.level.approve",
        objects=ANOTHERS,
        step_up=True,
        records=("alert.level.approved/1", "accounts.assertion.kept/1", "alert.level.kept/1", *OF_A_SWITCH),
    ),
)
def sign(request: HttpRequest, id: str, given: SignIn) -> object:  # noqa: A002
    """Sign a proposal as the second person: the level is in force from its hour on, and its tasks are given now."""
    actor = proven(request, "alert.level.approve", id, given.seen, given.step_up)
    steps.sign(actor, id, seen=given.seen, keep=given.keep, keep_reason=given.keep_reason)
    return Status(204, None)


class EndIn(Schema):
    """A level received stands no longer, in its authority's words. effective: from when; now when not given."""

    level: str
    authority: str
    words: str
    source: str
    effective: datetime | None = None


class SettleIn(SeenIn):
    """What the second person says of it."""

    agrees: bool = True
    reason: str = ""


@crossing.post(
    "/ends",
    response={201: Made},
    auth=Right(
        "alert.level.receive", objects=ANY, records=("alert.stand_down.proposed/1", "feeds.word.taken/1")
    ),
)
def end(request: HttpRequest, given: EndIn) -> object:
    """Record that a level received stands no longer; it goes on until a second person has looked."""
    return Status(201, {"id": steps.receive_stand_down(actor_of(request), **given.dict())})


@crossing.post(
    "/ends/{id}/look",
    response={204: None},
    auth=Right(
        "alert.level.look",
        objects=ANOTHERS,
        step_up=True,
        records=(
            "alert.stand_down.settled/1",
            "accounts.assertion.kept/1",
            *OF_A_SWITCH,
            "ledger.outer.signed/1",
            "warning.page.published/1",
        ),
    ),
)
def look_stand_down(request: HttpRequest, id: str, given: SettleIn) -> object:  # noqa: A002
    """Look as the second person at the end of a level received."""
    actor = proven(request, "alert.level.look", id, given.seen, given.step_up)
    steps.look_stand_down(actor, id, seen=given.seen, agrees=given.agrees, reason=given.reason)
    return Status(204, None)


@crossing.post(
    "/stand-downs/{id}/sign",
    response={204: None},
    auth=Right(
        "alert.level.approve",
        objects=ANOTHERS,
        step_up=True,
        records=("alert.stand_down.settled/1", "accounts.assertion.kept/1", *OF_A_SWITCH),
    ),
)
def sign_stand_down(request: HttpRequest, id: str, given: SettleIn) -> object:  # noqa: A002
    """Sign as the second person that a level decided here stands no longer, or reject it."""
    actor = proven(request, "alert.level.approve", id, given.seen, given.step_up)
    steps.sign_stand_down(actor, id, seen=given.seen, agrees=given.agrees, reason=given.reason)
    return Status(204, None)


@crossing.post(
    "/meetings",
    response={201: Made},
    auth=Right("alert.meeting.convene", records=("alert.meeting.convened/2",)),
)
def convene(request: HttpRequest, given: MeetingIn) -> object:
    """Convene a meeting; its dossier is frozen as the record stands."""
    return Status(201, {"id": steps.convene(actor_of(request), **given.dict())})


ROUTERS = (
    ("/steps", crossing),
    ("/schemes", editions),
    ("/places", exposure),
    ("/reports", reports),
    ("/assessments", assessment),
    ("/levels", alert),
    ("/measures", measures),
    ("/patrols", patrols),
    ("/warnings", warning),
    ("/partners", partners),
    ("/history", history),
)
"""Where each room's operations stand."""

for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)
    enter_operations(f"api{_prefix}", _router)
enter(Door("api/openapi.json", "GET", SIGNED_IN))
