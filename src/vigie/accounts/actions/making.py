"""What a move makes, once it may be made: one entry each, appended in the name of who had the last word."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.models import Move
from vigie.errors import BadInput
from vigie.ledger.actions import append
from vigie.ledger.kinds import By

INVITED_FOR = timedelta(hours=72)
"""How long the link of an invitation works."""

RECOVERED_FOR = timedelta(hours=24)
"""How long the code of a recovery works."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class BadOffice(BadInput):
    """An id that no office can have."""


def _text(instant: datetime | None) -> str | None:
    return times.text(instant) if instant else None


def office(by: By, id: str, title: str, roles: list[str]) -> str:  # noqa: A002 - the record calls it so
    """Open an office, or change it. Gives its id. Raises BadOffice: entries name offices and owners' links in one field."""
    if not _NAME.fullmatch(id):
        raise BadOffice(
            "{given!r} cannot name an office. Expected 1 to 63 small letters, digits or hyphens.", given=id
        )
    append(by, kinds.OFFICE_OPENED, kinds.OfficeOpened(office=id, title=title, roles=roles), subjects=[id])
    return id


def deputies(by: By, id: str, names: list[str]) -> str:  # noqa: A002
    """Name the deputies of an office. Gives its id."""
    body = kinds.DeputiesNamed(office=id, deputies=names)
    append(by, kinds.DEPUTIES_NAMED, body, subjects=[id, *names])
    return id


def mandate(by: By, person: str, id: str, since: datetime, until: datetime | None) -> str:  # noqa: A002
    """Give an office. Gives the mandate's id."""
    body = kinds.MandateGiven(person=person, office=id, since=times.text(since), until=_text(until))
    return f"mandate-{append(by, kinds.MANDATE_GIVEN, body, subjects=[id, person]).seq}"


def invitation(by: By, id: str, since: datetime, until: datetime | None) -> str:  # noqa: A002
    """Offer an office to whoever is handed the link. Gives the invitation's id."""
    expires = times.text(times.now() + INVITED_FOR)
    body = kinds.InvitationMade(office=id, since=times.text(since), until=_text(until), expires=expires)
    return f"invitation-{append(by, kinds.INVITATION_MADE, body, subjects=[id]).seq}"


def recovery(by: By, person: str) -> str:
    """Let a person set new credentials. Gives the recovery's id."""
    body = kinds.RecoveryGranted(person=person, expires=times.text(times.now() + RECOVERED_FOR))
    return f"recovery-{append(by, kinds.RECOVERY_GRANTED, body, subjects=[person]).seq}"


MAKES: dict[str, Callable[[By, Move], str]] = {
    "office": lambda by, move: office(by, move.office, move.title, list(move.roles)),
    "deputies": lambda by, move: deputies(by, move.office, list(move.deputies)),
    "mandate": lambda by, move: mandate(by, move.person, move.office, move.since or times.now(), move.until),
    "invitation": lambda by, move: invitation(by, move.office, move.since or times.now(), move.until),
    "recovery": lambda by, move: recovery(by, move.person),
}
"""What each act of a move appends."""
