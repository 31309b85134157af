"""From entries to rows: the only writer of this room's tables."""

import msgspec

from vigie import times
from vigie.ledger.projections import Written, projects, writing
from vigie.warning import kinds
from vigie.warning.models import Fact, Message, Publication


@projects(kinds.DRAFTED)
def drafted(entry: Written, body: kinds.Drafted) -> None:
    """A message waits."""
    writing.add(
        Message,
        id=f"message-{entry.seq}",
        level_id=body.level,
        scheme=body.scheme,
        zone=body.zone,
        code=body.code,
        identifier=body.identifier,
        kind=body.kind,
        status=body.status,
        sent=times.from_text(body.sent),
        expires=times.from_text(body.expires),
        references=body.references,
        texts=msgspec.to_builtins(body.texts),
        cap=body.cap,
        digest=body.digest,
        reason=body.reason,
        state="waits",
        drafted_by=entry.by.person,
        drafted_office=entry.by.office,
        drafted_at=entry.instant,
        authors=body.authors,
    )


@projects(kinds.APPROVED)
def approved(entry: Written, body: kinds.Approved) -> None:
    """A message is issued."""
    writing.change(
        Message,
        body.message,
        state="issued",
        approved_by=entry.by.person,
        approved_office=entry.by.office,
        approved_at=entry.instant,
    )


@projects(kinds.WITHDRAWN)
def withdrawn(entry: Written, body: kinds.Withdrawn) -> None:
    """A draft is taken back."""
    del entry
    writing.change(Message, body.message, state="withdrawn", state_reason=body.reason)


@projects(kinds.PUBLISHED)
def published(entry: Written, body: kinds.Published) -> None:
    """The site was made anew."""
    writing.add(
        Publication,
        id=f"publication-{entry.seq}",
        because=body.because,
        files=msgspec.to_builtins(body.files),
        published_at=entry.instant,
        published_office=entry.by.office,
    )


@projects(kinds.FACT_STATED)
def fact_stated(entry: Written, body: kinds.FactStated) -> None:
    """Something is stated."""
    writing.add(
        Fact,
        id=f"fact-{entry.seq}",
        zone=body.zone,
        state=body.state,
        texts=body.texts,
        source=body.source,
        href=body.href,
        stated_at=entry.instant,
        stated_office=entry.by.office,
        replaces_id=body.replaces or None,
    )
