"""Pages of erasure: the terms, what waits, what went, what is kept beyond its term; requests and their answers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, title
from vigie.erasure import actions, queries, terms
from vigie.erasure.forms import AnswerForm, ProposeForm, RefuseForm, RequestForm
from vigie.errors import VigieError
from vigie.homes import Home


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, what was erased and why, what is kept beyond its term, and the terms themselves."""
    home: Home = settings.VIGIE_HOME
    actor = actor_of(request)
    today = times.now().astimezone(times.time_zone(home.zone)).date()
    context = {
        "waiting": queries.waiting(),
        "settled": queries.settled(),
        "kept": queries.kept_beyond(),
        "terms": [(term, terms.days(home, term)) for term in terms.TERMS],
        "open_requests": [
            (row, (row.due - today).days, AnswerForm(auto_id=f"{row.id}-%s"))
            for row in queries.open_requests()
        ],
        "answered": queries.answered_requests(),
        "request_form": RequestForm(initial={"received": today}),
        "may_note": may(actor, "erasure.request.note"),
        "may_propose": may(actor, "erasure.entries.propose"),
    }
    return render(request, "erasure/overview.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an erasure; `?entry=12` fills in the number."""
    posted = request.method == "POST"
    form = ProposeForm(request.POST if posted else None, initial={"entries": request.GET.get("entry", "")})
    if posted and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.propose(
                actor_of(request), given["entries"], ground=given["ground"], authority=given["authority"],
                request=given["request"],
            )  # fmt: skip
        except VigieError as fault:
            form.add_error(None, fault.said(gettext))
        else:
            return redirect("erasure:erasure", id=made)
    return render(request, "erasure/propose.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def erasure(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 - the record calls it so
    """One erasure: what it takes, on which ground; the second person's act."""
    row = queries.erasure(id)
    actor = actor_of(request)
    context: dict[str, Any] = {
        "row": row,
        "lines": queries.lines(row.entries[:200]),
        "more": len(row.entries) - 200,
        "first_office": title(row.proposed_office) if row.proposed_office else "",
        "second_office": title(row.done_office) if row.done_office else "",
        "may_second": may(actor, "erasure.entries.carry_out") and actor.person != row.proposed_by,
        "refuse_form": RefuseForm(),
    }
    return render(request, "erasure/erasure.html", context)


@require_POST
def carry_out(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Erase what another person proposed."""
    actions.carry_out(actor_of(request), id)
    return redirect("erasure:erasure", id=id)


@require_POST
def refuse(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Leave the entries as they are."""
    form = RefuseForm(request.POST)
    actions.refuse(actor_of(request), id, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("erasure:erasure", id=id)


@require_POST
def note_request(request: HttpRequest) -> HttpResponse:
    """Note a request that came in."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        return render(request, "erasure/request.html", {"request_form": form}, status=400)
    given = form.cleaned_data
    actions.note_request(
        actor_of(request), given["what"], reference=given["reference"], received=given["received"], entries=given["entries"],
    )  # fmt: skip
    return redirect("erasure:overview")


@require_POST
def answer(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Note what was answered."""
    form = AnswerForm(request.POST)
    given = (
        form.cleaned_data if form.is_valid() else {"outcome": request.POST.get("outcome", ""), "words": ""}
    )
    actions.answer_request(actor_of(request), id, given["outcome"], words=given["words"])
    return redirect("erasure:overview")
