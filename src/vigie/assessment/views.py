"""Pages of evidence: the assessments, the evidence behind one, making one, grading a claim."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.assessment import actions, criteria, queries
from vigie.assessment.dossier import Question
from vigie.assessment.evaluation import in_language
from vigie.assessment.forms import AssessForm, DissentForm, ItemForm, ReviewForm, SourceForm, WhichLevelForm
from vigie.assessment.grades import Estimate
from vigie.assessment.independence import Independence
from vigie.assessment.models import Assessment
from vigie.errors import NotFound, VigieError
from vigie.schemes.reader import load

REVIEW_AFTER = timedelta(days=15)
CLAIMS_OF = timedelta(days=90)

# Glyph, word and tone of each state of a criterion or a question.
STATES = {
    "met": ("check", _("met"), "good"),
    "shown": ("check", _("shown"), "good"),
    "contested": ("half", _("contested"), "attention"),
    "refuted": ("cross", _("the evidence is against it"), "bad"),
    "open": ("ring", _("not shown"), ""),
    "missing": ("question", _("missing"), "attention"),
}


@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment; what is past its review date first."""
    stale = queries.stale()
    others = [row for row in queries.assessments() if row.id not in {s.id for s in stale}]
    rows = [
        (row, _level(row), queries.is_stale(row), queries.ground(row.id).holds) for row in [*stale, *others]
    ]
    return render(request, "assessment/assessments.html", {"rows": rows, "stale": len(stale)})


@require_GET
def evidence(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The evidence behind a level: criterion by criterion, for, against, missing."""
    context = _evidence(queries.assessment(id), actor_of(request).person) | {
        "dissent_form": DissentForm(auto_id="dissent-%s"),
        "review_form": ReviewForm(initial={"upheld": "yes", "next_review": times.now() + REVIEW_AFTER}),
    }
    return render(request, "assessment/evidence.html", context)


@require_GET
def evidence_print(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The same on paper."""
    return render(
        request, "assessment/evidence_print.html", _evidence(queries.assessment(id), actor_of(request).person)
    )


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest) -> HttpResponse:
    """Choose the level (`?level=SCHEME/CODE&zone=Z`), then the evidence and the words."""
    which = WhichLevelForm(request.GET or None)
    if not which.is_valid():
        return render(
            request, "assessment/which.html", {"form": which}, status=400 if which.is_bound else 200
        )
    scheme, code = which.cleaned_data["level"]
    zone = which.cleaned_data["zone"]
    load(scheme).check_zone(zone)
    claims = queries.claims_since(times.now() - CLAIMS_OF)
    asked = criteria.load(scheme, code)
    initial = {"review": times.now() + REVIEW_AFTER}
    form = AssessForm(asked, claims, get_language() or "en", request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        scale, _slash, word = form.cleaned_data["estimate"].partition("/")
        told = {
            name: form.cleaned_data[name]
            for name in ("reasons", "override", "judgement", "confidence", "missing", "dissent", "review")
        }
        try:
            made = actions.assess(
                actor_of(request),
                scheme=scheme,
                level=code,
                zone=zone,
                evidence=form.chosen(),
                scale=scale,
                word=word,
                **told,
            )
        except VigieError as fault:
            form.add_error(None, fault.said(gettext))
        else:
            return redirect("assessment:evidence", id=made)
    context = {"form": form, "level": _named(scheme, code), "zone": zone, "claims": len(claims)}
    return render(request, "assessment/assess.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, claim: str) -> HttpResponse:
    """Grade a claim on two screens, the source first: the item is judged without the source's letter in sight."""
    known = queries.seen([claim]).get(claim)
    if known is None:
        raise NotFound("There is no claim {given}. Claims come from reports; open one there.", given=claim)
    context: dict[str, Any] = {
        "claim": known,
        "gradings": [(each, title(each.office)) for each in queries.gradings(claim)],
    }
    if request.method == "POST" and "item" in request.POST:
        form: SourceForm | ItemForm = ItemForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            why = f"Source: {told['why_source']} Item: {told['why_item']}"
            actions.grade(actor_of(request), claim, source=told["source"], item=told["item"], why=why)
            return redirect("assessment:grade", claim=claim)
    elif request.method == "POST":
        form = SourceForm(request.POST)
        if form.is_valid():
            form = ItemForm(initial=form.cleaned_data)
    else:
        form = SourceForm()
    second = isinstance(form, ItemForm)
    return render(
        request,
        "assessment/grade.html",
        context | {"form": form, "second": second},
        status=400 if form.errors else 200,
    )


@require_POST
def dissent(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Differ."""
    form = DissentForm(request.POST)
    actions.dissent(actor_of(request), id, form.cleaned_data["words"] if form.is_valid() else "")
    return redirect("assessment:evidence", id=id)


@require_POST
def read_dissent(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Say that one has read it, and go back to where it was shown."""
    actions.read_dissent(actor_of(request), id)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("assessment:evidence", id=queries.dissent(id).assessment_id)


@require_POST
def review(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Look again."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        actions.review(
            actor_of(request),
            id,
            upheld=told["upheld"] == "yes",
            words=told["words"],
            next_review=told["next_review"],
        )
        return redirect("assessment:evidence", id=id)
    context = _evidence(queries.assessment(id), actor_of(request).person) | {
        "dissent_form": DissentForm(auto_id="dissent-%s"),
        "review_form": form,
    }
    return render(request, "assessment/evidence.html", context, status=400)


def _evidence(row: Assessment, person: str) -> dict[str, Any]:
    language = get_language() or "en"
    dossier = queries.dossier(row, language)
    asked = criteria.load(row.scheme, row.level)
    ground = queries.ground(row.id)
    return {
        "row": row,
        "level": _level(row),
        "sections": [
            (
                section,
                STATES[section.state],
                [(q, STATES[q.state], _behind(q)) for q in section.questions],
            )
            for section in dossier.sections
        ],
        "said": [sentence.said(gettext) for sentence in dossier.suggestion.conclusion(language)],
        "now_suggests": dossier.suggestion.level or "",
        "fragile": dossier.fragile,
        "override": in_language(asked.override(row.override).words, language) if row.override else "",
        "estimate": Estimate(row.scale, row.word).printed(gettext) if row.word else "",
        "ground": ground,
        "stale": queries.is_stale(row),
        "dissents": [(each, title(each.office)) for each in queries.dissents(row.id)],
        "unread": {each.id for each in queries.unread(row.id, person)},
        "reviews": [(each, title(each.office)) for each in row.reviews.all()],
        "office": title(row.made_office),
        "sources": asked.sources,
        "known_at": times.now(),
    }


def _behind(question: Question) -> Independence | None:
    """Count what stands behind the answer to one question; None when nothing speaks for it."""
    standing = [line.seen for line in question.supporting if line.seen and line.stands]
    return queries.independence(standing) if standing else None


def _level(row: Assessment) -> dict[str, str]:
    return _named(row.scheme, row.level)


def _named(scheme: str, code: str) -> dict[str, str]:
    plan = load(scheme)
    level = plan.level(code)
    spoken = get_language() or "en"
    own = spoken if spoken in level.name else next(iter(level.name), "")
    return {
        "scheme": plan.name,
        "shape": level.shape,
        "printed": level.printed,
        "word": level.word(own),
        "language": own,
    }
