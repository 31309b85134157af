"""From entries to rows: the only writer of this room's tables."""

from collections.abc import Sequence
from datetime import date

import msgspec

from vigie.exposure import kinds, owners_csv
from vigie.exposure.models import Contact, Event, Owner, Site
from vigie.ledger.projections import Written, projects, projects_erased, writing

_BACK = {"withdrawn_at": None, "withdrawn_reason": ""}


@projects(kinds.SITES_IMPORTED)
def sites_imported(entry: Written, body: kinds.SitesImported) -> None:
    """Each row stands as the table gives it; a site that had left is back."""
    _import(Site, entry, body.rows)


@projects(kinds.OWNERS_IMPORTED)
def owners_imported(entry: Written, body: kinds.OwnersImported) -> None:
    """Each owner stands as the table gives it; one that had left is back."""
    _import(Owner, entry, body.rows)


def _import(model: type[Site | Owner], entry: Written, given: Sequence[msgspec.Struct]) -> None:
    stands = _BACK | {"entry": entry.seq, "since": writing.Once(entry.instant)}
    writing.put_each(model, [msgspec.structs.asdict(row) | stands for row in given])


@projects(kinds.CONTACT_SET)
def contact_set(entry: Written, body: kinds.ContactSet) -> None:
    """A contact under its own number: erasing the entry erases this row and touches no other."""
    own = {"id": f"contact-{entry.seq}", "seq": entry.seq, "since": entry.instant}
    writing.add(Contact, **own, **msgspec.structs.asdict(body))


@projects_erased(kinds.CONTACT_SET)
def contact_erased(entry: Written) -> None:
    """How the office was reached is gone; that it was, and when, stays."""
    own = {"id": f"contact-{entry.seq}", "seq": entry.seq, "owner": entry.subjects[0], "since": entry.instant}
    writing.put(Contact, **own, **dict.fromkeys(owners_csv.WAYS, ""), erased=True)


@projects(kinds.SITE_WITHDRAWN)
def site_withdrawn(entry: Written, body: kinds.SiteWithdrawn) -> None:
    """A site leaves."""
    _leave(Site, body.site, entry, body.reason)


@projects(kinds.OWNER_WITHDRAWN)
def owner_withdrawn(entry: Written, body: kinds.OwnerWithdrawn) -> None:
    """An owner leaves."""
    _leave(Owner, body.owner, entry, body.reason)


@projects(kinds.EVENT_WITHDRAWN)
def event_withdrawn(entry: Written, body: kinds.EventWithdrawn) -> None:
    """An event leaves."""
    _leave(Event, body.event, entry, body.reason)


def _leave(model: type[Site | Owner | Event], key: str, entry: Written, reason: str) -> None:
    writing.change(model, key, withdrawn_at=entry.instant, withdrawn_reason=reason, entry=entry.seq)


@projects(kinds.EVENT_ADDED)
def event_added(entry: Written, body: kinds.EventAdded) -> None:
    """An event stands, or is said anew."""
    fields = msgspec.structs.asdict(body) | _BACK
    fields |= {name: date.fromisoformat(fields[name]) for name in ("start", "end", "known_on")}
    writing.put(Event, **fields, entry=entry.seq)
