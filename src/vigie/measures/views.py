"""Pages of measures: the matrix, the call-down sheet, one task, one owner, postures, responses, the owner's own page."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of, note_fault
from vigie.errors import NotFound, VigieError
from vigie.feeds import queries as heard
from vigie.homes import Home
from vigie.measures import actions, posture as postures, queries
from vigie.measures.actions.texting import BroughtBefore
from vigie.measures.call_sheet import CHIPS, Chip, check_chip
from vigie.measures.contrast import structures
from vigie.measures.documents import queries as documents
from vigie.measures.forms import AdjustForm, TakeDownForm
from vigie.measures.middleware import give, kept_at
from vigie.measures.moves import CLOSED
from vigie.measures.notice import head, sections
from vigie.measures.phrases import pick, say
from vigie.measures.places import site_of
from vigie.measures.proofs import ENDINGS, MOST, TooLarge
from vigie.ui import dates


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Owners × measures, with the filters."""
    chip = _chip(request)
    measure = request.GET.get("measure", "")
    page = request.GET.get("page", "1")
    found = queries.matrix(
        chip=chip, measure=measure, page=int(page) if page.isdecimal() and len(page) < 7 else 1
    )
    context = {
        "matrix": found,
        "chip": chip,
        "chips": CHIPS,
        "measure": measure,
        "totals": queries.totals(),
        "postures": [(row, queries.past_review(row)) for row in queries.shown()],
        "now": times.now(),
    }
    return render(request, "measures/matrix.html", context)


@require_GET
def contrast(request: HttpRequest) -> HttpResponse:
    """How other plans tie measures to a level."""
    return render(request, "measures/contrast.html", {"plans": structures()})


@require_GET
def calls(request: HttpRequest, chip: str) -> HttpResponse:
    """The call-down sheet of one filter; it prints on paper."""
    measure = request.GET.get("measure", "")
    found = queries.calls(check_chip(chip), measure=measure)
    known = queries.owners({call.owner for call in found})
    why = queries.failures({call.owner for call in found}) if chip == "not-reached" else {}
    context = {
        "calls": [(call, known.get(call.owner), why.get(call.owner, "")) for call in found],
        "words": queries.words_of([row.task for call in found for row in call.rows]),
        "chip": chip,
        "measure": measure,
        "known_at": times.now(),
    }
    return render(request, "measures/calls.html", context)


@require_GET
def task(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One task: what was asked, what was said, by whom."""
    found = queries.task(id)
    answers = queries.answers(found)
    proofs = queries.proofs_of([answer.id for answer in answers])
    context = {
        "task": found,
        "posture": found.posture,
        "words": found.posture.words.get(found.measure, {}),
        "helpers": queries.helpers(found.scheme, found.measure),
        "owner": queries.owner(found.owner),
        "sites": queries.site_names(set(found.sites)),
        "answers": [(answer, proofs.get(answer.id, ())) for answer in answers],
        "form": TakeDownForm(),
        "closed": found.state in CLOSED,
    }
    return render(request, "measures/task.html", context)


@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One owner: its tasks, and the form that takes down what it says."""
    if not queries.owners([id]) and not queries.rows(owner=id):
        raise NotFound("There is no owner {given}. Owners come with the tables that are imported.", given=id)
    form = TakeDownForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_down(actor_of(request), id, tasks=request.POST.getlist("task"), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            messages.success(request, _("The answer is on the record."))
            return redirect("measures:owner", id=id)
    rows = queries.rows(owner=id)
    words = queries.words_of([row.task for row in rows])
    context = {
        "owner": queries.owner(id),
        "rows": [(row, words.get(row.measure, {})) for row in rows],
        "form": form,
        "closed": CLOSED,
        "leavings": queries.leavings(id),
        "now": times.now(),
    }
    return render(request, "measures/owner.html", context, status=400 if form.errors else 200)


@require_GET
def proof(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Hand a proof out as a file to save: nothing of it is shown, or run, within a page of the house."""
    row = queries.proof(id)
    answer = HttpResponse(queries.proof_bytes(settings.VIGIE_HOME, row), content_type=row.media)
    answer["Content-Disposition"] = f'attachment; filename="{row.id}.{ENDINGS[row.media]}"'
    del request
    return answer


@require_POST
def called(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Note a call: reached or not."""
    actions.call(actor_of(request), id, reached=request.POST.get("reached") == "yes")
    return redirect("measures:owner", id=id)


@require_GET
def posture(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The posture document: what is on, since when, from which catalogue; it prints."""
    row = queries.posture(id)
    sector = request.GET.get("sector", "")
    written = documents.directive(row, language=pick(translation.get_language() or ""), sector=sector)
    context = {
        "posture": row,
        "paper": written,
        "page": True,
        "sector": sector,
        "sectors": documents.sectors(row, queries.catalogue(row.scheme)),
        "forms": [("pdf", "PDF"), ("docx", "Word (DOCX)"), ("html", "HTML")],
        "past_review": queries.past_review(row),
        "known_at": times.now(),
        "totals": None if sector else queries.totals(id),
    }
    return render(request, "measures/posture.html", context)


@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Switch single measures on or off under the level that stands."""
    row = queries.posture(id)
    catalogue = queries.catalogue(row.scheme)
    if catalogue is None or row.ended_at is not None or not row.level or site_of(row.zone):
        return redirect("measures:posture", id=id)
    form = AdjustForm(
        request.POST or None,
        catalogue=catalogue,
        language=pick(translation.get_language() or ""),
        initial={"active": row.active},
    )
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["active"])
        default = set(postures.default(catalogue, row.level).active)
        off = {name for name in default - wanted if not catalogue.measure(name).permanent}
        try:
            made = actions.switch(
                actor_of(request), row.cause, on=wanted - default, off=off, reason=form.cleaned_data["reason"]
            )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("measures:posture", id=made.posture)
    return render(
        request, "measures/adjust.html", {"form": form, "posture": row}, status=400 if form.errors else 200
    )


# No cookie gives this page its power: the address does, and who does not hold it can forge nothing. So it works in
# mail programs and phones that keep no cookies.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def yours(request: HttpRequest, token: str) -> HttpResponse:
    """An owner's own page: what changes for you. Reading it changes nothing; only its buttons do."""
    refused: VigieError | None = None
    if request.method == "POST":
        try:
            give(request, token)
        except VigieError as fault:
            refused = fault
        except RequestDataTooBig:
            refused = TooLarge(
                "What was sent is larger than {most} MB: nothing of it was kept. Send a smaller photograph, or the answer without it.",
                most=MOST // 2**20,
            )
        else:
            kept = redirect(kept_at(reverse("measures:yours", args=[token])))
            kept["Referrer-Policy"] = "no-referrer"  # the address is the key
            return kept
        if not request.accepts(
            "text/html"
        ):  # the page's own script, which shows it beside the answer it kept
            note_fault(request, refused)
            return JsonResponse({"say": refused.said(_)}, status=refused.status)
    link = queries.open_link(token)
    # The owner's language, unless the reader has chosen another with the switch.
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = pick(chosen) if chosen else queries.language_of(link.message)
    with translation.override(language):
        problem = refused.said(_) if refused else ""
        answer = render(
            request,
            "measures/yours.html",
            _page(link, language, problem)
            | {"kept": "kept" in request.GET, "one": request.GET.get("one", ""), "token": token},
            status=400 if problem else 200,
        )
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


@csrf_exempt  # a gateway keeps no cookies: the signed address is its right
@never_cache
@require_POST
def texts(request: HttpRequest, token: str) -> HttpResponse:
    """A text message that a gateway brings: done as if its owner had pressed the button. Gives what to send back."""
    queries.check_gateway(token)
    said = {name: str(value) for name, value in _brought(request).items() if value is not None}
    with translation.override(settings.VIGIE_HOME.languages[0]):
        try:
            moved = actions.answer_by_text(token, said.get("text", ""), text_id=said.get("id", ""))
        except BroughtBefore as fault:  # no fault of the gateway's: it is not to bring it a third time
            return JsonResponse({"taken": 0, "say": fault.said(_)})
        except VigieError as fault:
            note_fault(request, fault)
            return JsonResponse({"taken": 0, "say": fault.said(_)}, status=fault.status)
    return JsonResponse({"taken": len(moved), "say": _("The answer is on the record.")})


def _brought(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        said = json.loads(request.body)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {}


def _page(link: queries.Link, language: str, problem: str) -> dict[str, Any]:
    home: Home = settings.VIGIE_HOME
    message = link.message
    said = queries.notice(home, message, queries.owner(link.owner))
    tasks = {task.id: task for task in queries.tasks_of(message)}
    by_line = {line["measure"]: tasks.get(line["task"] or "") for line in message.lines}
    open_tasks = [task for task in tasks.values() if task.state not in CLOSED]
    stopping = [task for task in open_tasks if task.state == "stop_asked"]
    return {
        "said": said,
        "head": head(said, language),
        "sections": [
            (section, [(line, by_line.get(line.code)) for line in section.lines])
            for section in sections(said.lines, language)
        ],
        "closed": link.closed,
        "problem": problem,
        "late": any(task.due < times.now() and task.answered_at is None for task in open_tasks),
        "working": len(open_tasks) > len(stopping),
        "stopping": bool(stopping),
        "ending_tasks": stopping,
        "asked": {task.id for task in open_tasks} if len(open_tasks) > 1 and not link.closed else (),
        "made": f"{dates.instant(times.now(), home.zone, language)} {dates.zone_name(times.now(), home.zone)}",
        "provable": [task for task in open_tasks if task.state != "stop_asked"],
        "calls": heard.calls_for(message.posture.zone),
        "lowerings": heard.lowerings_for(message.posture.zone),
        "silent": heard.silent_to(message.posture.scheme, message.posture.zone),
        "title": say(language, "title"),
        "language": language,
        "zone": message.posture.zone,
        "sites_link": queries.sites_link(link.owner) if queries.sites_of(link.owner) else "",
    }


def _chip(request: HttpRequest) -> Chip | None:
    given = request.GET.get("show", "")
    return check_chip(given) if given else None
