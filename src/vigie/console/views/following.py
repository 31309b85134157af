"""Where a level ended by itself, a person lets the measures follow what holds now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vigie import steps
from vigie.accounts.middleware import actor_of
from vigie.alert import queries as levels
from vigie.measures import queries as tasks


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """Show which measures still follow a level that ended, and what would take its place; then do it."""
    row = tasks.posture(id)
    if request.method == "POST":
        steps.follow(actor_of(request), id)
        messages.success(request, _("Done. Whoever must stop something is being told."))
        return redirect("measures:matrix")
    context = {
        "row": row,
        "cause": levels.level(row.cause),
        "holds": levels.standing_in(row.scheme, row.zone),
        "due": row in steps.left_behind(),
    }
    return render(request, "console/follow.html", context)
