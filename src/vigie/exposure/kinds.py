"""Entries of this room. Contacts stand in entries of their own, one per office, so that each can be erased alone."""

import msgspec

from vigie.ledger.kinds import Body, Kind


class SiteBody(Body):
    """One site as a table gave it; positions in millionths of a degree."""

    id: str
    name: str
    kind: str
    lat_e6: int
    lon_e6: int
    area: str
    commune: str
    yearly_visitors: int | None
    capacity: int | None
    opening: str
    owner: str
    source: str
    request: str


class SitesImported(Body):
    """A table of sites came in: the rows that are new or differ. `sha256` is over the file."""

    file: str
    sha256: str
    rows: list[SiteBody]


class OwnerFirst(Body):
    """One owner as version 1 told it: without a parent."""

    id: str
    name: str
    kind: str
    language: str
    sites: list[str]
    site_kinds: list[str]
    area: str


class OwnersImportedFirst(Body):
    """Version 1 of `OwnersImported`."""

    file: str
    rows: list[OwnerFirst]


class OwnerBody(Body):
    """One owner: an office and what it answers for; parent: id of the owner above it, or empty. How it is reached stands elsewhere."""

    id: str
    name: str
    kind: str
    language: str
    sites: list[str]
    site_kinds: list[str]
    area: str
    parent: str


class OwnersImported(Body):
    """A table of owners came in: the rows that are new or differ, without their contacts."""

    file: str
    rows: list[OwnerBody]


class ContactSetFirst(Body):
    """Version 1 of `ContactSet`: without superiors."""

    owner: str
    mail: str
    phone: str
    deputy_mail: str
    deputy_phone: str


class ContactSet(Body):
    """How an office, its deputy and its superior are reached, from now on."""

    owner: str
    mail: str
    phone: str
    deputy_mail: str
    deputy_phone: str
    superior_mail: str
    superior_phone: str


class SiteWithdrawn(Body):
    """A site leaves the list."""

    site: str
    reason: str


class OwnerWithdrawn(Body):
    """An owner leaves the list; its contact is used no more."""

    owner: str
    reason: str


class EventAdded(Body):
    """An event. hours: minutes after midnight, from and to, or empty. attendance_*: people, or null."""

    id: str
    names: dict[str, str]
    start: str
    end: str
    areas: list[str]
    site: str
    hours: list[int]
    attendance_low: int | None
    attendance_high: int | None
    organiser: str
    known_on: str
    source: str
    great: bool


class EventWithdrawn(Body):
    """An event will not take place, or was entered in error."""

    event: str
    reason: str


def _without_parents(body: OwnersImportedFirst) -> OwnersImported:
    return OwnersImported(
        file=body.file, rows=[OwnerBody(**msgspec.structs.asdict(row), parent="") for row in body.rows]
    )


def _without_superior(body: ContactSetFirst) -> ContactSet:
    return ContactSet(**msgspec.structs.asdict(body), superior_mail="", superior_phone="")


SITES_IMPORTED = Kind("exposure.sites.imported", 1, SitesImported)
OWNERS_IMPORTED_FIRST = Kind("exposure.owners.imported", 1, OwnersImportedFirst, upcast=_without_parents)
OWNERS_IMPORTED = Kind("exposure.owners.imported", 2, OwnersImported)
CONTACT_SET_FIRST = Kind("exposure.contact.set", 1, ContactSetFirst, upcast=_without_superior, erasable=True)
CONTACT_SET = Kind("exposure.contact.set", 2, ContactSet, erasable=True)
SITE_WITHDRAWN = Kind("exposure.site.withdrawn", 1, SiteWithdrawn)
OWNER_WITHDRAWN = Kind("exposure.owner.withdrawn", 1, OwnerWithdrawn)
EVENT_ADDED = Kind("exposure.event.added", 1, EventAdded)
EVENT_WITHDRAWN = Kind("exposure.event.withdrawn", 1, EventWithdrawn)
