"""Pages of history: a scheme through time, counts with their definition, official figures, open data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.errors import NotFound, VigieError
from vigie.history import actions, chronicle, counts as counting, queries
from vigie.history.beside import beside
from vigie.history.changes import Change, changes as shipped
from vigie.history.definitions import definitions, tally
from vigie.history.drawing import NARROW, WIDE, draw
from vigie.history.figures import side_by_side
from vigie.history.forms import AsOfForm, CountForm, FigureForm, ThenForm
from vigie.history.incidents import register, sure
from vigie.history.levels import Answer, instant, level_at
from vigie.homes import Home
from vigie.schemes.reader import Scheme, all_ids, load

_WHOLE = {"scope": "national", "renewals": "merged", "editions": "this"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every scheme with a history; those this home decides first."""
    home: Home = settings.VIGIE_HOME
    own = {each.scheme for each in home.decides}
    rows = [
        {
            "scheme": load(each),
            "own": each in own,
            "changes": len(shipped(each)),
            "here": len(queries.own_levels(each)),
        }
        for each in all_ids()
    ]
    rows.sort(key=lambda row: (not row["own"], not row["here"], str(row["scheme"].country), row["scheme"].id))  # type: ignore[attr-defined]
    return render(request, "history/index.html", {"rows": rows})


@require_GET
def scheme(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One scheme: timeline, level as of and as known then, counts under each definition, changes with their pages."""
    plan = load(id)
    asked, counted = (
        AsOfForm(request.GET or None),
        CountForm(plan, {**_WHOLE, "level": next(reversed(plan.codes), ""), **request.GET.dict()}),
    )
    status, fault = 200, ""
    context: dict[str, Any] = {
        "scheme": plan,
        "asked": asked,
        "counted": counted,
        "query": request.GET.urlencode(),
    }
    rows = queries.changes(id)
    try:
        known = _known(plan, asked)
        zone = _zone(asked)
        context["answer"] = _answer(plan, asked, rows, known)
        told = chronicle.chronicle(id, zone=zone, known_at=known, changes=rows)
        context |= {"told": told, "stays": _stays(told), "known": known}
        context |= _counts(plan, counted, rows, known)
    except VigieError as refusal:
        status, fault = refusal.status, str(refusal)
        context["told"] = chronicle.chronicle(id, known_at=times.now(), changes=rows)
    return render(request, "history/scheme.html", {**context, "fault": fault}, status=status)


@require_GET
def then(request: HttpRequest) -> HttpResponse:
    """Levels, measures and tasks at one time as known at another, from the record alone."""
    asked = ThenForm(request.GET or None)
    given = asked.cleaned_data if asked.is_valid() else {}
    status, found, fault = 200, None, ""
    try:
        at, known = (_moment(given.get(name, "")) for name in ("at", "known"))
        found = queries.picture(at, known)
    except VigieError as refusal:
        status, fault = refusal.status, refusal.said(_)
    return render(
        request, "history/then.html", {"asked": asked, "found": found, "fault": fault}, status=status
    )


def _moment(given: str) -> datetime:
    """Read an instant in the home's zone; a day alone means its last second, but nothing later than now."""
    home: Home = settings.VIGIE_HOME
    if not given.strip():
        return times.now()
    read = times.parse(given, home.zone)
    if len(given.strip()) == len("2015-06-26"):
        read += timedelta(days=1, seconds=-1)
    return min(read, times.now())


def _zone(asked: AsOfForm) -> str | None:
    return asked.cleaned_data["zone"] or None if asked.is_valid() else None


def _known(plan: Scheme, asked: AsOfForm) -> datetime:
    given = asked.cleaned_data["known"] if asked.is_valid() else ""
    return min(instant(plan, given), times.now()) if given else times.now()


def _answer(plan: Scheme, asked: AsOfForm, rows: Sequence[Change], known: datetime) -> Answer:
    at = asked.cleaned_data["at"] if asked.is_valid() else ""
    when = instant(plan, at) if at else times.now()
    return level_at(plan.id, when, zone=_zone(asked), known_at=known, changes=rows)


def _counts(plan: Scheme, form: CountForm, rows: Sequence[Change], known: datetime) -> dict[str, Any]:
    if not plan.levels:
        return {}
    given = form.cleaned_data if form.is_valid() else {}
    code = given.get("level") or plan.levels[-1].code
    found = counting.counts(
        plan.id,
        code,
        known,
        changes=rows,
        all_editions=given.get("editions") == "all",
        earlier=queries.changes,
    )
    merged = given.get("renewals") != "counted"
    scope = given.get("scope") or "national"
    wanted = [each for each in found if len(each.definition.editions) > 1] or list(found)
    chosen = counting.chosen(wanted, scope, merge_renewals=merged)
    return {
        "count_code": code,
        "count": chosen,
        "counts": found,
        "left_out": counting.left_out(plan.id, code, known),
    }


def _stays(told: chronicle.Chronicle) -> list[dict[str, Any]]:
    found = told.durations
    return [
        {"code": code, "length": length, "longest": found.longest[code]}
        for code, length in sorted(found.days.items(), key=lambda pair: -told.scheme.level(pair[0]).rank)
    ]


def _query(request: HttpRequest) -> str:
    """Carry the place and the time of knowing on to the drawing and the downloads."""
    return urlencode({key: request.GET[key] for key in ("zone", "known") if request.GET.get(key)})


@require_GET
def download(request: HttpRequest, id: str, form: str) -> HttpResponse:  # noqa: A002
    """The history of a scheme as open data: csv, json or svg (`narrow` for a phone)."""
    plan, asked = load(id), AsOfForm(request.GET)
    rows = queries.changes(id)
    told = chronicle.chronicle(id, zone=_zone(asked), known_at=_known(plan, asked), changes=rows)
    if form == "csv":
        return _file(chronicle.as_csv(told), f"{id}.csv", "text/csv; charset=utf-8")
    if form == "json":
        return JsonResponse(chronicle.as_dict(told), json_dumps_params={"ensure_ascii": False, "indent": 2})
    if form != "svg":
        raise NotFound("There is no history as {form}. It comes as csv, json or svg.", form=form)
    title = _("Levels through time: {name}").format(name=told.scheme.name)
    drawn = draw(told, title=title, width=NARROW if "narrow" in request.GET else WIDE)
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Official figures as said, those that would be compared side by side."""
    area = request.GET.get("area", "FR")
    found = queries.figures(area)
    context = {
        "area": area,
        "areas": sorted({each.area for each in queries.figures()}),
        "groups": side_by_side(found),
        "may_record": may(actor_of(request), "history.figure.record"),
    }
    return render(request, "history/figures.html", context)


@require_GET
def figure(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One figure: its words, its source, and what our register holds beside it."""
    found = queries.figure(id)
    return render(request, "history/figure.html", {"figure": found, "side": beside(found)})


@require_http_methods(["GET", "POST"])
def record_figure(request: HttpRequest) -> HttpResponse:
    """The form that records a figure as said; `?corrects=ID` mends an earlier one."""
    corrects = request.GET.get("corrects", "")
    form = FigureForm(request.POST or None, initial=_initial(corrects))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_figure(actor_of(request), **form.cleaned_data, corrects=corrects)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("history:figure", id=made)
    context = {"form": form, "corrects": corrects}
    return render(request, "history/record_figure.html", context, status=400 if form.errors else 200)


def _initial(corrects: str) -> dict[str, Any]:
    if not corrects:
        return {"as_of": times.now().date().isoformat(), "area": "FR"}
    found = queries.figure(corrects)
    return {
        "what": list(found.what), "value": found.value, "modifier": found.modifier, "said_by": found.said_by,
        "as_of": str(found.as_of), "window_from": str(found.window_from), "window_to": str(found.window_to),
        "area": found.area, "where": found.where, "source": found.source, "note": found.note,
    }  # fmt: skip


@require_GET
def figures_data(request: HttpRequest) -> HttpResponse:
    """Every figure as open data."""
    del request
    rows = [each.as_dict() for each in queries.figures()]
    return JsonResponse({"figures": rows}, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """The register that figures are shown beside: place, date, status, page; no person."""
    under = [tally(sure(), each) for each in definitions()]
    return render(request, "history/incidents.html", {"register": register(), "under": under})


def _file(content: str, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
