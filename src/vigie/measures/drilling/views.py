"""Pages of contact drills: all of them, one, and the page by which an owner answers."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from vigie.accounts.middleware import actor_of
from vigie.errors import VigieError
from vigie.measures import actions, queries
from vigie.measures.drilling.forms import DrillForm
from vigie.measures.drilling.standing import STANDINGS
from vigie.measures.phrases import pick


@require_http_methods(["GET", "POST"])
def drills(request: HttpRequest) -> HttpResponse:
    """The contact drills, and the form that calls one."""
    form = DrillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.call_drill(actor_of(request), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("measures:drill", id=made[0])
    context = {"form": form, "drills": [(row, _counts(queries.drill_lines(row))) for row in queries.drills()]}
    return render(request, "measures/drills.html", context, status=400 if form.errors else 200)


@require_GET
def drill(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One drill: who answered in time, late, not at all, and who could not be reached."""
    row = queries.drill(id)
    lines = queries.drill_lines(row)
    context = {"drill": row, "lines": lines, "counts": _counts(lines)}
    return render(request, "measures/drill.html", context)


# As on an owner's page of tasks: the address gives the power, no cookie does.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def drill_answer(request: HttpRequest, token: str) -> HttpResponse:
    """An owner's page of a drill: one button. Reading it answers nothing."""
    call = queries.check_drilled(token)
    if request.method == "POST":
        actions.answer_drill(token)
        kept = redirect(request.path)
        kept["Referrer-Policy"] = "no-referrer"  # the address is the key
        return kept
    owner = queries.owner(call.owner)
    language = pick(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") or owner.language)
    with translation.override(language):
        answer = render(request, "measures/drill_answer.html", {"call": call, "owner": owner})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _counts(lines: Iterable[queries.DrillLine]) -> dict[str, int]:
    counted = Counter(line.standing for line in lines)
    return {name: counted[name] for name in STANDINGS if counted[name]}
