"""One search over the rooms: places, owners, measures, levels, reports. It finds no persons: none are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vigie.accounts.middleware import actor_of
from vigie.console.queries.finding import find, searched

LEAST = 2
LONGEST = 100


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What was found, room by room; and, when nothing was, what was looked through."""
    wanted = " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", " ").split())
    actor = actor_of(request)
    groups = find(actor, wanted) if len(wanted) >= LEAST else []
    context = {
        "wanted": wanted,
        "too_short": len(wanted) < LEAST,
        "groups": groups,
        "searched": searched(actor),
    }
    return render(request, "console/search.html", context)
