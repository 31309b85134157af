"""From entries to rows: the only writer of this room's tables."""

from datetime import datetime

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.models import Alarm, Invitation, Mandate, Move, Office, Page, Recovery
from vigie.ledger.projections import Written, projects


def _instant(text: str | None) -> datetime | None:
    return times.from_text(text) if text else None


def _carry() -> None:
    """Write beside each office what it carries: its own roles, and those of the offices that name it as a deputy.

    Not of theirs in turn: a deputy's deputy stands in for the deputy alone.
    """
    offices = list(Office.objects.all())
    for office in offices:
        stood_in = [
            role
            for other in offices
            if office.id in other.deputies and not other.closed_at
            for role in other.roles
        ]
        carried = list(dict.fromkeys([*office.roles, *stood_in]))
        if carried != office.carried:
            Office.objects.filter(id=office.id).update(carried=carried)


@projects(kinds.OFFICE_OPENED)
def office_opened(entry: Written, body: kinds.OfficeOpened) -> None:
    """An office stands, or its title and roles change; one that was closed stands again."""
    del entry
    Office.objects.update_or_create(
        id=body.office, defaults={"title": body.title, "roles": body.roles, "closed_at": None}
    )
    _carry()


@projects(kinds.OFFICE_CLOSED)
def office_closed(entry: Written, body: kinds.OfficeClosed) -> None:
    """An office gives nothing any more, to its deputies neither."""
    Office.objects.filter(id=body.office).update(closed_at=entry.instant)
    _carry()


@projects(kinds.DEPUTIES_NAMED)
def deputies_named(entry: Written, body: kinds.DeputiesNamed) -> None:
    """Other offices stand in for an office."""
    del entry
    Office.objects.filter(id=body.office).update(deputies=body.deputies)
    _carry()


@projects(kinds.MANDATE_GIVEN)
def mandate_given(entry: Written, body: kinds.MandateGiven) -> None:
    """A person holds an office."""
    Mandate.objects.create(
        id=f"mandate-{entry.seq}",
        person=body.person,
        office_id=body.office,
        since=times.from_text(body.since),
        until=_instant(body.until),
    )


@projects(kinds.MANDATE_ENDED)
def mandate_ended(entry: Written, body: kinds.MandateEnded) -> None:
    """A mandate is over; one that had not begun never begins."""
    mandate = Mandate.objects.get(id=body.mandate)
    Mandate.objects.filter(id=body.mandate).update(
        until=max(entry.instant, mandate.since), end_reason=body.reason
    )


@projects(kinds.MOVE_PROPOSED)
def move_proposed(entry: Written, body: kinds.MoveProposed) -> None:
    """A move waits for a second administrator."""
    Move.objects.create(
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
    Move.objects.filter(id=body.move).update(
        state="confirmed",
        confirmed_by=entry.by.person,
        confirmed_office=entry.by.office,
        closed_at=entry.instant,
    )


@projects(kinds.MOVE_REFUSED)
def move_refused(entry: Written, body: kinds.MoveRefused) -> None:
    """A move will not be made."""
    Move.objects.filter(id=body.move).update(state="rejected", closed_at=entry.instant)


@projects(kinds.INVITATION_MADE)
def invitation_made(entry: Written, body: kinds.InvitationMade) -> None:
    """A link waits for whoever was invited."""
    Invitation.objects.create(
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
    Invitation.objects.filter(id=body.invitation).update(state="accepted", person=body.person)


@projects(kinds.INVITATION_REVOKED)
def invitation_revoked(entry: Written, body: kinds.InvitationRevoked) -> None:
    """The link is dead."""
    del entry
    Invitation.objects.filter(id=body.invitation).update(state="withdrawn")


@projects(kinds.RECOVERY_GRANTED)
def recovery_granted(entry: Written, body: kinds.RecoveryGranted) -> None:
    """A person may come back."""
    Recovery.objects.create(
        id=f"recovery-{entry.seq}",
        person=body.person,
        granted_at=entry.instant,
        expires=times.from_text(body.expires),
        alone=not entry.by.person,
    )


@projects(kinds.RECOVERY_USED)
def recovery_used(entry: Written, body: kinds.RecoveryUsed) -> None:
    """They are back."""
    Recovery.objects.filter(id=body.recovery).update(used_at=entry.instant)


@projects(kinds.ALARM_RAISED)
def alarm_raised(entry: Written, body: kinds.AlarmRaised) -> None:
    """Every page says so."""
    Alarm.objects.create(
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
    Alarm.objects.filter(id=body.alarm).update(
        acknowledged_by=entry.by.person, acknowledged_office=entry.by.office, acknowledged_at=entry.instant
    )


@projects(kinds.PAGE_SENT)
def page_sent(entry: Written, body: kinds.PageSent) -> None:
    """Somebody was told, or could not be."""
    Page.objects.create(
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
