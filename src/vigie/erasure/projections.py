"""From entries to rows: the only writer of this room's tables."""

from datetime import date

from vigie.erasure import kinds
from vigie.erasure.models import Erasure, Request
from vigie.ledger.kinds import ERASED, Erased
from vigie.ledger.projections import Written, projects, writing


@projects(kinds.REQUEST_RECEIVED)
def request_received(entry: Written, body: kinds.RequestReceived) -> None:
    """A request waits for its answer."""
    writing.add(
        Request,
        id=f"request-{entry.seq}",
        what=body.what,
        reference=body.reference,
        entries=body.entries,
        received=date.fromisoformat(body.received),
        due=date.fromisoformat(body.due),
        noted_at=entry.instant,
        noted_office=entry.by.office,
    )


@projects(kinds.REQUEST_ANSWERED)
def request_answered(entry: Written, body: kinds.RequestAnswered) -> None:
    """It was answered."""
    writing.change(
        Request,
        body.request,
        outcome=body.outcome,
        words=body.words,
        answered_at=entry.instant,
        answered_office=entry.by.office,
    )


@projects(kinds.PROPOSED)
def proposed(entry: Written, body: kinds.ErasureProposed) -> None:
    """An erasure waits for a second person."""
    writing.add(
        Erasure,
        id=f"erasure-{entry.seq}",
        entries=body.entries,
        ground=body.ground,
        authority=body.authority,
        request=body.request,
        state="proposed",
        proposed_by=entry.by.person,
        proposed_office=entry.by.office,
        proposed_at=entry.instant,
    )


@projects(kinds.REFUSED)
def refused(entry: Written, body: kinds.ErasureRefused) -> None:
    """The entries stay."""
    writing.change(
        Erasure,
        body.erasure,
        state="rejected",
        reason=body.reason,
        done_office=entry.by.office,
        done_at=entry.instant,
    )


@projects(ERASED)
def erased(entry: Written, body: Erased) -> None:
    """Entries were erased: as two persons wanted it, or because a term was over."""
    done = {
        "state": "erased",
        "done_by": entry.by.person,
        "done_office": entry.by.office,
        "done_at": entry.instant,
    }
    if Erasure.objects.filter(id__in=entry.subjects).update(**done, entries=body.entries):
        return
    writing.add(
        Erasure,
        id=f"erasure-{entry.seq}",
        entries=body.entries,
        ground=body.ground,
        authority=body.authority,
        proposed_by="",
        proposed_office="",
        proposed_at=entry.instant,
        **done,
    )
