"""The first page of a shift: levels that stand, what waits for me, what changed, what lies ahead."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vigie import times
from vigie.accounts.actors import Actor
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.alert import queries as levels
from vigie.assessment.queries import stale
from vigie.console.days import told_once
from vigie.console.queries import situation as state
from vigie.console.queries.waiting import waits_for
from vigie.feeds import queries as heard
from vigie.ledger.queries import head
from vigie.measures.queries import totals

DAYS_AHEAD = 14
KEPT_FOR = 90 * 24 * 3600
"""Seconds a browser remembers up to where its reader has read."""

LINES_SHOWN = 12


@require_GET
def situation(request: HttpRequest) -> HttpResponse:
    """The situation, as it stands now."""
    return render(request, "console/situation.html", _context(request))


@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """The same, to print and hand to the next shift."""
    return render(request, "console/handover.html", {**_context(request), "known_at": times.now()})


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Note in the reader's own browser up to where the changes were read; the record knows nothing of it."""
    answer = redirect("console:situation")
    try:
        position = min(int(request.POST.get("position", "")), state.record_size())
    except ValueError:
        return answer
    answer.set_signed_cookie(
        _cookie(actor_of(request)),
        str(position),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _context(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    known = request.get_signed_cookie(_cookie(actor), default="", max_age=KEPT_FOR)
    changes = state.changes(int(known) if known else None)
    size, root = head()
    # A home's own events are restricted: offices that may not read the calendar are shown none of it.
    ahead = state.lies_ahead(DAYS_AHEAD) if may(actor, "exposure.read") else None
    return {
        "now": times.now(),
        "levels": state.levels_now(),
        "coming": levels.coming(),
        "calls": heard.calls(),
        "differences": heard.differences(),
        "silent": heard.silent(),
        "listens": bool(settings.VIGIE_HOME.feeds),
        "waits": waits_for(actor),
        "changes": changes,
        "lines": changes.lines[:LINES_SHOWN],
        "lines_left": len(changes.lines) - LINES_SHOWN,
        "strip": told_once(ahead.days) if ahead else [],
        "ahead": ahead,
        "totals": totals() if may(actor, "measures.read") else None,
        "stale": stale() if may(actor, "assessment.read") else [],
        "record_size": size,
        "record_root": root.hex(),
    }


def _cookie(actor: Actor) -> str:
    # Two officers share a desk: each has read up to a place of their own.
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}read-{actor.person}"
