"""Sessions end: unused, after their longest time, or by a person's hand."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vigie.accounts.signing_in import limits
from vigie.homes import Home
from vigie.ui import dates

BEGUN, SEEN = "begun_at", "seen_at"


def begin(request: HttpRequest) -> None:
    """Start a session's time: at sign-in, and for one that came without."""
    request.session[BEGUN] = request.session[SEEN] = time.time()
    UserSession.objects.create_from_request(request)


def renew(request: HttpRequest) -> None:
    """Give the session a new token, as after each proof of who it is (ASVS 7.2.4). The old one opens nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def end_others(request: HttpRequest) -> int:
    """End the person's other sessions. Gives how many."""
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(
        session_key=request.session.session_key
    )
    ended = 0
    for session in others:
        session.end()
        ended += 1
    return ended


class Lasting:
    """Ends a session that reached one of its limits; the page that was asked for comes after signing in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clock, then go on."""
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        home: Home = settings.VIGIE_HOME
        now = time.time()
        begun, seen = request.session.get(BEGUN), request.session.get(SEEN)
        if begun is None or seen is None:
            begin(request)
            return
        over = limits.over(begun=begun, seen=seen, now=now, idle=home.session_idle, longest=home.session_longest)  # fmt: skip
        if over:
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            logout(request)
            messages.warning(request, _said(over, home))
        elif now - seen >= limits.notes_each(home.session_idle):
            request.session[SEEN] = now
            UserSession.objects.create_from_request(request)


def session_context(request: HttpRequest) -> dict[str, Any]:
    """Tell each page where one's own ways to sign in stand, and when this session ends (a context processor)."""
    user = getattr(request, "user", None)  # None: the request was refused before anybody looked who sent it
    if user is None or not user.is_authenticated or BEGUN not in request.session:
        return {}
    home: Home = settings.VIGIE_HOME
    ends = datetime.fromtimestamp(request.session[BEGUN], UTC) + home.session_longest
    return {
        "session_url": reverse("mfa_index"),
        "session_ends": ends,
        "session_hour": dates.hour(ends, home.zone),
        "session_idle": int(home.session_idle.total_seconds() // 60),
    }


def _said(over: limits.Over, home: Home) -> str:
    if over == "idle":
        return _(
            "You were signed out: nothing was done here for {minutes} minutes. Sign in to go on."
        ).format(minutes=int(home.session_idle.total_seconds() // 60))
    return _("You were signed out: a session lasts {minutes} minutes at most. Sign in to go on.").format(
        minutes=int(home.session_longest.total_seconds() // 60)
    )
