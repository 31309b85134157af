"""One door for every request: who acts, and whether what the table of doors asks of this route is theirs.

Closed unless listed: a route that no room declared answers nobody, as if nothing were there.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vigie.accounts import queries
from vigie.accounts.actions.reading import take_up_readings
from vigie.accounts.actors import Actor
from vigie.accounts.middleware.knocking import FIRST_BEYOND, knocked
from vigie.accounts.rates import WINDOW
from vigie.accounts.rights import roles_with
from vigie.accounts.routes import PUBLIC, SIGNED_IN, SIGNED_LINK, STRICT, Door, doors_of
from vigie.desk.actions import count_reading, count_refusal
from vigie.errors import Refused, VigieError


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
        note_reading(request, answer)
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through, send a stranger to sign in, or refuse.

        Raises Http404 for a route that is not in the table: it looks like an address where nothing is.
        """
        del view, args
        name, methods = listed(request)
        if not methods:
            raise Http404
        door = methods.get("GET" if request.method == "HEAD" else request.method or "")
        if door is None:
            return self._wrong_method(request, name, methods)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        signed_in = request.user.is_authenticated
        who = f"p-{request.user.pk}" if signed_in else str(kwargs.get("token", ""))
        knock = knocked(request, door, who)
        if knock:
            return self._too_many(request, name, first=knock == FIRST_BEYOND)
        if door.right in (PUBLIC, SIGNED_LINK):
            return None
        if not signed_in:
            return self._sign_in(request, name)
        if door.right == SIGNED_IN or (actor and queries.may(actor, door.right)):
            return None
        note_refusal(request, name, "NotAllowed")
        return refusal(
            request,
            403,
            _("Your office may not open this page. It belongs to: {roles}.").format(
                roles=", ".join(roles_with(door.right)) or "-"
            ),
        )

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn vigie's own errors into their sentence and status."""
        if isinstance(exception, VigieError):
            note_fault(request, exception)
            return refusal(request, exception.status, exception.said(_))
        return None

    def _actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        return queries.acting(f"p-{request.user.pk}", request.session.get("office"), via=_road(request))

    def _sign_in(self, request: HttpRequest, name: str) -> HttpResponse:
        if request.path.startswith("/api/"):
            note_refusal(request, name, "NotSignedIn")
            return JsonResponse({"error": _("Sign in first.")}, status=401)
        # A page asked for is an invitation to sign in; an act tried is a refusal.
        if request.method == "POST":
            note_refusal(request, name, "NotSignedIn")
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")

    def _wrong_method(self, request: HttpRequest, name: str, methods: Iterable[str]) -> HttpResponse:
        note_refusal(request, name, "WrongMethod")
        told = refusal(request, 405, _("This address takes what a form sends. Open the page with the form."))
        told["Allow"] = ", ".join(sorted(methods))
        return told

    def _too_many(self, request: HttpRequest, name: str, *, first: bool) -> HttpResponse:
        if first:  # counting each of a flood would be a flood of writes: such a line counts minutes
            note_refusal(request, name, "TooMany")
        told = refusal(request, 429, _("This came more often than a person asks. Wait a minute, then go on."))
        told["Retry-After"] = str(WINDOW)
        return told


def listed(request: HttpRequest) -> tuple[str, dict[str, Door]]:
    """Give the name of a request's route in the table of doors, and its doors by method; none when it is not there."""
    match = request.resolver_match
    if match is None:
        return "", {}
    # Operations of the API share Django names between rooms, and one name between methods: they go by their address.
    name = match.route if "ninja" in match.app_names else match.view_name
    return name, doors_of(name)


def note_refusal(request: HttpRequest, name: str, why: str) -> None:
    """Count a refusal of this request for the record. name: of the door; why: name of the refusal."""
    actor: Actor | None = getattr(request, "actor", None)
    person = actor.person if actor else f"p-{request.user.pk}" if request.user.is_authenticated else ""
    count_refusal(
        person=person,
        office=actor.office if actor else "",
        via=_road(request),
        what=name,
        method=request.method if request.method in _METHODS else "other",
        why=why,
    )


def note_fault(request: HttpRequest, fault: VigieError) -> None:
    """Count a refusal that no verb has counted yet: a link that opens nothing, a rule a page asks by itself."""
    if isinstance(fault, Refused) and not fault.noted:
        fault.noted = True
        note_refusal(request, listed(request)[0], type(fault).__name__)


def note_reading(request: HttpRequest, answer: HttpResponse) -> None:
    """Count that something restricted was shown, before it leaves; what is handed out goes on the record at once.

    A reading that cannot be noted is not given: the fault goes to whoever asked.
    """
    name, methods = listed(request)
    door = methods.get("GET" if request.method == "HEAD" else request.method or "")
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if door is None or not door.restricted or actor is None or answer.status_code != 200:
        return
    # A part that the office may not see was left out; beneath contacts (AMBER+STRICT) the rest is restricted too.
    if "." in door.apart and door.shows != STRICT and not queries.may(actor, door.apart):
        return
    match = request.resolver_match
    asked = request.POST if request.method == "POST" else request.GET
    count_reading(
        person=actor.person,
        office=actor.office,
        via=actor.via,
        what=name,
        item="/".join(str(value) for value in (match.kwargs if match else {}).values()),
        reason=" ".join(asked.get("reason", "").split()) if _handed_out(answer) else "",
    )
    if _handed_out(answer):
        take_up_readings(at_once=True)


def _handed_out(answer: HttpResponse) -> bool:
    return answer.get("Content-Disposition", "").startswith("attachment")


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def _road(request: HttpRequest) -> str:
    return "api" if request.path.startswith("/api/") else "console"


def refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Say one sentence: as JSON to the API, as a page to a person."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": sentence}, status=status)
    return render(request, "ui/message.html", {"sentence": sentence, "status": status}, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from this home's own page."""
    del reason
    note_refusal(request, "", "Forged")
    return refusal(
        request,
        403,
        _(
            "This form did not come from a page of this home, or its page was opened before you signed in. Nothing was kept. Open the page again and send it from there."
        ),
    )


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
