"""From entries to rows: the only writer of this room's tables."""

from datetime import date

import msgspec

from vigie.exposure import kinds
from vigie.exposure.models import Contact, Event, Owner, Site
from vigie.ledger.projections import Written, projects, projects_erased

_BACK = {"withdrawn_at": None, "withdrawn_reason": ""}


@projects(kinds.SITES_IMPORTED)
def sites_imported(entry: Written, body: kinds.SitesImported) -> None:
    """Each row stands as the table gives it; a site that had left is back."""
    before = dict(Site.objects.filter(id__in=[row.id for row in body.rows]).values_list("id", "since"))
    made = [
        Site(**msgspec.structs.asdict(row), **_BACK, entry=entry.seq, since=before.get(row.id, entry.instant))
        for row in body.rows
    ]
    fields = [f.name for f in Site._meta.concrete_fields if f.name != "id"]  # noqa: SLF001 - Django documents _meta
    Site.objects.bulk_create(made, update_conflicts=True, unique_fields=["id"], update_fields=fields)


@projects(kinds.OWNERS_IMPORTED)
def owners_imported(entry: Written, body: kinds.OwnersImported) -> None:
    """Each owner stands as the table gives it; one that had left is back."""
    for row in body.rows:
        fields = msgspec.structs.asdict(row) | _BACK | {"entry": entry.seq}
        Owner.objects.update_or_create(
            id=row.id, defaults=fields, create_defaults=fields | {"since": entry.instant}
        )


@projects(kinds.CONTACT_SET)
def contact_set(entry: Written, body: kinds.ContactSet) -> None:
    """A contact under its own number: erasing the entry erases this row and touches no other."""
    Contact.objects.create(
        id=f"contact-{entry.seq}", seq=entry.seq, since=entry.instant, **msgspec.structs.asdict(body)
    )


@projects_erased(kinds.CONTACT_SET)
def contact_erased(entry: Written) -> None:
    """How the office was reached is gone; that it was, and when, stays."""
    blank = {"mail": "", "phone": "", "deputy_mail": "", "deputy_phone": "", "erased": True}
    told = {"seq": entry.seq, "owner": entry.subjects[0], "since": entry.instant}
    Contact.objects.update_or_create(id=f"contact-{entry.seq}", defaults=blank, create_defaults=blank | told)


@projects(kinds.SITE_WITHDRAWN)
def site_withdrawn(entry: Written, body: kinds.SiteWithdrawn) -> None:
    """A site leaves."""
    Site.objects.filter(id=body.site).update(
        withdrawn_at=entry.instant, withdrawn_reason=body.reason, entry=entry.seq
    )


@projects(kinds.OWNER_WITHDRAWN)
def owner_withdrawn(entry: Written, body: kinds.OwnerWithdrawn) -> None:
    """An owner leaves."""
    Owner.objects.filter(id=body.owner).update(
        withdrawn_at=entry.instant, withdrawn_reason=body.reason, entry=entry.seq
    )


@projects(kinds.EVENT_ADDED)
def event_added(entry: Written, body: kinds.EventAdded) -> None:
    """An event stands, or is said anew."""
    fields = msgspec.structs.asdict(body) | _BACK
    fields |= {name: date.fromisoformat(fields[name]) for name in ("start", "end", "known_on")}
    Event.objects.update_or_create(id=body.id, defaults=fields | {"entry": entry.seq})


@projects(kinds.EVENT_WITHDRAWN)
def event_withdrawn(entry: Written, body: kinds.EventWithdrawn) -> None:
    """An event leaves."""
    Event.objects.filter(id=body.event).update(
        withdrawn_at=entry.instant, withdrawn_reason=body.reason, entry=entry.seq
    )
