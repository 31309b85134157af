"""The API's door: each operation names its rule; sign-in is the console's, with its CSRF token."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.security import APIKeyCookie

from vigie.accounts import queries, rates
from vigie.accounts.actors import Actor
from vigie.accounts.rights import NotAllowed, roles_with
from vigie.accounts.routes import NO_OBJECT, NOTHING, Door, enter
from vigie.errors import Refused


class NoRule(Refused):
    """An operation of the API that names no right."""


class Right(APIKeyCookie):
    """Ninja's auth for an operation: the signed-in person's office must carry `right` now.

    The other fields are those of `routes.Door`; the table is made from them.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(
        self,
        right: str,
        *,
        objects: str = NO_OBJECT,
        shows: str = NOTHING,
        apart: str = "",
        step_up: bool = False,
        rate: str = "",
        records: tuple[str, ...] = (),
    ) -> None:
        super().__init__(csrf=True)
        self.right = right
        self.objects = objects
        self.shows = shows
        self.apart = apart
        self.step_up = step_up
        self.rate = rate
        self.records = records

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Give the actor, None for a stranger (401). Raises NotAllowed (403) for an office without the right."""
        del key
        if not request.user.is_authenticated:
            return None
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None or not queries.may(actor, self.right):
            raise NotAllowed(
                "The office {office} may not do this ({right}). It belongs to: {roles}.",
                office=actor.office if actor else "-",
                right=self.right,
                roles=", ".join(roles_with(self.right)) or "-",
            )
        return actor

    def door(self, name: str, method: str) -> Door:
        """Give the door this rule makes at an address."""
        usual = rates.READ if method == "GET" else rates.SOLEMN if self.step_up else rates.ACT
        return Door(
            name,
            method,
            self.right,
            objects=self.objects,
            shows=self.shows,
            apart=self.apart,
            step_up=self.step_up,
            rate=self.rate or usual,
            records=self.records,
        )


def enter_operations(prefix: str, router: Router) -> None:
    """Enter every operation of a router into the table of doors, by its address. Raises NoRule for one without a right."""
    for path, view in router.path_operations.items():
        # As Django's own pattern spells it, which is what a request resolves to.
        name = f"{prefix}{path}".replace("{", "<").replace("}", ">")
        for operation in view.operations:
            rights = [rule for rule in operation.auth_callbacks if isinstance(rule, Right)]
            if len(rights) != 1:
                raise NoRule("The operation {name} names no right. Give it auth=Right(...).", name=name)
            for method in operation.methods:
                enter(rights[0].door(name, method))
