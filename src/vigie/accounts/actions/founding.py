"""The server's shell: where the first offices come from, and the way back when no administrator is left.

Who can run commands on the server has its files in hand: nothing here could stop them, so nothing here is silent.
Once a home has two administrators, what takes both and was done here by one is said on every page (an alarm). Until
then nobody could have confirmed it, and the shell is the road there is.
"""

from datetime import datetime, timedelta

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actions import making, opening
from vigie.accounts.models import Office
from vigie.accounts.rights import check_roles, weighty
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

LOUD_FOR = timedelta(hours=24)
"""How long every page says what was done here, unless another acknowledges it earlier."""

_SHELL = "shell"


@recorded
def found_office(office: str, title: str, roles: list[str], *, via: str = _SHELL) -> None:
    """Open an office, or change it. Raises UnknownRole."""
    check_roles(roles)
    loud = _is_loud(via) and weighty(roles) and Office.objects.filter(id=office).exists()
    making.office(_by(via), office, title, roles)
    if loud:
        _raise("office", office)


@recorded
def found_deputies(office: str, deputies: list[str]) -> None:
    """Name the offices that stand in for an office. Raises NotFound, OwnDeputy."""
    stands = opening.check_deputies(office, deputies)
    loud = _is_loud(_SHELL) and weighty(stands.roles) and bool(deputies)
    making.deputies(_by(_SHELL), office, deputies)
    if loud:
        _raise("deputies", office)


@recorded
def found_mandate(
    person: str,
    office: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    via: str = _SHELL,
) -> str:
    """Give a mandate. Gives its id. Raises NotFound when there is no such office."""
    since = since or times.now()
    opening.check_term(since, until)
    stands = queries.office(office)
    loud = _is_loud(via) and weighty(stands.carried)
    made = making.mandate(_by(via), person, office, since, until)
    if loud:
        _raise("mandate", made, person)
    return made


@recorded
def end_here(mandate: str, reason: str) -> None:
    """End a mandate, the last administrator's too. Raises NotFound, EndedAlready."""
    opening.end(_by(_SHELL), mandate, reason)


@recorded
def close_here(office: str, reason: str) -> None:
    """Close an office. Raises NotFound, NoReason."""
    opening.close(_by(_SHELL), office, reason)


@recorded
def found_recovery(person: str) -> str:
    """Let a person set new credentials, on the word of whoever runs the server: always loud. Gives the recovery's id."""
    made = making.recovery(_by(_SHELL), person)
    _raise("recovery", made, person)
    return made


def _by(via: str) -> By:
    return By(person="", office="", via=via)


def _is_loud(via: str) -> bool:
    """Say whether two administrators stand who could have done it together; a replay's stage has no audience."""
    return via == _SHELL and len(queries.administrators()) > 1


def _raise(what: str, about: str, person: str = "") -> None:
    body = kinds.AlarmRaised(what=what, about=about, person=person, until=times.text(times.now() + LOUD_FOR))
    append(_by(_SHELL), kinds.ALARM_RAISED, body, subjects=[about])
