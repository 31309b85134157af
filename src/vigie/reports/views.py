"""Pages of reports: what came in, one report with its words beside its claims, and the acts on them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.errors import VigieError
from vigie.reports import actions, queries
from vigie.reports.forms import CorrectForm, JudgeForm, ReasonForm, UploadForm
from vigie.reports.layout import laid_out


@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """Reports kept, newest first, and the form that adds one."""
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        data, name = form.received()
        try:
            made = actions.add(actor_of(request), data, name=name, published=form.cleaned_data["published"])
        except VigieError as fault:
            form.add_error(None, fault.said(gettext))
        else:
            return redirect("reports:report", id=made)
    context = {"form": form, "reports": queries.reports(), "unjudged": queries.unjudged()}
    return render(request, "reports/reports.html", context, status=400 if form.errors else 200)


@require_GET
def report(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """One report: its words and its claims side by side, what is masked, what it seems to copy."""
    row = queries.report(id)
    claims = queries.claims_of(id)
    context = {
        "row": row,
        "office": title(row.received_office),
        "claims": claims,
        "body": laid_out(row.passages, {claim.start for claim in claims}),
        "aside": [p for p in row.passages if p["role"] in {"boilerplate", "note", "byline", "meta"}],
        "copies": [(copy, JudgeForm(auto_id=f"{copy.id}-%s")) for copy in queries.copies_of(id)],
        "correct_form": CorrectForm(report=id, auto_id="correct-%s"),
        "withdraw_form": ReasonForm(auto_id="withdraw-%s"),
    }
    return render(request, "reports/report.html", context)


@require_POST
def judge(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Confirm or reject a copy link."""
    link = queries.copy(id)
    form = JudgeForm(request.POST)
    if form.is_valid():
        actions.judge_copy(
            actor_of(request),
            id,
            confirmed=form.cleaned_data["confirmed"] == "yes",
            reason=form.cleaned_data["reason"],
        )
    else:
        messages.error(request, gettext("Say whether it is a copy, and why."))
    return redirect("reports:report", id=link.child_id)


@require_POST
def correct(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Note a correction."""
    form = CorrectForm(request.POST, report=queries.report(id).id)
    if form.is_valid():
        actions.correct(
            actor_of(request), id, claims=form.cleaned_data["claims"], reason=form.cleaned_data["reason"]
        )
    else:
        messages.error(request, gettext("Tick the claims that were corrected, and say how."))
    return redirect("reports:report", id=id)


@require_POST
def withdraw(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Note a withdrawal."""
    form = ReasonForm(request.POST)
    actions.withdraw(actor_of(request), id, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("reports:report", id=id)
