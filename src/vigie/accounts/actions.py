"""Verbs on offices and mandates, and the door every verb of every room goes through."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actors import Actor
from vigie.accounts.models import Mandate
from vigie.accounts.rights import NotAllowed, check_roles, roles_with
from vigie.errors import NotFound
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By

P = ParamSpec("P")
R = TypeVar("R")


def verb(right: str) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a verb: the right is asked inside the transaction, and all of it stands or falls together.

    The function takes the actor first. Raises NotAllowed when the actor's office does not carry `right` now.
    """

    def wrap(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        @recorded
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(actor, right)
            return function(actor, *args, **kwargs)

        run.right = right  # type: ignore[attr-defined]
        return run

    return wrap


def require(actor: Actor, right: str) -> None:
    """Raise NotAllowed unless the actor may use `right`."""
    if not queries.may(actor, right):
        raise NotAllowed(
            "The office {office} may not do this ({right}). It belongs to: {roles}.",
            office=actor.office or "-",
            right=right,
            roles=", ".join(roles_with(right)) or "-",
        )


@recorded
def found_office(office: str, title: str, roles: list[str], *, via: str = "shell") -> None:
    """Open an office from the server's shell, where no office exists yet to allow it."""
    check_roles(roles)
    append(
        By(person="", office="", via=via),
        kinds.OFFICE_OPENED,
        kinds.OfficeOpened(office=office, title=title, roles=roles),
        subjects=[office],
    )


@recorded
def found_mandate(person: str, office: str, *, since: datetime | None = None, via: str = "shell") -> str:
    """Give a mandate from the server's shell. Gives its id."""
    body = kinds.MandateGiven(
        person=person, office=office, since=times.text(since or times.now()), until=None
    )
    return f"mandate-{append(By(person='', office='', via=via), kinds.MANDATE_GIVEN, body, subjects=[office, person]).seq}"


@verb("accounts.office.open")
def open_office(actor: Actor, office: str, title: str, roles: list[str]) -> None:
    """Open an office, or change its title and roles. Raises UnknownRole."""
    check_roles(roles)
    append(
        actor.by(),
        kinds.OFFICE_OPENED,
        kinds.OfficeOpened(office=office, title=title, roles=roles),
        subjects=[office],
    )


@verb("accounts.mandate.give")
def give_mandate(
    actor: Actor, person: str, office: str, *, since: datetime, until: datetime | None = None
) -> str:
    """Give a person an office from an instant, until another or further notice. Gives the mandate's id."""
    body = kinds.MandateGiven(
        person=person, office=office, since=times.text(since), until=times.text(until) if until else None
    )
    return f"mandate-{append(actor.by(), kinds.MANDATE_GIVEN, body, subjects=[office, person]).seq}"


@verb("accounts.mandate.give")
def end_mandate(actor: Actor, mandate: str, reason: str) -> None:
    """End a mandate now. Raises NotFound."""
    if not Mandate.objects.filter(id=mandate).exists():
        raise NotFound("There is no mandate {given}.", given=mandate)
    append(
        actor.by(),
        kinds.MANDATE_ENDED,
        kinds.MandateEnded(mandate=mandate, reason=reason),
        subjects=[mandate],
    )
