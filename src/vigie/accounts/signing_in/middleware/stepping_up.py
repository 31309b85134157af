"""Before a solemn act, a person shows again that it is they: with a passkey over what they read, or by what they know."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from vigie.accounts.actors import Actor
from vigie.accounts.middleware import actor_of, listed, note_fault
from vigie.accounts.signing_in import assertion, limits
from vigie.accounts.signing_in.actions import require_method
from vigie.accounts.signing_in.middleware.lasting import renew
from vigie.accounts.signing_in.proof import Asked, NotProven, Proof
from vigie.accounts.signing_in.queries import holds_code, keys_of

CONFIRM = "accounts.sign_in.confirm"
"""The act of the page that only asks who it is, before a change of one's account."""

ASKED, CONFIRMED = "asked", "confirmed_at"
_MOST_ASKED = 8

KEPT = "accounts.assertion.kept/1"
"""What a door leaves whose act brings its own proof, over what was read: nothing more general is asked before it."""


class TooManyTries(NotProven):
    """So many attempts within a minute are no typing errors."""

    status = 429


@dataclass(frozen=True)
class Question:
    """What a page needs in order to ask.

    options: what the browser hands to the passkey (None: this person has none); by_words: whether a password will
    do; asks_code: whether a code belongs to it.
    """

    options: dict[str, Any] | None
    by_words: bool
    asks_code: bool


def ask(request: HttpRequest, act: str, subject: str, digest: str) -> Question:
    """Ask the person of this request to stand for `digest`; the question is good for one answer within the hour."""
    home = settings.VIGIE_HOME
    keys = keys_of(request.user)
    code = bool(keys) or holds_code(request.user)
    by_words = home.step_up != "passkey" or act == CONFIRM
    if not keys:
        return Question(options=None, by_words=by_words, asks_code=code)
    asked = Asked(act, subject, digest).afresh()
    waiting = dict(request.session.get(ASKED, {}))
    waiting[asked.nonce] = [act, subject, digest, time.time()]
    # A reader with many tabs: the oldest questions go.
    request.session[ASKED] = dict(list(waiting.items())[-_MOST_ASKED:])
    options = {
        "challenge": assertion.text(asked.challenge()),
        "rpId": _site(request),
        "allowCredentials": [{"type": "public-key", "id": credential} for credential in keys],
        "userVerification": "required",
    }
    return Question(options={"publicKey": options}, by_words=by_words, asks_code=code)


def proven(request: HttpRequest, act: str, subject: str, digest: str) -> Actor:
    """Give the actor of this request with the proof that its form brought. Raises NotProven, TooManyTries."""
    given = {name: request.POST.get(name, "") for name in ("password", "code", "credential")}
    return replace(actor_of(request), proof=prove(request, act, subject, digest, **given))


def prove(
    request: HttpRequest, act: str, subject: str, digest: str, *, password: str, code: str, credential: str
) -> Proof:
    """Check what a person brought to show that it is they who stand for `digest`; the session's token is renewed.

    credential: the passkey's answer as JSON; without one password and code are looked at.
    Raises NotProven, TooManyTries.
    """
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise TooManyTries("That was tried too often. Wait a minute, then try once more.")
    wanted = Asked(act, subject, digest)
    try:
        if credential:
            found = _by_passkey(request, wanted, credential)
        else:
            found = _by_words(request, wanted, password, code)
    except NotProven as fault:
        note_fault(request, fault)
        raise
    ratelimit.clear(request, action="reauthenticate", user=request.user)
    renew(request)
    request.session[CONFIRMED] = time.time()
    return found


def fresh(request: HttpRequest) -> bool:
    """Say whether the person showed within the last minutes that it is they."""
    shown: float = request.session.get(CONFIRMED, 0.0)
    return 0 <= time.time() - shown < limits.FRESH.total_seconds()


def ask_again(request: HttpRequest) -> HttpResponse:
    """Send the person to show that it is they, and back to the page they came from."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"error": _("Show again that it is you, then do it within five minutes.")}, status=403
        )
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    return HttpResponseRedirect(f"{reverse('accounts:again')}?{urlencode({'next': back})}")


class AsksAgain:
    """Lets nobody change how people sign in, or who may, on the strength of a session alone (ASVS 5.0.0, 7.5.1).

    The table of doors says where. The page of such an act asks before it is shown, so that no form is filled in vain.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: the look is taken once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let through who showed it within minutes; send the others to show it."""
        del view, args, kwargs
        _name, doors = listed(request)
        asks = any(door.step_up and KEPT not in door.records for door in doors.values())
        return ask_again(request) if asks and not fresh(request) else None


def _by_passkey(request: HttpRequest, wanted: Asked, credential: str) -> Proof:
    try:
        answer = json.loads(credential)
        nonce = _nonce(request, wanted, assertion.plain(answer["response"]["clientDataJSON"]))
    except (KeyError, TypeError, ValueError):
        raise NotProven("The passkey's answer cannot be read. Try again, or use your password.") from None
    asked = replace(wanted, nonce=nonce)
    origin = f"{request.scheme}://{request.get_host()}"
    return assertion.read(asked, answer, keys_of(request.user), rp=_site(request), origin=origin)


def _nonce(request: HttpRequest, wanted: Asked, client_data: bytes) -> str:
    """Find, and use up, the question that this answer answers. Raises NotProven when there is none."""
    challenge = json.loads(client_data)["challenge"]
    waiting: Mapping[str, list[Any]] = request.session.get(ASKED, {})
    for nonce, (act, subject, digest, at) in waiting.items():
        asked = Asked(act, subject, digest, nonce)
        if assertion.text(asked.challenge()) != challenge:
            continue
        request.session[ASKED] = {other: told for other, told in waiting.items() if other != nonce}
        if time.time() - at > limits.READING.total_seconds():
            raise NotProven("This page was opened more than an hour ago. Open it again, read it, then sign.")
        if replace(asked, nonce="") != wanted:
            raise NotProven(
                "The passkey signed something else than what stands here. Read it again, then sign."
            )
        return nonce
    raise NotProven("The passkey answered a question that is not open any more. Read it again, then sign.")


def _by_words(request: HttpRequest, wanted: Asked, password: str, code: str) -> Proof:
    user = request.user
    if wanted.act != CONFIRM:
        require_method(settings.VIGIE_HOME, "password")
    if not password:
        raise NotProven("Show that it is you: sign with your passkey, or give your password again.")
    needs_code = bool(keys_of(user)) or holds_code(user)
    if not user.check_password(password) or (needs_code and not _code_holds(user, code)):
        raise NotProven("The password or the code is not right. Nothing was done.")
    return Proof(asked=wanted, method="password and code" if needs_code else "password")


def _code_holds(user: Any, code: str) -> bool:
    held = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.WEBAUTHN)
    return bool(code) and any(one.wrap().validate_code(code) for one in held)


def _site(request: HttpRequest) -> str:
    """Give the name passkeys are bound to: this home's host, without its port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        return before
    return "/"
