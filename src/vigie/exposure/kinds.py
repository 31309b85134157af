"""Entries of this room. Contacts stand in entries of their own, one per office, so that each can be erased alone."""

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


class OwnerBody(Body):
    """One owner: an office and what it answers for. How it is reached stands elsewhere."""

    id: str
    name: str
    kind: str
    language: str
    sites: list[str]
    site_kinds: list[str]
    area: str


class OwnersImported(Body):
    """A table of owners came in: the rows that are new or differ, without their contacts."""

    file: str
    rows: list[OwnerBody]


class ContactSet(Body):
    """How an office is reached, from now on."""

    owner: str
    mail: str
    phone: str
    deputy_mail: str
    deputy_phone: str


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


SITES_IMPORTED = Kind("exposure.sites.imported", 1, SitesImported)
OWNERS_IMPORTED = Kind("exposure.owners.imported", 1, OwnersImported)
CONTACT_SET = Kind("exposure.contact.set", 1, ContactSet, erasable=True)
SITE_WITHDRAWN = Kind("exposure.site.withdrawn", 1, SiteWithdrawn)
OWNER_WITHDRAWN = Kind("exposure.owner.withdrawn", 1, OwnerWithdrawn)
EVENT_ADDED = Kind("exposure.event.added", 1, EventAdded)
EVENT_WITHDRAWN = Kind("exposure.event.withdrawn", 1, EventWithdrawn)
