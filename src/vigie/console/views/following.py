"""What would follow from a level, for whoever asks; and where one ended by itself, a person lets the measures follow."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from vigie import steps, times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.alert import queries as levels
from vigie.alert.forms import all_levels
from vigie.errors import VigieError
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


class WhichForm(forms.Form):
    """Which level, where."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=all_levels)
    zone = forms.CharField(label=gettext_lazy("Zone"), max_length=12)


@require_GET
def follows(request: HttpRequest) -> HttpResponse:
    """Say what a level would set in motion were it signed now; nothing is proposed, nothing is written."""
    form = WhichForm(request.GET or None)
    found = None
    if request.GET and form.is_valid():
        scheme, _slash, code = form.cleaned_data["level"].partition("/")
        zone = form.cleaned_data["zone"].strip().upper()
        try:
            found = steps.what_follows(
                scheme, code, zone, times.now(), office=title(actor_of(request).office)
            )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
    context = {"form": form, "follows": found}
    return render(request, "console/foreseen.html", context, status=400 if form.errors else 200)
