"""Breaking the glass, and what two others make of it: pages for the hour when no second person can be reached."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vigie import steps
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.accounts.signing_in.middleware.stepping_up import proven
from vigie.alert import actions as alert, queries as levels
from vigie.alert.forms import ReasonForm, own_levels
from vigie.alert.models import Decision
from vigie.console.views.deciding import SignForm
from vigie.errors import VigieError
from vigie.homes import Home

_HOURS = int(alert.LONGEST.total_seconds() // 3600)


class _GlassForm(forms.Form):
    """Why nobody else, and for how long."""

    reason = forms.CharField(
        label=gettext_lazy("Why no second person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whom you tried to reach, and how. Two others will read it."),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Ends by itself after, in hours"),
        choices=[(n, str(n)) for n in range(1, _HOURS + 1)],
        coerce=int,
        initial=_HOURS,
    )


class BreakForm(SignForm, _GlassForm):
    """A proposal that waits, set in force alone."""

    field_order = ("reason", "hours", "typed", "seen")


class AloneForm(_GlassForm):
    """A level set alone, from the beginning."""

    level = forms.ChoiceField(label=gettext_lazy("Level"))
    zone = forms.CharField(label=gettext_lazy("Zone"), max_length=12)
    reasons = forms.CharField(label=gettext_lazy("Reasons"), widget=forms.Textarea(attrs={"rows": 4}))
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), required=False, max_length=500)
    sure = forms.BooleanField(label=gettext_lazy("I set this alone, and every page will say so."))
    field_order = ("level", "zone", "reasons", "legal_basis", "reason", "hours", "sure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = own_levels()  # type: ignore[attr-defined]

    def clean_level(self) -> tuple[str, str]:
        """Give scheme and code."""
        scheme, _slash, code = str(self.cleaned_data["level"]).partition("/")
        return scheme, code

    def clean_zone(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["zone"]).strip().upper()


@require_http_methods(["GET", "POST"])
def alone(request: HttpRequest) -> HttpResponse:
    """Raise a level alone, now, for some hours."""
    own = [zone for decides in _home().decides for zone in decides.zones]
    form = AloneForm(request.POST or None, initial={"zone": own[0] if own else ""})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        scheme, code = given.pop("level")
        given.pop("sure")
        try:
            made = steps.raise_alone(actor_of(request), scheme=scheme, code=code, **given)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return _broken(request, made)
    return render(request, "console/alone.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def break_(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """Set a proposal that waits in force alone."""
    row = levels.decision(id)
    if row.state != "proposed":
        return redirect("alert:level", id=id)
    form = BreakForm(request.POST or None, code=row.code, initial={"seen": row.digest})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actor = proven(request, "alert.glass.break", id, given["seen"])
            steps.break_glass(actor, id, seen=given["seen"], reason=given["reason"], hours=given["hours"])
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return _broken(request, id)
    context = {
        "row": row,
        "form": form,
        "office": title(row.proposed_office),
        "follows": steps.what_follows(row.scheme, row.code, row.zone, row.effective),
        "ground": steps.ground(row.assessment, actor_of(request).person),
        "now": levels.holds(row.scheme, row.zone),
    }
    return render(request, "console/alone.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def countersign(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Read what one person set alone; sign it as one of two others, or refuse it."""
    row = levels.decision(id)
    if row.glass != "owed":
        return redirect("alert:level", id=id)
    form = SignForm(request.POST or None, code=row.code, initial={"seen": row.digest})
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actor = proven(request, "alert.glass.countersign", id, seen)
            complete = alert.countersign(actor, id, seen=seen)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            words = _("Countersigned: two others have signed.") if complete else _("Countersigned. One more person must sign.")  # fmt: skip
            messages.success(request, words)
            return redirect("alert:level", id=id)
    context = {
        "row": row,
        "form": form,
        "reason_form": ReasonForm(),
        "own": actor_of(request).person in _concerned(row),
        "ground": steps.ground(row.assessment, actor_of(request).person),
        "office": title(row.broken_office),
        "first": title(row.countersigned_office) if row.countersigned_by else "",
        "stands": levels.stands(id),
    }
    return render(request, "console/countersign.html", context, status=400 if form.errors else 200)


@require_POST
def refuse(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Refuse what one person set alone: it ends."""
    form = ReasonForm(request.POST)
    steps.refuse_glass(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    messages.success(request, _("Refused: it stands no longer, and measures follow what holds again."))
    return redirect("alert:level", id=id)


def _home() -> Home:
    home: Home = settings.VIGIE_HOME
    return home


def _broken(request: HttpRequest, decision: str) -> HttpResponse:
    messages.warning(
        request, _("In force, on your word alone. Two others are being asked to countersign it.")
    )
    return redirect("alert:level", id=decision)


def _concerned(row: Decision) -> set[str]:
    return {row.broken_by, row.proposed_by, row.countersigned_by, *row.editors}
