"""Pages on which a level comes into force: signed here, received from elsewhere, or looked at by the second person."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from vigie import steps, times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, title
from vigie.accounts.signing_in.middleware.stepping_up import proven
from vigie.alert import queries as levels
from vigie.alert.forms import MeetingForm, ReasonForm, ReceiveForm
from vigie.console.views.keeping import KeepForm
from vigie.errors import VigieError

WIDEST_DOCUMENT = 10 * 1024 * 1024


class SignForm(forms.Form):
    """What was read, and the level typed: a tired hand signs nothing by accident."""

    seen = forms.CharField(widget=forms.HiddenInput)
    typed = forms.CharField(
        label=gettext_lazy("Type the level's code to sign"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["typed"].help_text = code

    def clean_typed(self) -> str:
        """The code, whatever the case."""
        given = str(self.cleaned_data["typed"]).strip()
        if given.casefold() != self.code.casefold():
            raise forms.ValidationError(
                _("You typed %(given)s; the level is %(code)s."), params={"given": given, "code": self.code}
            )
        return given


class LookForm(forms.Form):
    """What the second person says of a level received."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Is it what the authority said?"),
        choices=[
            ("yes", gettext_lazy("It is what was said")),
            ("no", gettext_lazy("It is not: withdraw it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, if you do not agree"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Read a proposal with what follows from it, then sign."""
    row = levels.decision(id)
    if row.state != "proposed":
        return redirect("alert:level", id=id)
    actor = actor_of(request)
    foresee = partial(
        steps.what_follows,
        row.scheme,
        row.code,
        row.zone,
        row.effective,
        until=row.until,
        office=title(actor.office),
    )
    follows = foresee()
    keeping = KeepForm(request.POST or None, follows)
    keep, why = keeping.kept
    if keep:
        follows = foresee(keep=keep)
    signs = request.method == "POST" and "show" not in request.POST
    form = SignForm(
        request.POST if signs else None, code=row.code, initial={"seen": keeping.covers(row.digest)}
    )
    if signs and keeping.is_valid() and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actor = proven(request, "alert.level.approve", id, seen)
            steps.sign(actor, id, seen=seen, keep=keep, keep_reason=why)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            said = (
                _("Signed for its hour. What stands goes on until then; those who must act are being told.")
                if levels.decision(id).later
                else _("Signed. The level is in force, and those who must act are being told.")
            )
            messages.success(request, said)
            return redirect("alert:level", id=id)
    context = {
        "row": row,
        "form": form,
        "reason_form": ReasonForm(),
        "follows": follows,
        "keeping": keeping,
        "seen": keeping.covers(row.digest),
        "ground": steps.ground(row.assessment, actor.person),
        "office": title(row.proposed_office),
        "may_sign": may(actor, "alert.level.approve") and actor.person not in row.editors,
        "now": levels.holds(row.scheme, row.zone),
    }
    faulty = form.errors or keeping.errors
    return render(request, "console/decide.html", context, status=400 if faulty else 200)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Record a level decided elsewhere; a raise gives its tasks at once."""
    form = ReceiveForm(request.POST or None, request.FILES or None, initial={"effective": times.now()})
    form.narrow(request.GET.get("scheme", ""), request.GET.get("zone", ""))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        scheme, code = given.pop("level")
        document = given.pop("document")
        try:
            if document and document.size > WIDEST_DOCUMENT:
                form.add_error(
                    "document", _("The document is larger than 10 MB. Send the part that says it.")
                )
            else:
                made = steps.receive(
                    actor_of(request),
                    scheme=scheme,
                    code=code,
                    source_bytes=document.read() if document else None,
                    **given,
                )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        if not form.errors:
            messages.success(request, _("Recorded in its authority's words."))
            return redirect("alert:level", id=made)
    return render(request, "console/receive.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Look as the second person at a level received."""
    row = levels.reception(id)
    if row.state not in {"one person", "waits for a second"}:
        return redirect("alert:level", id=id)
    foresee = partial(
        steps.what_follows, row.scheme, row.code, row.zone, row.effective, until=row.until, received=row
    )
    # What holds already has followed: reckoned afresh it would read as nothing.
    lowers = row.state != "one person"
    follows = foresee() if lowers else steps.Follows()
    keeping = KeepForm(request.POST or None, follows)
    keep, why = keeping.kept
    if keep:
        follows = foresee(keep=keep)
    seen = keeping.covers(levels.seen_in(id))
    signs = request.method == "POST" and "show" not in request.POST
    form = LookForm(request.POST if signs else None)
    if signs and keeping.is_valid() and form.is_valid():
        try:
            steps.look(
                proven(request, "alert.level.look", id, seen),
                id,
                agrees=form.cleaned_data["agrees"] == "yes",
                reason=form.cleaned_data["reason"],
                keep=keep,
                keep_reason=why,
                seen=seen,
            )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("alert:level", id=id)
    context = {
        "row": row,
        "form": form,
        "seen": seen,
        "office": title(row.received_office),
        "own": actor_of(request).person == row.received_by,
        "follows": follows,
        "lowers": lowers,
        "keeping": keeping,
    }
    faulty = form.errors or keeping.errors
    return render(request, "console/look.html", context, status=400 if faulty else 200)


@require_http_methods(["GET", "POST"])
def convene(request: HttpRequest) -> HttpResponse:
    """Convene a meeting on a question, with the dossier frozen as the record stands."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = steps.convene(actor_of(request), **form.cleaned_data)
        return redirect("console:meeting", id=made)
    return render(
        request,
        "console/convene.html",
        {"form": form, "dossier": steps.dossier(times.now()).ids},
        status=400 if form.errors else 200,
    )
