"""From entries to rows: the only writer of this room's tables."""

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q

from vigie import times
from vigie.alert import kinds, queries
from vigie.alert.models import Announcement, Decision, Keeping, Meeting, Outcome, Reception, StandDown
from vigie.ledger.projections import Written, projects, writing


def _instant(text: str | None) -> datetime | None:
    return times.from_text(text) if text else None


def _end(ids: list[str], by: str, hour: datetime, written: datetime, state: str = "superseded") -> None:
    """Let levels end at `hour` because of `by`; one that would have begun only then ends as this is written."""
    at = max(hour, written)
    for model in (Decision, Reception):
        for row in model.objects.filter(id__in=ids) if ids else ():
            ends = written if row.effective >= at else at
            if isinstance(row, Decision) and row.state == "alone" and row.broken_until:
                ends = min(ends, row.broken_until)
            writing.change(model, row.id, state=state, ended_at=ends, ended_by=by)


def _restore(ids: list[str]) -> None:
    """Let levels stand again whose end another level had brought that is gone itself."""
    for model in (Decision, Reception):
        for row in model.objects.filter(id__in=ids) if ids else ():
            writing.change(model, row.id, state=row.unended, ended_at=None, ended_by="")


@projects(kinds.PROPOSED)
def proposed(entry: Written, body: kinds.Proposed) -> None:
    """A proposal stands."""
    writing.add(
        Decision,
        id=f"decision-{entry.seq}",
        scheme=body.scheme,
        edition=body.edition,
        code=body.code,
        zone=body.zone,
        reasons=body.reasons,
        legal_basis=body.legal_basis,
        assessment=body.assessment,
        effective=times.from_text(body.effective),
        until=_instant(body.until),
        review=times.from_text(body.review),
        state="proposed",
        digest=body.digest,
        proposed_by=entry.by.person,
        proposed_office=entry.by.office,
        proposed_at=entry.instant,
        editors=[entry.by.person],
    )


@projects(kinds.REVISED)
def revised(entry: Written, body: kinds.Revised) -> None:
    """A proposal is written anew; whoever did it is an editor."""
    editors = Decision.objects.values_list("editors", flat=True).get(id=body.decision)
    writing.change(
        Decision,
        body.decision,
        code=body.code,
        reasons=body.reasons,
        legal_basis=body.legal_basis,
        assessment=body.assessment,
        effective=times.from_text(body.effective),
        until=_instant(body.until),
        review=times.from_text(body.review),
        digest=body.digest,
        state="proposed",
        state_reason="",
        editors=list(dict.fromkeys([*editors, entry.by.person])),
    )


@projects(kinds.RETURNED)
def returned(entry: Written, body: kinds.Returned) -> None:
    """A proposal goes back."""
    del entry
    writing.change(Decision, body.decision, state="returned", state_reason=body.reason)


@projects(kinds.REJECTED)
def rejected(entry: Written, body: kinds.Rejected) -> None:
    """A proposal is refused."""
    writing.change(
        Decision, body.decision, state="rejected", state_reason=body.reason, ended_at=entry.instant
    )


@projects(kinds.APPROVED)
def approved(entry: Written, body: kinds.Approved) -> None:
    """A decision is signed and in force from its hour; what it takes the place of ends then."""
    writing.change(
        Decision,
        body.decision,
        state="in force",
        approved_by=entry.by.person,
        approved_office=entry.by.office,
        decided_at=entry.instant,
    )
    hour = Decision.objects.values_list("effective", flat=True).get(id=body.decision)
    _end(body.supersedes, body.decision, hour, entry.instant)


@projects(kinds.GLASS_BROKEN)
def glass_broken(entry: Written, body: kinds.GlassBroken) -> None:
    """One person set a level; what stood before still stands under it, and holds again when this ends."""
    writing.change(
        Decision,
        body.decision,
        state="alone",
        glass="owed",
        broken_by=entry.by.person,
        broken_office=entry.by.office,
        broken_reason=body.reason,
        broken_until=times.from_text(body.until),
        decided_at=entry.instant,
    )


@projects(kinds.COUNTERSIGNED)
def countersigned(entry: Written, body: kinds.Countersigned) -> None:
    """Another person signed; with the second of them the level is decided as any other."""
    if not body.complete:
        writing.change(
            Decision,
            body.decision,
            countersigned_by=entry.by.person,
            countersigned_office=entry.by.office,
            countersigned_at=entry.instant,
        )
        return
    signed = {"approved_by": entry.by.person, "approved_office": entry.by.office}
    writing.change(Decision, body.decision, glass="countersigned", **signed)
    Decision.objects.filter(id=body.decision, state="alone").update(state="in force")
    _end(body.supersedes, body.decision, entry.instant, entry.instant)


@projects(kinds.GLASS_REFUSED)
def glass_refused(entry: Written, body: kinds.GlassRefused) -> None:
    """Another person ended it, before a signed level was to take its place too; one that had ended already is refused all the same."""
    writing.change(Decision, body.decision, glass="refused", state_reason=body.reason)
    to_give_way = Q(state="superseded", ended_at__gt=entry.instant)
    stood = Decision.objects.filter(Q(state="alone") | to_give_way, id=body.decision)
    stood.update(state="rejected", ended_at=entry.instant, ended_by="")


@projects(kinds.GLASS_LAPSED)
def glass_lapsed(entry: Written, body: kinds.GlassLapsed) -> None:
    """Its hour came; two others still owe their word on it."""
    writing.change(Decision, body.decision, state="lapsed", ended_at=entry.instant)


@projects(kinds.ANNOUNCED)
def announced(entry: Written, body: kinds.Announced) -> None:
    """The public was told."""
    writing.add(
        Announcement,
        id=f"announcement-{entry.seq}",
        level=body.level,
        announcer=body.announcer,
        where=body.where,
        announced=times.from_text(body.announced),
    )


@projects(kinds.RECEIVED)
def received(entry: Written, body: kinds.Received) -> None:
    """A level decided elsewhere is on the record."""
    writing.add(
        Reception,
        id=f"reception-{entry.seq}",
        scheme=body.scheme,
        edition=body.edition,
        code=body.code,
        zone=body.zone,
        authority=body.authority,
        words=body.words,
        source=body.source,
        source_sha256=body.source_sha256,
        effective=times.from_text(body.effective),
        until=_instant(body.until),
        state=body.state,
        received_by=entry.by.person,
        received_office=entry.by.office,
        received_at=entry.instant,
    )
    hour = times.from_text(body.effective)
    _end(body.supersedes, f"reception-{entry.seq}", hour, entry.instant)


@projects(kinds.LOOKED)
def looked(entry: Written, body: kinds.Looked) -> None:
    """A second person looked."""
    writing.change(
        Reception,
        body.reception,
        state="in force" if body.agrees else "withdrawn",
        state_reason=body.reason,
        looked_by=entry.by.person,
        looked_office=entry.by.office,
        looked_at=entry.instant,
        ended_at=None if body.agrees else entry.instant,
    )
    hour = Reception.objects.values_list("effective", flat=True).get(id=body.reception)
    _end(body.supersedes, body.reception, hour, entry.instant)
    _restore(body.restores)


@projects(kinds.EXPIRED)
def expired(entry: Written, body: kinds.Expired) -> None:
    """A level reached its hour."""
    for model in (Decision, Reception):
        writing.change(model, body.level, state="expired", ended_at=entry.instant)


@projects(kinds.KEPT)
def kept(entry: Written, body: kinds.Kept) -> None:
    """Measures stay on with a level that was signed."""
    writing.add(
        Keeping,
        id=body.level,
        measures=body.measures,
        reason=body.reason,
        digest=body.digest,
        kept_office=entry.by.office,
        kept_at=entry.instant,
    )


@projects(kinds.STAND_DOWN_PROPOSED)
def stand_down_proposed(entry: Written, body: kinds.StandDownProposed) -> None:
    """It is said that a level stands no longer."""
    writing.add(
        StandDown,
        id=f"standdown-{entry.seq}",
        level=body.level,
        reason=body.reason,
        authority=body.authority,
        words=body.words,
        source=body.source,
        source_sha256=body.source_sha256,
        effective=times.from_text(body.effective),
        digest=body.digest,
        state="proposed",
        proposed_by=entry.by.person,
        proposed_office=entry.by.office,
        proposed_at=entry.instant,
    )


@projects(kinds.STAND_DOWN_SETTLED)
def stand_down_settled(entry: Written, body: kinds.StandDownSettled) -> None:
    """A second person signed that a level stands no longer, or not; it ends at the hour that was signed."""
    writing.change(
        StandDown,
        body.stand_down,
        state="signed" if body.agrees else "rejected",
        state_reason=body.reason,
        signed_by=entry.by.person,
        signed_office=entry.by.office,
        signed_at=entry.instant,
    )
    if not body.agrees:
        return
    hour = StandDown.objects.values_list("effective", flat=True).get(id=body.stand_down)
    before = queries.level(body.level)
    _end([body.level], body.stand_down, hour, entry.instant, state="stood down")
    _restore(body.restores)
    if before.state == "superseded" and before.ended_at:  # what would have ended it ends what goes on instead
        _end(body.restores, before.ended_by, before.ended_at, entry.instant)


@projects(kinds.CONVENED)
def convened(entry: Written, body: kinds.Convened) -> None:
    """A meeting is convened."""
    _convene(entry, body, dossier=body.dossier)


@projects(kinds.CONVENED_SEALED)
def convened_sealed(entry: Written, body: kinds.ConvenedSealed) -> None:
    """A meeting is convened, with all it has before it."""
    sealed = msgspec.to_builtins(body.dossier)
    _convene(entry, body, dossier=body.dossier.ids, sealed=sealed, digest=body.digest)


def _convene(entry: Written, body: kinds.Convened | kinds.ConvenedSealed, **dossier: Any) -> None:
    writing.add(
        Meeting,
        id=f"meeting-{entry.seq}",
        title=body.title,
        question=body.question,
        agenda=body.agenda,
        offices=body.offices,
        held=times.from_text(body.held),
        convened_at=entry.instant,
        convened_office=entry.by.office,
        position=body.position,
        root=body.root,
        **dossier,
    )


@projects(kinds.RESOLVED)
def resolved(entry: Written, body: kinds.Resolved) -> None:
    """A meeting decided something that an office owes."""
    writing.add(
        Outcome,
        id=f"outcome-{entry.seq}",
        meeting_id=body.meeting,
        words=body.words,
        becomes=body.becomes,
        office=body.office,
        due=times.from_text(body.due),
        resolved_at=entry.instant,
        resolved_office=entry.by.office,
    )


@projects(kinds.SETTLED)
def settled(entry: Written, body: kinds.Settled) -> None:
    """What a meeting decided is closed."""
    writing.change(
        Outcome,
        body.outcome,
        closed_at=entry.instant,
        closed_office=entry.by.office,
        done=body.done,
        closing=body.words,
        decision=body.decision,
    )
