"""This room's part of the API."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie import times
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANY, GREEN
from vigie.history import actions, chronicle, counts as counting, queries
from vigie.history.beside import counted
from vigie.history.incidents import AREA, window
from vigie.history.levels import instant
from vigie.schemes.reader import load

router = Router(tags=["history"])


class LevelOut(Schema):
    """The level at a place and a time, as known at another; `standing` says how it may be used."""

    scheme: str
    zone: str
    code: str | None
    rank: int | None
    name: str | None
    since: str | None
    until: str | None
    known_until: str | None
    standing: str
    why: str
    confidence: str | None
    source: str | None
    decided_for: list[str]


class FigureIn(Schema):
    """A figure as said."""

    what: list[str]
    value: str
    said_by: str
    as_of: str
    window_from: str
    window_to: str
    area: str
    modifier: str = "exact"
    where: str = ""
    source: str = ""
    claim: str = ""
    note: str = ""
    corrects: str = ""


class Made(Schema):
    """What was made."""

    id: str


@router.get("/level", response={200: LevelOut}, auth=Right("history.read", shows=GREEN))
def level(
    request: HttpRequest, scheme: str, at: str, zone: str | None = None, known_at: str | None = None
) -> object:
    """Say which level stood at a place and a time, as known then."""
    del request
    plan = load(scheme)
    known = instant(plan, known_at) if known_at else None
    return queries.level(scheme, instant(plan, at), zone=zone, known_at=known).as_dict()


@router.get("/count", response={200: dict[str, Any]}, auth=Right("history.read", shows=GREEN))
def count(
    request: HttpRequest,
    scheme: str,
    level: str,
    scope: Literal["national", "any"] = "national",
    merge_renewals: bool = True,
    all_editions: bool = False,
    at: str | None = None,
) -> object:
    """Count how often a level was set: the definition asked for, and every other beside it."""
    del request
    when = instant(load(scheme), at) if at else times.now()
    found = counting.counts(
        scheme,
        level,
        when,
        changes=queries.changes(scheme),
        all_editions=all_editions,
        earlier=queries.changes,
    )
    chosen = counting.chosen(found, scope, merge_renewals=merge_renewals)
    return {"count": {**counting.as_dict(chosen), "definitions": [counting.as_dict(each) for each in found]}}


@router.get(
    "/schemes/{scheme}", response={200: dict[str, Any]}, auth=Right("history.read", objects=ANY, shows=GREEN)
)
def history(request: HttpRequest, scheme: str, zone: str | None = None, low: bool = False) -> object:
    """Tell a scheme's history: changes, spans, durations, postures, what reports get wrong."""
    del request
    rows = queries.changes(scheme, low=low)
    return chronicle.as_dict(
        chronicle.chronicle(scheme, zone=zone, known_at=times.now(), changes=rows, low=low)
    )


@router.get("/figures", response={200: dict[str, Any]}, auth=Right("history.read", shows=GREEN))
def figures(request: HttpRequest, area: str | None = None) -> object:
    """List official figures as said, shipped and recorded here."""
    del request
    return {"figures": [each.as_dict() for each in queries.figures(area)]}


@router.get("/incidents/count", response={200: dict[str, Any]}, auth=Right("history.read", shows=GREEN))
def count_incidents(request: HttpRequest, area: str = AREA, since: str = "", until: str = "") -> object:
    """Count incidents in a window under each named definition, beside the official figures for it."""
    del request
    asked = window(since, until)
    told = {"area": area, "from": str(asked.since), "to": str(asked.until)}
    return {"count": {**told, **counted(area, asked).as_dict()}}


@router.post(
    "/figures",
    response={201: Made},
    auth=Right("history.figure.record", records=("history.figure.recorded/1",)),
)
def record_figure(request: HttpRequest, given: FigureIn) -> object:
    """Record a figure in the words it was said in."""
    return Status(201, {"id": actions.record_figure(actor_of(request), **given.dict())})
