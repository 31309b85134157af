"""From entries to offices and mandates."""

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.models import Mandate, Office
from vigie.ledger.projections import Written, projects


@projects(kinds.OFFICE_OPENED)
def office_opened(entry: Written, body: kinds.OfficeOpened) -> None:
    """An office stands, or its title and roles change."""
    del entry
    Office.objects.update_or_create(id=body.office, defaults={"title": body.title, "roles": body.roles})


@projects(kinds.MANDATE_GIVEN)
def mandate_given(entry: Written, body: kinds.MandateGiven) -> None:
    """A person holds an office."""
    Mandate.objects.create(
        id=f"mandate-{entry.seq}",
        person=body.person,
        office_id=body.office,
        since=times.from_text(body.since),
        until=times.from_text(body.until) if body.until else None,
    )


@projects(kinds.MANDATE_ENDED)
def mandate_ended(entry: Written, body: kinds.MandateEnded) -> None:
    """A mandate is over."""
    Mandate.objects.filter(id=body.mandate).update(until=entry.instant)
