"""This room's part of the API."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status, UploadedFile

from vigie import times
from vigie.accounts import rates
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import AMBER, ANY
from vigie.exposure import (
    actions,
    crowding,
    events,
    joint_csv,
    matching,
    owners_csv,
    phrases,
    queries,
    sites_csv,
    tables,
)

router = Router(tags=["exposure"])


class SiteOut(Schema):
    """A site, with its visits a year as a range and where the range comes from."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    area: str
    opening: str
    capacity: int | None
    visits_low: int
    visits_high: int
    basis: str
    source: str


class OwnerOut(Schema):
    """An owner and the sites it answers for. Its contact is not given here."""

    id: str
    name: str
    kind: str
    language: str
    sites: list[str]


class GapsOut(Schema):
    """Where sites and owners do not meet."""

    ownerless: list[str]
    siteless: list[str]
    unknown_owners: list[tuple[str, str]]
    unknown_sites: list[tuple[str, str]]


class ImportedOut(Schema):
    """What an import did."""

    added: list[str]
    changed: list[str]
    unchanged: list[str]
    entry: int | None


class BothOut(Schema):
    """What an import of places with their owners did."""

    sites: ImportedOut
    owners: ImportedOut


class PresentOut(Schema):
    """People expected at a site in one half of a day (am: 06:00-15:00, pm: 15:00-24:00)."""

    site: str
    day: date
    half: str
    low: int
    high: int
    basis: str


class EventIn(Schema):
    """An event to put on the calendar."""

    id: str = ""
    en: str
    fr: str = ""
    start: date
    end: date | None = None
    areas: list[str] = []
    site: str = ""
    hours: str = ""
    attendance: dict[str, int] = {}
    organiser: str = ""
    known_on: date
    source: str = ""
    great: bool = False


class EventOut(Schema):
    """The event's id."""

    id: str


class ReasonIn(Schema):
    """A move's reason."""

    reason: str


class EntryOut(Schema):
    """One entry of the calendar."""

    id: str
    kind: str
    name: str
    start: date
    end: date
    uncertainty_days: int
    known_on: date | None
    basis: str
    words: str


class AheadOut(Schema):
    """What lies ahead."""

    area: str
    start: date
    end: date
    drivers: list[str]
    entries: list[EntryOut]
    not_known: list[str]


@router.get("/sites", response=list[SiteOut], auth=Right("exposure.read", shows=AMBER))
def sites(request: HttpRequest, kind: str = "", area: str = "") -> object:
    """List the sites."""
    del request
    found = []
    for site in queries.sites(kind=kind, area=area):
        visits = crowding.yearly(site)
        found.append(
            SiteOut(
                id=site.id,
                name=site.name,
                kind=site.kind,
                lat=site.lat,
                lon=site.lon,
                area=site.area,
                opening=site.opening,
                capacity=site.capacity,
                visits_low=round(visits.low),
                visits_high=round(visits.high),
                basis=visits.basis,
                source=site.source,
            )
        )
    return found


@router.get("/owners", response=list[OwnerOut], auth=Right("exposure.read", shows=AMBER))
def owners(request: HttpRequest) -> object:
    """List the owners and what each answers for."""
    del request
    charges = queries.charges()
    return [
        OwnerOut(id=o.id, name=o.name, kind=o.kind, language=o.language, sites=[s.id for s in charges[o.id]])
        for o in queries.owners()
    ]


@router.get("/gaps", response=GapsOut, auth=Right("exposure.read", shows=AMBER))
def gaps(request: HttpRequest) -> object:
    """Say where sites and owners do not meet."""
    del request
    return queries.gaps()


@router.post(
    "/sites/import",
    response={201: ImportedOut},
    auth=Right("exposure.sites.import", rate=rates.UPLOAD, records=("exposure.sites.imported/1",)),
)
def import_sites(
    request: HttpRequest, table: File[UploadedFile], area: str = "", columns: str = ""
) -> object:
    """Import a table of sites (CSV, .xlsx or GeoJSON), all or nothing. columns: Heading=column, between semicolons."""
    data, matched = table.read(tables.MAX_BYTES + 1), matching.read(columns, sites_csv.COLUMNS)
    return Status(
        201,
        actions.import_sites(actor_of(request), data, file=table.name or "", area=area, columns=matched),
    )


@router.post(
    "/import",
    response={201: BothOut},
    auth=Right(
        "exposure.sites.import",
        rate=rates.UPLOAD,
        records=("exposure.sites.imported/1", "exposure.owners.imported/2", "exposure.contact.set/2"),
    ),
)
def import_both(request: HttpRequest, table: File[UploadedFile], area: str = "", columns: str = "") -> object:
    """Import a table whose rows name a place, its owner and its contact, all or nothing; takes the right to import owners too."""
    data, matched = table.read(tables.MAX_BYTES + 1), matching.read(columns, joint_csv.COLUMNS)
    sites, owners = actions.import_both(
        actor_of(request), data, file=table.name or "", area=area, columns=matched
    )
    return Status(201, {"sites": sites, "owners": owners})


@router.post(
    "/owners/import",
    response={201: ImportedOut},
    auth=Right(
        "exposure.owners.import",
        rate=rates.UPLOAD,
        records=("exposure.owners.imported/2", "exposure.contact.set/2"),
    ),
)
def import_owners(request: HttpRequest, table: File[UploadedFile], columns: str = "") -> object:
    """Import a table of owners (CSV or .xlsx), all or nothing. columns: Heading=column, between semicolons."""
    data, matched = table.read(tables.MAX_BYTES + 1), matching.read(columns, owners_csv.COLUMNS)
    return Status(201, actions.import_owners(actor_of(request), data, file=table.name or "", columns=matched))


@router.post(
    "/sites/{id}/withdraw",
    response={204: None},
    auth=Right("exposure.site.withdraw", objects=ANY, records=("exposure.site.withdrawn/1",)),
)
def withdraw_site(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Take a site off the list."""
    actions.withdraw_site(actor_of(request), id, given.reason)
    return Status(204, None)


@router.post(
    "/events", response={201: EventOut}, auth=Right("exposure.event.add", records=("exposure.event.added/1",))
)
def add_event(request: HttpRequest, given: EventIn) -> object:
    """Put an event on the calendar."""
    return Status(201, {"id": actions.add_event(actor_of(request), events.of(given.dict()))})


@router.get("/present", response=list[PresentOut], auth=Right("exposure.read", shows=AMBER))
def present(request: HttpRequest, start: date, days: int = 7, area: str = "") -> object:
    """Give the people expected at each site in each half day."""
    del request
    return queries.present(start, min(max(days, 1), 31), area=area)


@router.get("/ahead", response=AheadOut, auth=Right("exposure.read", shows=AMBER))
def ahead(
    request: HttpRequest,
    area: str,
    start: date | None = None,
    days: int = 90,
    as_known: date | None = None,
    lang: str = "en",
) -> Any:
    """Say what lies ahead in an area."""
    del request
    seen = queries.ahead(area, days, start=start or times.now().date(), as_known=as_known)
    return AheadOut(
        area=seen.area,
        start=seen.start,
        end=seen.end,
        drivers=[d.words(lang) for d in seen.drivers()],
        entries=[
            EntryOut(
                id=e.id,
                kind=e.kind,
                name=e.name(lang),
                start=e.start,
                end=e.end,
                uncertainty_days=e.uncertainty_days,
                known_on=e.known_on,
                basis=e.basis,
                words=phrases.entry(e, lang),
            )
            for e in seen.entries
        ],
        not_known=[phrases.limit(limit, lang) for limit in seen.limits],
    )
