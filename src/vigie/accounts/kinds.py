"""Entries of this room: offices, who holds them and how they came to, refusals. Names, addresses and secrets stay at the desk."""

from vigie.ledger.kinds import Body, Kind


class OfficeOpened(Body):
    """An office, the roles it carries, and its title in words."""

    office: str
    title: str
    roles: list[str]


class OfficeClosed(Body):
    """An office gives no right any more, whoever holds it."""

    office: str
    reason: str


class DeputiesNamed(Body):
    """The offices that stand in for an office: they carry its roles besides their own."""

    office: str
    deputies: list[str]


class MandateGiven(Body):
    """A person (opaque id) holds an office from an instant, until another or further notice."""

    person: str
    office: str
    since: str
    until: str | None


class MandateEnded(Body):
    """A mandate ends now."""

    mandate: str
    reason: str


class MoveProposed(Body):
    """One administrator wants what takes two. act: office, deputies, mandate, invitation or recovery.

    Fields that an act does not need are empty.
    """

    act: str
    office: str
    person: str
    title: str
    roles: list[str]
    deputies: list[str]
    since: str | None
    until: str | None
    reason: str


class MoveConfirmed(Body):
    """A second administrator agrees; the entry of the act itself follows."""

    move: str


class MoveRefused(Body):
    """A move will not be made."""

    move: str
    reason: str


class InvitationMade(Body):
    """An office is offered by a link that works once, until `expires`."""

    office: str
    since: str
    until: str | None
    expires: str


class InvitationAccepted(Body):
    """Somebody came by the link and now signs in; the entry of their mandate follows."""

    invitation: str
    person: str


class InvitationRevoked(Body):
    """The link no longer opens anything."""

    invitation: str
    reason: str


class RecoveryGranted(Body):
    """A person may set new credentials with a code that is handed to them, once, until `expires`."""

    person: str
    expires: str


class RecoveryUsed(Body):
    """New credentials were set; those before, and every session opened with them, are void."""

    recovery: str
    person: str


class AlarmRaised(Body):
    """One person alone did what takes two, at the server's shell. Every page says so until `until`.

    what: office, deputies, mandate or recovery; person: whom it serves, empty when nobody in particular.
    """

    what: str
    about: str
    person: str
    until: str


class AlarmAcknowledged(Body):
    """Another person has seen it."""

    alarm: str


class PageSent(Body):
    """A person was told that something waits for them. version: digest of what waits, empty when it cannot change.

    channel: kind of the channel that took it, or did not; the address stays at the desk.
    """

    about: str
    version: str
    person: str
    office: str
    deputy: bool
    delivered: bool
    channel: str
    why: str


class RefusedLine(Body):
    """So many refusals of one kind to one person (opaque id, empty for a stranger) in one office.

    what: name of the door, or the right a verb asked for; why: name of the refusal.
    """

    person: str
    office: str
    via: str
    what: str
    method: str
    why: str
    count: int
    since: str
    until: str


class RefusalsNoted(Body):
    """Refusals gathered over some minutes; left: refusals beyond the lines that fit."""

    since: str
    until: str
    lines: list[RefusedLine]
    left: int


class AssertionKept(Body):
    """How a person showed, for one solemn act, that it is they: `vigie.accounts.signing_in.proof` checks it again.

    entry: place of the act in the record; act, subject, digest, nonce: what they stood for; method: passkey, password
    and code, or password. The rest is the passkey's assertion, base64url; empty without one.
    """

    entry: int
    act: str
    subject: str
    digest: str
    nonce: str
    method: str
    rp: str
    credential: str
    public_key: str
    authenticator_data: str
    client_data: str
    signature: str


class SessionBegun(Body):
    """A person signed in. method: what they showed."""

    person: str
    method: str


class SessionEnded(Body):
    """A person ended sessions of their own, by hand. count: how many."""

    person: str
    count: int


class SessionsEnded(Body):
    """Every session of a person was ended by somebody else. count: how many there were."""

    person: str
    count: int
    reason: str


class SignInChanged(Body):
    """A person's ways to sign in changed: which way, never its secret."""

    person: str
    change: str


class PersonBarred(Body):
    """A person signs in no more, until readmitted."""

    person: str
    reason: str


class PersonReadmitted(Body):
    """A person who was barred may sign in again."""

    person: str
    reason: str


class ReadLine(Body):
    """So many readings of one restricted thing by one person in one office, from when to when.

    what: name of the door; item: the thing's own id as the address gives it, empty for a list; reason: as they gave it.
    """

    person: str
    office: str
    via: str
    what: str
    item: str
    reason: str
    count: int
    since: str
    until: str


class ReadsNoted(Body):
    """Who opened what is restricted since the last such entry."""

    since: str
    until: str
    lines: list[ReadLine]


OFFICE_OPENED = Kind("accounts.office.opened", 1, OfficeOpened)
OFFICE_CLOSED = Kind("accounts.office.closed", 1, OfficeClosed)
DEPUTIES_NAMED = Kind("accounts.office.deputies", 1, DeputiesNamed)
MANDATE_GIVEN = Kind("accounts.mandate.given", 1, MandateGiven)
MANDATE_ENDED = Kind("accounts.mandate.ended", 1, MandateEnded)
MOVE_PROPOSED = Kind("accounts.move.proposed", 1, MoveProposed)
MOVE_CONFIRMED = Kind("accounts.move.confirmed", 1, MoveConfirmed, solemn=True)
MOVE_REFUSED = Kind("accounts.move.refused", 1, MoveRefused)
INVITATION_MADE = Kind("accounts.invitation.made", 1, InvitationMade)
INVITATION_ACCEPTED = Kind("accounts.invitation.accepted", 1, InvitationAccepted)
INVITATION_REVOKED = Kind("accounts.invitation.revoked", 1, InvitationRevoked)
RECOVERY_GRANTED = Kind("accounts.recovery.granted", 1, RecoveryGranted, solemn=True)
RECOVERY_USED = Kind("accounts.recovery.used", 1, RecoveryUsed)
ALARM_RAISED = Kind("accounts.alarm.raised", 1, AlarmRaised, solemn=True)
ALARM_ACKNOWLEDGED = Kind("accounts.alarm.acknowledged", 1, AlarmAcknowledged)
PAGE_SENT = Kind("accounts.page.sent", 1, PageSent)
# Who came, read and was refused, and when: personal data of those who work here, which has its term.
REFUSALS_NOTED = Kind("accounts.refusals.noted", 1, RefusalsNoted, erasable=True)
READS_NOTED = Kind("accounts.reads.noted", 1, ReadsNoted, erasable=True)
# How a finger or a password was given tells of a person's body and machine: it can be erased, the act stays.
ASSERTION_KEPT = Kind("accounts.assertion.kept", 1, AssertionKept, erasable=True)
SESSION_BEGUN = Kind("accounts.session.begun", 1, SessionBegun, erasable=True)
SESSION_ENDED = Kind("accounts.session.ended", 1, SessionEnded, erasable=True)
SESSIONS_ENDED = Kind("accounts.sessions.ended", 1, SessionsEnded)
SIGN_IN_CHANGED = Kind("accounts.sign_in.changed", 1, SignInChanged)
PERSON_BARRED = Kind("accounts.person.barred", 1, PersonBarred)
PERSON_READMITTED = Kind("accounts.person.readmitted", 1, PersonReadmitted)
