"""One door for every request: who acts, and whether the route's right is theirs.

Closed unless listed: a route that no room declared answers nobody.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vigie.accounts import queries
from vigie.accounts.actors import Actor
from vigie.accounts.rights import roles_with
from vigie.accounts.urls import PUBLIC, RIGHTS, SIGNED_IN, SIGNED_LINK
from vigie.errors import VigieError

# Sign-in pages come from allauth; Django's language switch and static files answer strangers too.
_OPEN = (
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "set_language",
    "account_inactive",
)
_SIGNED = ("mfa_", "account_change_password", "account_reauthenticate")


def actor_of(request: HttpRequest) -> Actor:
    """Give the signed-in person's actor; views behind a right always have one."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


class Doors:
    """Sets `request.actor`, enforces each route's right, and says refusals and errors in one sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who acts, then go on."""
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if answer.status_code == 405 and not answer.content:
            told = refusal(
                request, 405, _("This address takes what a form sends. Open the page with the form.")
            )
            told["Allow"] = answer["Allow"]
            return told
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through, send a stranger to sign in, or refuse."""
        del view, args, kwargs
        match = request.resolver_match
        name = match.view_name if match else ""
        right = RIGHTS.get(name) or self._right_of_others(name)
        if right in (PUBLIC, SIGNED_LINK):
            return None
        if name.startswith("api-") and right != SIGNED_IN:
            return None  # each operation of the API carries its own right
        if not request.user.is_authenticated:
            return self._sign_in(request)
        if right == SIGNED_IN:
            return None
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if right and actor and queries.may(actor, right):
            return None
        return refusal(request, 403, _("Your office may not open this page. It belongs to: {roles}.").format(
            roles=", ".join(roles_with(right)) if right else "-"
        ))  # fmt: skip

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn vigie's own errors into their sentence and status."""
        if isinstance(exception, VigieError):
            return refusal(request, exception.status, exception.said(_))
        return None

    def _actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        via = "api" if request.path.startswith("/api/") else "console"
        return queries.acting(f"p-{request.user.pk}", request.session.get("office"), via=via)

    def _right_of_others(self, name: str) -> str:
        if name in _OPEN:
            return PUBLIC
        if name.startswith(_SIGNED) or name.endswith(":openapi-json"):
            return SIGNED_IN
        return ""

    def _sign_in(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return JsonResponse({"error": _("Sign in first.")}, status=401)
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Say one sentence: as JSON to the API, as a page to a person."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": sentence}, status=status)
    return render(request, "ui/message.html", {"sentence": sentence, "status": status}, status=status)


def acting_context(request: HttpRequest) -> dict[str, Any]:
    """Give every page the office one acts in, and the others one holds."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "own_offices": [], "sign_out_url": reverse("account_logout")}
    own = queries.offices_of(actor.person)
    office = next((o for o in own if o.id == actor.office), None)
    return {
        "actor": actor,
        "own_offices": own,
        "session_name": office.title if office else actor.person,
        "sign_out_url": reverse("account_logout"),
    }


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for themselves: offices are given."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False
