"""The API's door: each operation names its right; sign-in is the console's, with its CSRF token."""

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie

from vigie.accounts import queries
from vigie.accounts.actors import Actor
from vigie.accounts.rights import NotAllowed, roles_with


class Right(APIKeyCookie):
    """Ninja's auth for an operation: the signed-in person's office must carry `right` now."""

    param_name = "sessionid"

    def __init__(self, right: str) -> None:
        super().__init__(csrf=True)
        self.right = right

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
