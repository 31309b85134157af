"""What was heard from elsewhere: each feed and how it stands, what waits for a person, and the two things a person does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vigie.accounts.middleware import actor_of
from vigie.alert import queries as levels
from vigie.errors import VigieError
from vigie.feeds import actions, queries
from vigie.steps import listening


@require_GET
def heard(request: HttpRequest) -> HttpResponse:
    """All that was heard, and from whom nothing is."""
    return _page(request)


@require_POST
def take(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Receive the level that a word says: a raise tasks at once, a lowering waits for its second person."""
    try:
        made = listening.take(actor_of(request), id)
    except VigieError as fault:
        return _page(request, fault)
    messages.success(request, _("Recorded in its authority's words."))
    ended = made.startswith("standdown-")
    return redirect("alert:level", id=levels.stand_down(made).level if ended else made)


@require_POST
def set_aside(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Make nothing of a word."""
    try:
        actions.set_aside(actor_of(request), id, reason=request.POST.get("reason", ""))
    except VigieError as fault:
        return _page(request, fault)
    return redirect("console:heard")


def _page(request: HttpRequest, fault: VigieError | None = None) -> HttpResponse:
    context = {
        "calls": queries.calls(),
        "differences": queries.differences(),
        "silent": queries.silent(),
        "roads": queries.roads(),
        "silences": queries.silences(),
        "doubts": queries.doubts(),
        "problem": fault.said(_) if fault else "",
    }
    return render(request, "console/heard.html", context, status=fault.status if fault else 200)
