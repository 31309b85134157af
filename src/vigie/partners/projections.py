"""From entries to rows: the only writer of this room's tables."""

import msgspec

from vigie.ledger.projections import Written, projects, writing
from vigie.partners import kinds
from vigie.partners.models import OriginatorConsent, Partner, Release, ReleasedObject


@projects(kinds.AGREED)
def agreed(entry: Written, body: kinds.Agreed) -> None:
    """A partner is known, or what was agreed with it changes."""
    writing.put(
        Partner,
        id=body.audience,
        name=body.name,
        contact=body.contact,
        ceiling=body.ceiling,
        honours=body.honours,
        agreed_office=entry.by.office,
        agreed_at=entry.instant,
    )


@projects(kinds.CONSENTED)
def consented(entry: Written, body: kinds.Consented) -> None:
    """An originator agreed."""
    writing.add(
        OriginatorConsent,
        id=f"consent-{entry.seq}",
        originator=body.originator,
        item=body.item,
        audience_id=body.audience,
        words=body.words,
        office=entry.by.office,
        at=entry.instant,
    )


@projects(kinds.PROPOSED)
def proposed(entry: Written, body: kinds.Proposed) -> None:
    """A release waits."""
    release = f"release-{entry.seq}"
    writing.add(
        Release,
        id=release,
        audience_id=body.draft.audience,
        title=body.draft.title,
        marking=body.draft.marking,
        draft=msgspec.to_builtins(body.draft),
        ids=body.ids,
        digest=body.digest,
        state="proposed",
        proposed_by=entry.by.person,
        proposed_office=entry.by.office,
        proposed_at=entry.instant,
    )
    writing.add_each(
        ReleasedObject,
        (
            {
                "id": f"{release}-{element.key}",
                "release_id": release,
                "key": element.key,
                "uuid": body.ids.get(element.key, ""),
                "sources": list(element.sources),
            }
            for element in body.draft.elements
        ),
    )


@projects(kinds.REJECTED)
def rejected(entry: Written, body: kinds.Rejected) -> None:
    """A release does not go."""
    del entry
    writing.change(Release, body.release, state="rejected", reason=body.reason)


@projects(kinds.APPROVED)
def approved(entry: Written, body: kinds.Approved) -> None:
    """A release left."""
    writing.change(
        Release,
        body.release,
        state="released",
        approved_by=entry.by.person,
        approved_office=entry.by.office,
        released_at=entry.instant,
        bundle=body.bundle,
        sha256=body.sha256,
    )


@projects(kinds.WITHDRAWN)
def withdrawn(entry: Written, body: kinds.Withdrawn) -> None:
    """A release is taken back."""
    writing.change(
        Release,
        body.release,
        state="withdrawn",
        reason=body.reason,
        withdrawn_office=entry.by.office,
        withdrawn_at=entry.instant,
        withdrawal=body.bundle,
        withdrawal_sha256=body.sha256,
    )
