"""The short way of an owner's answer: the same act, rate and headers as through the whole house, at a fifth of the work.

In a crisis fifty thousand owners press «done» within a minute. Such a request brings no session, its address is its right
and its answer a redirect that says nothing: most of what stands between the server and a view has nothing to do for it.
Whatever is not just so, or does not succeed, goes the long way, which says why.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vigie.accounts.middleware.knocking import WITHIN, knocked
from vigie.accounts.routes import SIGNED_LINK, doors_of
from vigie.measures import actions, proofs

_ROUTE = "measures:yours"
_PLAIN = r"([A-Za-z0-9~_.-]+)/"
"""A token as links bear it: what would have to be quoted in an address goes the long way."""
_SEEN_BY_THE_HOUSE = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme", "HTTP_ACCEPT_LANGUAGE")
"""What headers of an answer may follow from, with the language that was chosen."""
_MOST_LEARNED = 1000

Likeness = tuple[Any, ...]
Told = tuple[int, list[tuple[str, str]]]
"""Status and headers of an answer."""


def give(request: HttpRequest, token: str) -> None:
    """Do what the form of an owner's page says; once, however often asked. Raises what the act raised."""
    tried: Exception | None = getattr(request, "tried", None)
    if tried is not None:
        raise tried
    try:
        # The act opens the link itself: in a rush of answers, opening it here too would cost as much again.
        actions.answer(token, **_said(request))
    except Exception as fault:
        request.tried = fault  # type: ignore[attr-defined]
        raise


def _said(request: HttpRequest) -> dict[str, Any]:
    form = request.POST
    return {
        "given": form.get("given", ""),
        "tasks": [task for task in form.getlist("task") if task],
        "reason": form.get("reason", ""),
        "proof": _proof(request),
        "key": form.get("key", ""),
        "waited": _seconds(form.get("waited", "")),
    }


def _seconds(given: str) -> int:
    """Read how long an answer waited on a phone; what is no such number gives -1, which the act refuses."""
    return int(given or 0) if len(given) < 10 and given.isdecimal() == bool(given) else -1


def _proof(request: HttpRequest) -> bytes | None:
    """Give the file that came with the form, at most one byte more than is ever kept; None where none came."""
    file = request.FILES.get("proof")
    if not isinstance(file, UploadedFile) or not file.size:
        return None
    read: bytes = file.read(proofs.MOST + 1)
    return read


def kept_at(page: str) -> str:
    """Give the address that says to an owner that their word was kept. page: address of their page."""
    return f"{page}?kept"


def taken(environ: dict[str, Any], brought: bytes) -> Told | None:
    """Take an answer by the short way among others that are committed together. Must run inside `recording()`.

    environ: of the request, as WSGI has it; brought: its body. Gives status and headers of the answer; None where the short
    way is closed to it. Raises what the act raised: it goes the long way then too, where that is said, counted and dressed.
    """
    environ["wsgi.input"] = BytesIO(brought)
    request = WSGIRequest(environ)
    token, headers = _short(request)
    if headers is None:
        return None
    actions.take_by_link(token, **_said(request))
    return 302, [*headers.items(), ("Location", kept_at(request.path))]


class ShortWay:
    """Takes answers by link before the house does, one at a time. Stands first of all.

    Of requests alike the first goes the long way; the headers it was answered with are those of the ones that follow.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer by the short way where that is open, else by the long one."""
        token, headers = _short(request)
        if headers is None:
            answer = self.get_response(request)
            if token:
                _learn(_likeness(request), request, answer)
            return answer
        try:
            give(request, token)
        except Exception:  # noqa: BLE001 - the view raises it again, where it is said, counted and dressed
            return self.get_response(request)
        return HttpResponse(status=302, headers={**headers, "Location": kept_at(request.path)})


_LEARNED: dict[Likeness, dict[str, str]] = {}


def _short(request: HttpRequest) -> tuple[str, dict[str, str] | None]:
    """Give the token of an answer by link, and the headers to answer with if the short way is open to it now.

    The token is empty where the request is not of those that the short way is for.
    """
    token = _token(request) if request.method == "POST" else ""
    door = doors_of(_ROUTE).get("POST") if token else None
    if door is None or door.right != SIGNED_LINK or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return "", None
    headers = _LEARNED.get(_likeness(request))
    return token, headers if headers is not None and knocked(request, door, token) == WITHIN else None


def _token(request: HttpRequest) -> str:
    found = _address().fullmatch(request.path)
    return found[1] if found else ""


@lru_cache
def _address() -> re.Pattern[str]:
    # Not before it is asked for: addresses stand once every room is read.
    before = reverse(_ROUTE, args=["-"]).removesuffix("-/")
    return re.compile(re.escape(before) + _PLAIN)


def _learn(alike: Likeness, request: HttpRequest, answer: HttpResponse) -> None:
    if answer.status_code != 302 or answer.cookies or answer.get("Location") != kept_at(request.path):
        return
    if len(_LEARNED) >= _MOST_LEARNED:
        _LEARNED.clear()
    _LEARNED[alike] = {name: said for name, said in answer.items() if name != "Location"}


def _likeness(request: HttpRequest) -> Likeness:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return (chosen, *(request.META.get(name) for name in _SEEN_BY_THE_HOUSE))
