"""A meeting: what it has before it, as the record stood; what it decided, and what came of that."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, offices, title
from vigie.alert import actions, queries
from vigie.alert.models import Meeting
from vigie.assessment.queries import seen
from vigie.errors import VigieError

GAPS = {
    "ownerless": gettext_lazy("Sites nobody answered for"),
    "unknown-owners": gettext_lazy("Sites whose owner was not in the list"),
    "unreachable": gettext_lazy("Owners without a contact"),
    "stale": gettext_lazy("Assessments past their review"),
    "unsigned": gettext_lazy("Proposals that waited for a signature"),
    "unlooked": gettext_lazy("Levels received that no second person had looked at"),
}


class ResolveForm(forms.Form):
    """What the meeting decided, who owes it, by when."""

    words = forms.CharField(label=gettext_lazy("What was decided"), widget=forms.Textarea(attrs={"rows": 3}))
    becomes = forms.ChoiceField(
        label=gettext_lazy("It becomes"),
        choices=[("task", gettext_lazy("a task")), ("proposal", gettext_lazy("the proposal of a level"))],
    )
    office = forms.ChoiceField(
        label=gettext_lazy("Owed by"), choices=lambda: [(o.id, o.title) for o in offices()]
    )
    due = forms.DateTimeField(
        label=gettext_lazy("Due on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class SettleForm(forms.Form):
    """What came of it."""

    done = forms.ChoiceField(
        label=gettext_lazy("Is it done?"),
        choices=[
            ("yes", gettext_lazy("It is done")),
            ("no", gettext_lazy("It is not, and is closed all the same")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("What came of it, or why not"), widget=forms.Textarea(attrs={"rows": 2})
    )
    decision = forms.CharField(
        label=gettext_lazy("Number of the proposal, where one was owed"), max_length=40, required=False
    )


@require_GET
def meeting(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """Show a meeting with its dossier, which never changes, and what came of it, which does."""
    return _page(request, queries.meeting(id), ResolveForm())


@require_POST
def resolve(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Write down what the meeting decided."""
    row = queries.meeting(id)
    form = ResolveForm(request.POST)
    if form.is_valid():
        try:
            made = actions.resolve(actor_of(request), id, **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            messages.success(
                request, _("Written down. It is shown to the office that owes it until it is closed.")
            )
            return redirect(f"/meetings/{id}/#{made}")
    return _page(request, row, form, status=400)


@require_POST
def settle(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Close what a meeting decided."""
    row = queries.outcome(id)
    form = SettleForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        actions.settle(
            actor_of(request),
            id,
            done=told["done"] == "yes",
            words=told["words"],
            decision=told["decision"].strip(),
        )
        return redirect(f"/meetings/{row.meeting_id}/#{id}")
    return _page(request, row.meeting, ResolveForm(), status=400)


def _page(request: HttpRequest, row: Meeting, form: forms.Form, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    mine = {row.convened_office} if actor.office == row.convened_office else set()
    context = {
        "row": row,
        "dossier": _dossier(row, reads_claims=may(actor, "reports.read")),
        "reads_evidence": may(actor, "assessment.read"),
        "reads_calendar": may(actor, "exposure.read"),
        "outcomes": [
            (o, title(o.office), title(o.closed_office), o.office == actor.office or bool(mine))
            for o in row.outcomes.all()
        ],
        "form": form,
        "settle_form": SettleForm(),
        "held": row.held <= times.now(),
        "may_resolve": may(actor, "alert.meeting.resolve"),
    }
    return render(request, "console/meeting.html", context, status=status)


def _dossier(row: Meeting, *, reads_claims: bool) -> dict[str, Any]:
    """Give the sealed dossier for the page: nothing of it is asked of today's tables but the words of its claims."""
    sealed: dict[str, Any] = row.sealed
    if not sealed:
        return {}
    spoken = get_language() or "en"
    pieces = [piece["claim"] for each in sealed["assessments"] for piece in each["pieces"]]
    words = {claim.id: claim.words for claim in seen(pieces).values()} if reads_claims else {}
    return {
        "levels": [
            each | {"since": times.from_text(each["since"]), "until": _instant(each["until"])}
            for each in sealed["levels"]
        ],
        "assessments": [
            each
            | {
                "review": times.from_text(each["review"]),
                "pieces": [piece | {"said": words.get(piece["claim"], "")} for piece in each["pieces"]],
            }
            for each in sealed["assessments"]
        ],
        "tasks": sealed["tasks"],
        "calendar": [
            each | {"name": each["names"].get(spoken) or each["names"]["en"]} for each in sealed["calendar"]
        ],
        "calendar_until": sealed["calendar_until"],
        "gaps": [(GAPS[each["what"]], each["count"]) for each in sealed["gaps"]],
    }


def _instant(given: str | None) -> Any:
    return times.from_text(given) if given else None
