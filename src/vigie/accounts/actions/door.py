"""The door every verb of every room goes through."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from vigie.accounts import queries
from vigie.accounts.actors import Actor
from vigie.accounts.rights import NotAllowed, roles_with
from vigie.desk.actions import count_refusal
from vigie.errors import Refused
from vigie.ledger.actions import recorded

P = ParamSpec("P")
R = TypeVar("R")


def verb(right: str) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a verb: the right is asked inside the transaction, and all of it stands or falls together.

    The function takes the actor first. Raises NotAllowed when the actor's office does not carry `right` now. Whatever is
    refused is counted for the record, by whichever road it came.
    """

    def wrap(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @recorded
        def kept(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(actor, right)
            return function(actor, *args, **kwargs)

        @wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return kept(actor, *args, **kwargs)
            except Refused as refused:
                note(refused, actor, right)
                raise

        run.right = right  # type: ignore[attr-defined]
        return run

    return wrap


def note(refused: Refused, actor: Actor, what: str) -> None:
    """Count a refusal once for the record. what: the right a verb asked for."""
    if not refused.noted:
        refused.noted = True
        count_refusal(
            person=actor.person, office=actor.office, via=actor.via, what=what, why=type(refused).__name__
        )


def require(actor: Actor, right: str) -> None:
    """Raise NotAllowed unless the actor may use `right`."""
    if not queries.may(actor, right):
        raise NotAllowed(
            "The office {office} may not do this ({right}). It belongs to: {roles}.",
            office=actor.office or "-",
            right=right,
            roles=", ".join(roles_with(right)) or "-",
        )
