"""This room's part of the API."""

from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import File, Router, Schema, Status, UploadedFile

from vigie.accounts import rates
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANY, CLEAR
from vigie.editions import actions, queries
from vigie.schemes import reader
from vigie.schemes.text import MOST_BYTES

router = Router(tags=["schemes"])


class SchemeOut(Schema):
    """A scheme, in short. own: put on the record here; else it ships."""

    id: str
    country: str | None
    name: str
    name_en: str
    levels: list[str]
    sha256: str
    own: bool


class EditionOut(Schema):
    """A scheme in one edition. current: its file says so today. text: the file to the last byte."""

    sha256: str
    current: bool
    scheme: dict[str, Any]
    text: str


class FaultOut(Schema):
    """One fault of a file."""

    line: int
    rule: str
    what: str
    repair: str


class FaultsOut(Schema):
    """Why a file cannot be used: all of it."""

    error: str
    faults: list[FaultOut]


class AddedOut(Schema):
    """The scheme's name."""

    id: str


@router.get("", response=list[SchemeOut], auth=Right("editions.read", shows=CLEAR))
def schemes(request: HttpRequest) -> object:
    """List every scheme: this home's own, and those that ship."""
    del request
    shipped = reader.shipped_ids()
    return [
        SchemeOut(
            id=name,
            country=plan.country,
            name=plan.name,
            name_en=plan.name_en,
            levels=list(plan.codes),
            sha256=reader.digest(name),
            own=name not in shipped,
        )
        for name in reader.all_ids()
        for plan in [reader.load(name)]
    ]


@router.get(
    "/{id}",
    response={200: EditionOut, 404: dict[str, str]},
    auth=Right("editions.read", objects=ANY, shows=CLEAR),
)
def scheme(request: HttpRequest, id: str, sha256: str = "") -> object:  # noqa: A002
    """Give a scheme as it stands today, or as the file of that SHA-256 said it under which a level was set."""
    del request
    digest = sha256 or reader.digest(id)
    raw = queries.kept(id, digest)
    if raw is None:
        return Status(404, {"error": gettext("No text of this scheme with that SHA-256 is kept here.")})
    found = queries.edition(id, digest)
    return EditionOut(
        sha256=digest, current=found.current, scheme=msgspec.to_builtins(found.scheme), text=raw.decode()
    )


@router.post(
    "",
    response={201: AddedOut, 400: FaultsOut},
    auth=Right("editions.scheme.add", rate=rates.UPLOAD, records=("editions.scheme.added/1",)),
)
def add(request: HttpRequest, file: File[UploadedFile]) -> object:
    """Check a scheme's file and put it on the record; where it cannot be used, every fault is named."""
    data = file.read(MOST_BYTES + 1)
    try:
        made = actions.add(actor_of(request), data, file=file.name or "")
    except actions.FaultyScheme as faulty:
        faults = [
            FaultOut(line=each.line, rule=each.rule, what=each.what, repair=each.repair)
            for each in faulty.faults
        ]
        return Status(400, FaultsOut(error=faulty.said(gettext), faults=faults))
    return Status(201, {"id": made})
