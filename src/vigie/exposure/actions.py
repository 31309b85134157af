"""What people do with sites, owners and events: import, withdraw, add."""

from dataclasses import asdict, replace
from hashlib import sha256

import msgspec

from vigie.accounts.actions import require, verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict
from vigie.exposure import joint_csv, kinds, owners_csv, parents, queries, sites_csv
from vigie.exposure.dated import Dated
from vigie.exposure.difference import Difference, difference
from vigie.exposure.models import Site
from vigie.exposure.owners_csv import OwnerRow, OwnersRead
from vigie.exposure.sites_csv import SiteRow, SitesRead
from vigie.exposure.tables import Matched
from vigie.ledger.actions import append

RESTRICTED = "TLP:AMBER"
CONFINED = "TLP:AMBER+STRICT"


class NoReason(BadInput):
    """An act that needs a reason came without one."""


class Withdrawn(Conflict):
    """What was asked about has left already."""


@verb("exposure.sites.import")
def import_sites(
    actor: Actor, data: bytes, *, file: str = "", area: str = "", columns: Matched | None = None
) -> Difference:
    """Take a table of sites in, all or nothing; sites that are known already are brought up to date.

    area: the area of rows that name none. columns: what its headings are, where they do not say it. Raises BadTable, FaultyRows, UnknownArea,
    Withdrawn when a place of worship that left comes back under the request it had.
    """
    return _take_sites(actor, data, sites_csv.read(data, area=area, matched=columns), file)


@verb("exposure.owners.import")
def import_owners(actor: Actor, data: bytes, *, file: str = "", columns: Matched | None = None) -> Difference:
    """Take a table of owners in, all or nothing: one entry for the offices, one for each contact that is new.

    An office whose contact alone differs counts as changed. columns: what its headings are, where they do not say it.
    Raises BadTable, FaultyRows, BadParent.
    """
    return _take_owners(actor, owners_csv.read(data, matched=columns), file)


@verb("exposure.sites.import")
def import_both(
    actor: Actor, data: bytes, *, file: str = "", area: str = "", columns: Matched | None = None
) -> tuple[Difference, Difference]:
    """Take a table in whose rows name a place, its owner and its contact: all or nothing. Gives the owners' part last.

    Both rights are asked. Raises as `import_sites` and `import_owners` do.
    """
    require(actor, "exposure.owners.import")
    read = joint_csv.read(data, area=area, matched=columns).whole()
    owners = _take_owners(actor, read.owners, file)
    return _take_sites(actor, data, read.sites, file), owners


def _take_sites(actor: Actor, data: bytes, read: SitesRead, file: str) -> Difference:
    told = {row.id: row for row in read.whole()}
    _check_returns(told)
    found = difference(told, queries.site_rows())
    if not found.added and not found.changed:
        return found
    body = kinds.SitesImported(
        file=_plain_name(file),
        sha256=sha256(data).hexdigest(),
        rows=[msgspec.convert(asdict(told[i]), kinds.SiteBody) for i in (*found.added, *found.changed)],
    )
    return replace(found, entry=append(actor.by(), kinds.SITES_IMPORTED, body, marking=RESTRICTED).seq)


def _take_owners(actor: Actor, read: OwnersRead, file: str) -> Difference:
    told = {row.id: row for row in read.whole()}
    standing = queries.owner_rows()
    parents.check(told, standing)
    found = difference(told, standing)
    offices = [row for i, row in told.items() if i not in standing or _office(row) != _office(standing[i])]
    reached = [row for i, row in told.items() if i not in standing or row.contact != standing[i].contact]
    made = []
    if offices:
        body = kinds.OwnersImported(file=_plain_name(file), rows=[_office(row) for row in offices])
        made.append(append(actor.by(), kinds.OWNERS_IMPORTED, body, marking=RESTRICTED).seq)
    for row in reached:
        contact = kinds.ContactSet(owner=row.id, **asdict(row.contact))
        made.append(append(actor.by(), kinds.CONTACT_SET, contact, subjects=[row.id], marking=CONFINED).seq)
    return replace(found, entry=made[0] if made else None)


@verb("exposure.site.withdraw")
def withdraw_site(actor: Actor, site: str, reason: str) -> None:
    """Take a site out of the list, with a reason. A place of worship leaves when it asks to.

    Raises NotFound, Withdrawn, NoReason.
    """
    row = queries.site(site)
    if row.withdrawn_at is not None:
        raise Withdrawn("The site {site} has left the list already.", site=site)
    _check_reason(reason)
    append(
        actor.by(),
        kinds.SITE_WITHDRAWN,
        kinds.SiteWithdrawn(site=site, reason=reason),
        subjects=[site],
        marking=RESTRICTED,
    )


@verb("exposure.owner.withdraw")
def withdraw_owner(actor: Actor, owner: str, reason: str) -> None:
    """Take an owner out of the list, with a reason. Raises NotFound, Withdrawn, NoReason."""
    row = queries.owner(owner)
    if row.withdrawn_at is not None:
        raise Withdrawn("The owner {owner} has left the list already.", owner=owner)
    _check_reason(reason)
    append(
        actor.by(),
        kinds.OWNER_WITHDRAWN,
        kinds.OwnerWithdrawn(owner=owner, reason=reason),
        subjects=[owner],
        marking=RESTRICTED,
    )


@verb("exposure.event.add")
def add_event(actor: Actor, event: Dated) -> str:
    """Put an event on the calendar, or say one anew under the same id. Gives its id.

    event: made by `events.of` or read by `events.read`, which check it. Raises NotFound when its site is none.
    """
    if event.kind != "event" or event.known_on is None:
        raise BadInput("{id} is computed by rule: only events are added.", id=event.id)
    if event.site:
        queries.site(event.site)
    body = kinds.EventAdded(
        id=event.id,
        names=event.names,
        start=event.start.isoformat(),
        end=event.end.isoformat(),
        areas=list(event.areas),
        site=event.site,
        hours=list(event.hours or ()),
        attendance_low=event.attendance.low,
        attendance_high=event.attendance.high,
        organiser=event.organiser,
        known_on=event.known_on.isoformat(),
        source=event.source,
        great=event.great,
    )
    append(actor.by(), kinds.EVENT_ADDED, body, subjects=[event.id], marking=RESTRICTED)
    return event.id


@verb("exposure.event.add")
def withdraw_event(actor: Actor, event: str, reason: str) -> None:
    """Take an event off the calendar, with a reason. Raises NotFound, Withdrawn, NoReason."""
    row = queries.event(event)
    if row.withdrawn_at is not None:
        raise Withdrawn("The event {event} has left the calendar already.", event=event)
    _check_reason(reason)
    append(
        actor.by(),
        kinds.EVENT_WITHDRAWN,
        kinds.EventWithdrawn(event=event, reason=reason),
        subjects=[event],
        marking=RESTRICTED,
    )


def _check_returns(told: dict[str, SiteRow]) -> None:
    for left in Site.objects.filter(id__in=list(told), kind="worship", withdrawn_at__isnull=False):
        if told[left.id].kind == "worship" and told[left.id].request == left.request:
            raise Withdrawn(
                "{site} has left the list, entered under request {request}. It comes back only under a new request.",
                site=left.id,
                request=left.request,
            )


def _office(row: OwnerRow) -> kinds.OwnerBody:
    return kinds.OwnerBody(
        id=row.id,
        name=row.name,
        kind=row.kind,
        language=row.language,
        sites=list(row.sites),
        site_kinds=list(row.site_kinds),
        area=row.area,
        parent=row.parent,
    )


def _plain_name(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2][:120]


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise NoReason("Say why: the record keeps the reason.")
