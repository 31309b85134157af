"""Questions pages and steps ask: which sites, who answers for them, what lies ahead, how many people."""

from dataclasses import fields
from datetime import date, datetime

from vigie import times
from vigie.errors import NotFound
from vigie.exposure import areas, calendar, charge, crowding, events as registers, owners_csv
from vigie.exposure.ahead import Ahead, ahead as look_ahead
from vigie.exposure.crowding import Present
from vigie.exposure.dated import Attendance, Dated
from vigie.exposure.models import Contact, Event, Owner, Site
from vigie.exposure.owners_csv import OwnerRow
from vigie.exposure.sites_csv import SiteRow


def sites(*, kind: str = "", area: str = "") -> list[Site]:
    """List the sites, by name; of a kind and in an area where given. Raises UnknownArea."""
    found = Site.objects.filter(withdrawn_at__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    return [s for s in found if not area or areas.contains(area, s.area)]


def site(id: str) -> Site:  # noqa: A002 - the record calls it so
    """Give a site, withdrawn or not. Raises NotFound."""
    found = Site.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no site {given}.", given=id)
    return found


def owners() -> list[Owner]:
    """List the owners, by name."""
    return list(Owner.objects.filter(withdrawn_at__isnull=True))


def owner(id: str) -> Owner:  # noqa: A002
    """Give an owner, withdrawn or not. Raises NotFound."""
    found = Owner.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no owner {given}.", given=id)
    return found


def site_rows() -> dict[str, SiteRow]:
    """Give the sites by id, as a table would give them: what an import is compared with."""
    return {s.id: SiteRow(**{f.name: getattr(s, f.name) for f in fields(SiteRow)}) for s in sites()}


def owner_rows() -> dict[str, OwnerRow]:
    """Give the owners by id, with their contacts, as a table would give them."""
    reached = contacts()
    return {o.id: _owner_row(o, reached.get(o.id)) for o in owners()}


def contacts() -> dict[str, Contact]:
    """Give the contact of each owner that stands: the newest one."""
    standing = set(Owner.objects.filter(withdrawn_at__isnull=True).values_list("id", flat=True))
    newest: dict[str, Contact] = {}
    for contact in Contact.objects.all():
        if contact.owner in standing:
            newest.setdefault(contact.owner, contact)
    return {owner_id: contact for owner_id, contact in newest.items() if not contact.erased}


def contact(owner_id: str) -> Contact | None:
    """Give an owner's contact, or None when there is none, it was erased, or the owner has left."""
    if not Owner.objects.filter(id=owner_id, withdrawn_at__isnull=True).exists():
        return None
    newest = Contact.objects.filter(owner=owner_id).first()
    return newest if newest and not newest.erased else None


def contacts_past(at: datetime) -> list[int]:
    """List, by number of entry, the contacts that ceased to count before `at`: a newer one came, or the owner left."""
    left = dict(Owner.objects.filter(withdrawn_at__lt=at).values_list("id", "withdrawn_at"))
    found: list[int] = []
    later: dict[str, datetime] = {}
    for contact in Contact.objects.order_by("-seq"):
        ceased = later.get(contact.owner) or left.get(contact.owner)
        later[contact.owner] = contact.since
        if ceased and ceased < at and not contact.erased:
            found.append(contact.seq)
    return sorted(found)


def charges() -> dict[str, list[Site]]:
    """Give for each owner the sites it answers for; every owner has its entry."""
    places = {s.id: s for s in sites()}
    return {
        owner_id: [places[i] for i in its]
        for owner_id, its in charge.charges(places.values(), owners()).items()
    }


def gaps() -> charge.Gaps:
    """Say where sites and owners do not meet."""
    return charge.gaps(sites(), owners())


def event(id: str) -> Event:  # noqa: A002
    """Give an event of this home. Raises NotFound."""
    found = Event.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no event {given}.", given=id)
    return found


def events() -> tuple[Dated, ...]:
    """Give the great public events that come with vigie, and this home's own; of the same id, the home's."""
    told = {e.id: e for e in registers.shipped_register()}
    own = {row.id: _dated(row) for row in Event.objects.all() if row.withdrawn_at is None}
    return tuple((told | own).values())


def entries(start: date, end: date, *wanted: str, as_known: date | None = None) -> tuple[Dated, ...]:
    """Give what lies on the calendar in these areas, home's events included. Raises UnknownArea, OutOfCalendar."""
    return calendar.entries(start, end, wanted, as_known=as_known, events=events())


def ahead(area: str, days: int = 14, *, start: date | None = None, as_known: date | None = None) -> Ahead:
    """Say what lies ahead in an area, from today where no day is given. Raises UnknownArea, TooFar, OutOfCalendar."""
    return look_ahead(start or times.now().date(), days, area, as_known=as_known, events=events())


def present(start: date, days: int, *, area: str = "", as_known: date | None = None) -> tuple[Present, ...]:
    """Give the people expected at each site in each half day, as ranges. Raises UnknownArea."""
    places = sites(area=area)
    wanted = sorted({s.area for s in places})
    last = date.fromordinal(start.toordinal() + max(days, 1) - 1)
    return crowding.present(
        places, start, days, entries(start, last, *wanted, as_known=as_known) if wanted else ()
    )


def _owner_row(row: Owner, reached: Contact | None) -> OwnerRow:
    ways = owners_csv.Contact(**{way: getattr(reached, way, "") for way in owners_csv.WAYS})
    return OwnerRow(
        id=row.id,
        name=row.name,
        kind=row.kind,
        language=row.language,
        contact=ways,
        sites=tuple(row.sites),
        site_kinds=tuple(row.site_kinds),
        area=row.area,
        parent=row.parent,
    )


def _dated(row: Event) -> Dated:
    return Dated(
        id=row.id,
        kind="event",
        start=row.start,
        end=row.end,
        names=row.names,
        basis="sourced" if row.source else "stated",
        areas=tuple(row.areas),
        known_on=row.known_on,
        source=row.source,
        site=row.site,
        hours=(row.hours[0], row.hours[1]) if row.hours else None,
        attendance=Attendance(row.attendance_low, row.attendance_high),
        organiser=row.organiser,
        great=row.great,
    )
