"""This room's part of the API."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import AMBER, ANY, GREEN
from vigie.measures import actions, queries
from vigie.measures.call_sheet import check_chip
from vigie.measures.kinds import OF_A_RESPONSE, OF_A_SWITCH

router = Router(tags=["measures"])


class PostureOut(Schema):
    """A posture that stands: a level with the measures that are on."""

    id: str
    cause: str
    scheme: str
    zone: str
    level: str
    level_words: str
    authority: str
    received: bool
    effective: datetime
    set_at: datetime
    due: datetime
    catalogue: str
    catalogue_version: str
    catalogue_digest: str
    active: list[str]


class TaskOut(Schema):
    """One task: a measure asked of an owner."""

    task: str
    measure: str
    owner: str
    owner_name: str
    state: str
    due: datetime
    answered: datetime | None
    told: bool


class SwitchIn(Schema):
    """Which measures differ from the catalogue's default for the level, and why."""

    on: list[str] = []
    off: list[str] = []
    keep: list[str] = []
    reason: str = ""


class StandDownIn(Schema):
    """Which measures stay although the level ended, and why."""

    keep: list[str] = []
    reason: str = ""


class SwitchedOut(Schema):
    """What a switch did."""

    posture: str
    tasks: int
    stops: int
    messages: int


class FollowsOut(Schema):
    """What a level would switch, before anybody signs."""

    level: str
    active: list[str]
    on: list[str]
    kept: list[str]
    replaced: list[tuple[str, str]]
    lifted: list[str]
    due: datetime
    owners: int
    tasks: int
    stops: int


class AnswerIn(Schema):
    """An owner's word taken down: acknowledged, doing, done, cannot (with its reason) or stopped; by phone or paper."""

    given: str
    via: str
    tasks: list[str] = []
    reason: str = ""


class CallIn(Schema):
    """A call to an owner, without an answer."""

    reached: bool


class MovedOut(Schema):
    """The tasks an answer moved."""

    tasks: list[str]


class ResponseIn(Schema):
    """A site's own response level."""

    site: str
    scheme: str
    level: str
    reason: str
    review: datetime
    received: str = ""


class ResponseOut(Schema):
    """A site's own response level that stands. set_office: `owner:ID` where its owner set it by link."""

    id: str
    site: str
    scheme: str
    level: str
    reason: str
    received: str
    review: datetime
    set_at: datetime
    set_office: str


class EndIn(Schema):
    """Why a response ends."""

    reason: str


class Ended(Schema):
    """What ended."""

    ended: str


class DrillIn(Schema):
    """A contact drill. owners: ids; none = all on the list."""

    minutes: int = 15
    owners: list[str] = []
    in_quiet_hours: bool = False


class DrillsMade(Schema):
    """The drills that were called: one, or several for a very long list."""

    drills: list[str]


class DrillOut(Schema):
    """One owner in a drill. standing: in_time, late, silent, asked, not_reached or waits."""

    owner: str
    name: str
    standing: str
    left_at: datetime | None
    answered_at: datetime | None
    why: str


class Made(Schema):
    """What was made."""

    id: str


@router.get("/postures", response=list[PostureOut], auth=Right("measures.read", shows=GREEN))
def postures(request: HttpRequest) -> object:
    """List the postures that stand."""
    del request
    return queries.shown()


@router.get(
    "/follows", response={200: FollowsOut, 404: dict[str, str]}, auth=Right("measures.read", shows=GREEN)
)
def follows(request: HttpRequest, scheme: str, level: str, zone: str) -> object:
    """Say what a level would bring about; nothing is written."""
    del request
    found = queries.what_follows(scheme, level, zone)
    if found is None:
        return Status(404, {"error": "There is no catalogue of measures for this scheme."})
    return Status(
        200,
        FollowsOut(
            level=found.posture.level,
            active=list(found.posture.active),
            on=list(found.switch.on),
            kept=list(found.switch.kept),
            replaced=list(found.switch.replaced),
            lifted=list(found.switch.lifted),
            due=found.due,
            owners=found.owners,
            tasks=found.tasks,
            stops=found.stops,
        ),
    )


@router.get("/tasks", response=list[TaskOut], auth=Right("measures.read", shows=GREEN))
def tasks(request: HttpRequest, show: str = "", measure: str = "", owner: str = "") -> object:
    """List tasks; show: not-reached, not-answered, late, cannot or done."""
    del request
    return queries.rows(chip=check_chip(show) if show else None, measure=measure, owner=owner)


@router.post(
    "/switch/{cause}",
    response={201: SwitchedOut},
    auth=Right(
        "measures.switch",
        objects=ANY,
        records=OF_A_SWITCH,
    ),
)
def switch(request: HttpRequest, cause: str, given: SwitchIn) -> object:
    """Set the posture of a level in force; owners get their tasks and one message each."""
    return Status(201, actions.switch(actor_of(request), cause, **given.dict()))


@router.post(
    "/stand-down/{cause}",
    response={201: SwitchedOut},
    auth=Right(
        "measures.switch",
        objects=ANY,
        records=OF_A_SWITCH,
    ),
)
def stand_down(request: HttpRequest, cause: str, given: StandDownIn) -> object:
    """Ask every owner to stop where a level ended and none took its place."""
    return Status(201, actions.stand_down(actor_of(request), cause, **given.dict()))


@router.post(
    "/owners/{owner}/answers",
    response={201: MovedOut},
    auth=Right("measures.answer.take", objects=ANY, records=("measures.task.answered/2",)),
)
def take_down(request: HttpRequest, owner: str, given: AnswerIn) -> object:
    """Take down an owner's word."""
    return Status(201, {"tasks": actions.take_down(actor_of(request), owner, **given.dict())})


@router.post(
    "/owners/{owner}/calls",
    response={201: MovedOut},
    auth=Right("measures.answer.take", objects=ANY, records=("measures.owner.called/1",)),
)
def call(request: HttpRequest, owner: str, given: CallIn) -> object:
    """Note that an owner was called."""
    return Status(201, {"tasks": actions.call(actor_of(request), owner, reached=given.reached)})


@router.post(
    "/responses",
    response={201: Made},
    auth=Right("measures.response.set", records=OF_A_RESPONSE),
)
def respond(request: HttpRequest, given: ResponseIn) -> object:
    """Set a site's own response level."""
    return Status(201, {"id": actions.respond(actor_of(request), **given.dict())})


@router.get("/responses", response=list[ResponseOut], auth=Right("measures.response.set", shows=AMBER))
def responses(request: HttpRequest, site: str = "") -> object:
    """List the response levels that stand, of one site or of all."""
    del request
    return queries.responses(site)


@router.post(
    "/responses/{response}/end",
    response={201: Ended},
    auth=Right("measures.response.set", objects=ANY, records=OF_A_RESPONSE),
)
def end_response(request: HttpRequest, response: str, given: EndIn) -> object:
    """End a site's response: it holds none any more, and its measures are stood down."""
    actions.end_response(actor_of(request), response, reason=given.reason)
    return Status(201, {"ended": response})


@router.post(
    "/drills",
    response={201: DrillsMade},
    auth=Right("measures.drill.call", records=("measures.drill.called/1",)),
)
def call_drill(request: HttpRequest, given: DrillIn) -> object:
    """Call a contact drill: each owner is written to, marked as an exercise. No task is given."""
    return Status(201, {"drills": actions.call_drill(actor_of(request), **given.dict())})


@router.get(
    "/drills/{drill}", response=list[DrillOut], auth=Right("measures.drill.call", objects=ANY, shows=GREEN)
)
def drill(request: HttpRequest, drill: str) -> object:
    """Say how each owner stands in a contact drill."""
    del request
    return queries.drill_lines(queries.drill(drill))
