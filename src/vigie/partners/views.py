"""Pages of partners: what waits and what left, proposing, reading a release beside the full version, letting it go."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import persons_with, title
from vigie.accounts.signing_in.middleware.stepping_up import proven
from vigie.accounts.signing_in.proof import NotProven
from vigie.assessment.queries import claims_since
from vigie.errors import NotFound, VigieError
from vigie.ledger.tlog_proof import SUFFIX
from vigie.markings import parse
from vigie.partners import actions, queries
from vigie.partners.elements import Draft, Element
from vigie.partners.forms import (
    AgreeForm,
    ApproveForm,
    ConsentForm,
    JudgementSet,
    MeasureSet,
    ReasonForm,
    ReleaseForm,
)
from vigie.partners.models import Release
from vigie.partners.release import UnknownSource

CLAIMS_OF = timedelta(days=90)


@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """What waits, what left, what was taken back; and the partners."""
    context = {
        "waiting": queries.releases("proposed"),
        "left": queries.releases("released"),
        "ended": [*queries.releases("withdrawn"), *queries.releases("rejected")],
        "partners": queries.partners(),
    }
    return render(request, "partners/releases.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The form of a release: elements chosen, and written anew for the partner."""
    data = request.POST or None
    claims = claims_since(times.now() - CLAIMS_OF)
    form = ReleaseForm(data)
    judgements = JudgementSet(data, prefix="judgement", form_kwargs={"claims": claims})
    measures = MeasureSet(data, prefix="measure")
    valid = request.method == "POST" and all([form.is_valid(), judgements.is_valid(), measures.is_valid()])
    if valid:
        told = form.cleaned_data
        named = form.named()
        about = tuple(element.key for element in named)
        rewritten = [
            *(j.judgement(number, about) for number, j in enumerate(judgements, 1)),
            *(m.measure(number, told["level"]) for number, m in enumerate(measures, 1)),
        ]
        chosen: list[Element] = [*named, *(element for element in rewritten if element)]
        copied = {
            name: told[name]
            for name in ("audience", "level", "title", "summary", "language", "recipients", "lowering")
        }
        try:
            made = actions.propose(actor_of(request), marking=form.marking(), chosen=chosen, **copied)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("partners:release", id=made)
    context = {"form": form, "judgements": judgements, "measures": measures, "partners": queries.partners()}
    return render(request, "partners/propose.html", context, status=400 if data else 200)


@require_GET
def release(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """What the partner will see, beside the full version; and who must let it go."""
    return render(request, "partners/release.html", _release(queries.release(id)))


@require_POST
def approve(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Let go."""
    row = queries.release(id)
    form = ApproveForm(request.POST)
    if form.is_valid():
        if form.cleaned_data["typed"].strip().upper() != parse(row.marking).tlp.label:
            form.add_error("typed", _("This is not the release's marking. Read it above and type it."))
        else:
            seen = form.cleaned_data["seen"]
            try:
                actor = proven(request, "partners.release.approve", id, seen)
            except NotProven as fault:
                form.add_error(None, fault.said(_))
            else:
                actions.approve(actor, id, seen=seen)
                return redirect("partners:release", id=id)
    return render(request, "partners/release.html", _release(row) | {"approve_form": form}, status=400)


@require_POST
def reject(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Refuse."""
    form = ReasonForm(request.POST)
    actions.reject(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("partners:release", id=id)


@require_POST
def withdraw(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Take back."""
    form = ReasonForm(request.POST)
    actions.withdraw(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("partners:release", id=id)


@require_GET
def bundle(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The frozen bytes, to be handed over; once taken back, the withdrawal."""
    del request
    row = queries.release(id)
    if row.state not in ("released", "withdrawn"):
        raise NotFound(
            "{release} is {state}: nothing has left, so there is no file.", release=id, state=row.state
        )
    taken_back = row.state == "withdrawn"
    answer = HttpResponse(
        row.withdrawal if taken_back else row.bundle, content_type="application/stix+json;version=2.1"
    )
    answer["Content-Disposition"] = f'attachment; filename="{id}{"-withdrawn" if taken_back else ""}.json"'
    return answer


@require_GET
def proof(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The proof that the frozen bytes stand in the partner's own log, to be handed over with them."""
    del request
    row = queries.release(id)
    text = queries.proof(row)
    if not text:
        raise NotFound("{release} has no proof: it is in no log.", release=id)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"{id}{'-withdrawn' if row.state == 'withdrawn' else ''}{SUFFIX}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Record what was agreed with a partner."""
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(actor_of(request), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("partners:releases")
    return render(request, "partners/agree.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Record an originator's consent."""
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_consent(actor_of(request), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("partners:releases")
    return render(request, "partners/consent.html", {"form": form}, status=400 if form.errors else 200)


def _release(row: Release) -> dict[str, Any]:
    draft = queries.draft(row)
    full = {item.id: item for item in queries.internals(s for e in draft.elements for s in e.sources)}
    return {
        "row": row,
        "draft": draft,
        "pairs": [
            (element, [full.get(source, source) for source in element.sources]) for element in draft.elements
        ],
        "objections": _objections(draft) if row.state == "proposed" else [],
        "approve_form": ApproveForm(initial={"seen": row.digest}),
        "reason_form": ReasonForm(),
        "first_office": title(row.proposed_office),
        "second_office": title(row.approved_office) if row.approved_office else "",
        "may_second": sorted({title(office) for _person, office in persons_with("partners.release.approve")}),
        "marking": parse(row.marking),
        "log_key": queries.log_key(row) if queries.proof(row) else "",
    }


def _objections(draft: Draft) -> list[str]:
    try:
        return [objection.said(_) for objection in queries.objections_to(draft)]
    except UnknownSource as fault:
        return [fault.said(_)]
