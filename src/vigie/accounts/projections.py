"""From entries to rows: the only writer of this room's tables."""

from datetime import datetime

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.models import Alarm, Invitation, Mandate, Move, Office, Page, Recovery
from vigie.ledger.projections import Written, projects, writing


def _instant(text: str | None) -> datetime | None:
    return times.from_text(text) if text else None


def _carry() -> None:
    """Write beside each office what it carries: its own roles, and those of the offices that name it as a deputy.

    Not of theirs in turn: a deputy's deputy stands in for the deputy alone.
    """
    offices = list(Office.objects.values_list("id", "roles", "deputies", "carried", "closed_at"))
    stood_in: dict[str, list[str]] = {}
    for _, roles, deputies, _, closed_at in offices:
        for deputy in () if closed_at else set(deputies):
            stood_in.setdefault(deputy, []).extend(roles)
    for office, roles, _, carried, _ in offices:
        carries = list(dict.fromkeys([*roles, *stood_in.get(office, ())]))
        if carries != carried:
            writing.change(Office, office, carried=carries)


@projects(kinds.OFFICE_OPENED)
def office_opened(entry: Written, body: kinds.OfficeOpened) -> None:
    """An office stands, or its title and roles change; one that was closed stands again."""
    del entry
    writing.put(Office, id=body.office, title=body.title, roles=body.roles, closed_at=None)
    _carry()


@projects(kinds.OFFICE_CLOSED)
def office_closed(entry: Written, body: kinds.OfficeClosed) -> None:
    """An office gives nothing any more, to its deputies neither."""
    writing.change(Office, body.office, closed_at=entry.instant)
    _carry()


@projects(kinds.DEPUTIES_NAMED)
def deputies_named(entry: Written, body: kinds.DeputiesNamed) -> None:
    """Other offices stand in for an office."""
    del entry
    writing.change(Office, body.office, deputies=body.deputies)
    _carry()


@projects(kinds.MANDATE_GIVEN)
def mandate_given(entry: Written, body: kinds.MandateGiven) -> None:
    """A person holds an office."""
    writing.add(
        Mandate,
        id=f"mandate-{entry.seq}",
        person=body.person,
        office_id=body.office,
        since=times.from_text(body.since),
        until=_instant(body.until),
    )


@projects(kinds.MANDATE_ENDED)
def mandate_ended(entry: Written, body: kinds.MandateEnded) -> None:
    """A mandate is over; one that had not begun never begins."""
    since = Mandate.objects.values_list("since", flat=True).get(id=body.mandate)
    writing.change(Mandate, body.mandate, until=max(entry.instant, since), end_reason=body.reason)


@projects(kinds.MOVE_PROPOSED)
def move_proposed(entry: Written, body: kinds.MoveProposed) -> None:
    """A move waits for a second administrator."""
    writing.add(
        Move,
        id=f"move-{entry.seq}",
        act=body.act,
        office=body.office,
        person=body.person,
        title=body.title,
        roles=body.roles,
        deputies=body.deputies,
        since=_instant(body.since),
        until=_instant(body.until),
        reason=body.reason,
        proposed_by=entry.by.person,
        proposed_office=entry.by.office,
        proposed_at=entry.instant,
    )


@projects(kinds.MOVE_CONFIRMED)
def move_confirmed(entry: Written, body: kinds.MoveConfirmed) -> None:
    """A second administrator agreed."""
    writing.change(
        Move,
        body.move,
        state="confirmed",
        confirmed_by=entry.by.person,
        confirmed_office=entry.by.office,
        closed_at=entry.instant,
    )


@projects(kinds.MOVE_REFUSED)
def move_refused(entry: Written, body: kinds.MoveRefused) -> None:
    """A move will not be made."""
    writing.change(Move, body.move, state="rejected", closed_at=entry.instant)


@projects(kinds.INVITATION_MADE)
def invitation_made(entry: Written, body: kinds.InvitationMade) -> None:
    """A link waits for whoever was invited."""
    writing.add(
        Invitation,
        id=f"invitation-{entry.seq}",
        office_id=body.office,
        since=times.from_text(body.since),
        until=_instant(body.until),
        expires=times.from_text(body.expires),
        made_at=entry.instant,
    )


@projects(kinds.INVITATION_ACCEPTED)
def invitation_accepted(entry: Written, body: kinds.InvitationAccepted) -> None:
    """Somebody came."""
    del entry
    writing.change(Invitation, body.invitation, state="accepted", person=body.person)


@projects(kinds.INVITATION_REVOKED)
def invitation_revoked(entry: Written, body: kinds.InvitationRevoked) -> None:
    """The link is dead."""
    del entry
    writing.change(Invitation, body.invitation, state="withdrawn")


@projects(kinds.RECOVERY_GRANTED)
def recovery_granted(entry: Written, body: kinds.RecoveryGranted) -> None:
    """A person may come back."""
    writing.add(
        Recovery,
        id=f"recovery-{entry.seq}",
        person=body.person,
        granted_at=entry.instant,
        expires=times.from_text(body.expires),
        alone=not entry.by.person,
    )


@projects(kinds.RECOVERY_USED)
def recovery_used(entry: Written, body: kinds.RecoveryUsed) -> None:
    """They are back."""
    writing.change(Recovery, body.recovery, used_at=entry.instant)


@projects(kinds.ALARM_RAISED)
def alarm_raised(entry: Written, body: kinds.AlarmRaised) -> None:
    """Every page says so."""
    writing.add(
        Alarm,
        id=f"alarm-{entry.seq}",
        what=body.what,
        about=body.about,
        person=body.person,
        raised_at=entry.instant,
        until=times.from_text(body.until),
    )


@projects(kinds.ALARM_ACKNOWLEDGED)
def alarm_acknowledged(entry: Written, body: kinds.AlarmAcknowledged) -> None:
    """Another person has seen it."""
    writing.change(
        Alarm,
        body.alarm,
        acknowledged_by=entry.by.person,
        acknowledged_office=entry.by.office,
        acknowledged_at=entry.instant,
    )


@projects(kinds.PAGE_SENT)
def page_sent(entry: Written, body: kinds.PageSent) -> None:
    """Somebody was told, or could not be."""
    writing.add(
        Page,
        id=f"page-{entry.seq}",
        about=body.about,
        version=body.version,
        person=body.person,
        office=body.office,
        deputy=body.deputy,
        at=entry.instant,
        delivered=body.delivered,
        channel=body.channel,
        why=body.why,
    )
