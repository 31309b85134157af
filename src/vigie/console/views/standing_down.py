"""No level stands any more: one person says so of a level, a second reads and signs it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vigie import steps, times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.accounts.signing_in.middleware.stepping_up import proven
from vigie.alert import actions as alert, queries as levels
from vigie.alert.forms import EndForm, SettleForm, StandDownForm
from vigie.errors import VigieError


@require_http_methods(["GET", "POST"])
def stand_down(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """Propose that a level decided here stands no longer."""
    levels.decision(id)
    form = StandDownForm(request.POST or None, initial={"effective": times.now()})
    return _asked(request, id, form, lambda given: alert.propose_stand_down(actor_of(request), id, **given))


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Record that a level received stands no longer, in its authority's words."""
    levels.reception(id)
    form = EndForm(request.POST or None, initial={"effective": times.now()})
    return _asked(request, id, form, lambda given: steps.receive_stand_down(actor_of(request), id, **given))


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Read why a level decided here should stand no longer; sign it, or reject it with a reason."""
    levels.decision(levels.stand_down(id).level)
    return _settled(request, id, "alert.level.approve", steps.sign_stand_down)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Look as the second person at the end of a level received."""
    levels.reception(levels.stand_down(id).level)
    return _settled(request, id, "alert.level.look", steps.look_stand_down)


def _asked(
    request: HttpRequest,
    id: str,  # noqa: A002
    form: StandDownForm | EndForm,
    act: Callable[[Any], str],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            messages.success(request, _("Recorded. It stands until a second person has signed."))
            return redirect("alert:level", id=id)
    context = {"row": levels.level(id), "form": form}
    return render(request, "console/stand_down.html", context, status=400 if form.errors else 200)


def _settled(request: HttpRequest, id: str, right: str, act: Callable[..., None]) -> HttpResponse:  # noqa: A002
    row = levels.stand_down(id)
    if row.state != "proposed":
        return redirect("alert:level", id=row.level)
    form = SettleForm(request.POST or None, initial={"seen": row.digest})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actor = proven(request, right, id, given["seen"])
            act(actor, id, seen=given["seen"], agrees=given["agrees"] == "yes", reason=given["reason"])
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            messages.success(request, _("Done. Whoever must stop something is being told."))
            return redirect("alert:level", id=row.level)
    level = levels.level(row.level)
    now = times.now()
    # One that had not begun by that hour never does, and what stands now goes on.
    at = row.effective if row.effective > max(now, level.effective) else now
    remaining = [s for s in levels.standing(at) if s.id != level.id and s.scheme == level.scheme]
    context = {
        "row": row,
        "level": level,
        "form": form,
        "right": right,
        "own": actor_of(request).person == row.proposed_by,
        "office": title(row.proposed_office),
        "then": levels.holding_of(level.scheme, remaining, level.zone, at),
    }
    return render(request, "console/settle.html", context, status=400 if form.errors else 200)
