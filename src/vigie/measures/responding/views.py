"""Pages of responses: all sites', one site's history, and those of an owner by signed link."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.errors import VigieError
from vigie.measures import actions, queries
from vigie.measures.responding.forms import EndForm, ResponseForm, YourResponseForm


@require_http_methods(["GET", "POST"])
def responses(request: HttpRequest) -> HttpResponse:
    """The sites' own response levels, and the form that sets one."""
    form = ResponseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scheme, level = given.pop("level")
        try:
            actions.respond(actor_of(request), scheme=scheme, level=level, **given)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("measures:responses")
    found = queries.responses()
    names = queries.site_names({row.site for row in found})
    context = {
        "form": form,
        "responses": [(row, names.get(row.site, row.site)) for row in found],
        "suggestions": queries.suggestions(),
        "now": times.now(),
    }
    return render(request, "measures/responses.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def response_of(request: HttpRequest, site: str) -> HttpResponse:
    """Every response a site ever held and what hangs on it; the form that ends the one that stands."""
    past = queries.past_responses(site)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_response(actor_of(request), _standing(site), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("measures:response_of", site=site)
    context = {
        "site": site,
        "name": queries.site_names([site]).get(site, site),
        "responses": [(row, _who(row.set_office), _who(row.ended_office)) for row in past],
        "standing": queries.responses(site),
        "posture": queries.at_site(site),
        "form": form,
        "now": times.now(),
    }
    return render(request, "measures/response_of.html", context, status=400 if form.errors else 200)


# As on an owner's page of tasks: the address gives the power, no cookie does.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def your_sites(request: HttpRequest, token: str) -> HttpResponse:
    """The responses of an owner's own sites. Reading it changes nothing; only its buttons do."""
    owner = queries.holder_of_sites(token)
    ending = request.POST.get("end", "")
    places = queries.of_owner(owner)
    form = YourResponseForm(
        request.POST if request.method == "POST" and not ending else None,
        sites=places,
        schemes=queries.response_schemes(),
    )
    end = _end_form(ending, request.POST if ending else None)
    if (end if ending else form).is_valid():
        try:
            _do(token, ending, end.cleaned_data if ending else form.cleaned_data)
        except VigieError as fault:
            (end if ending else form).add_error(None, fault.said(_))
        else:
            kept = redirect(f"{request.path}?kept")
            kept["Referrer-Policy"] = "no-referrer"  # the address is the key
            return kept
    context = {
        "owner": queries.owner(owner),
        "places": [
            (place, end if place.response.id == ending else _end_form(place.response.id))
            if place.response
            else (place, None)
            for place in places
        ],
        "no_longer": end.errors
        and not any(place.response and place.response.id == ending for place in places),
        "suggestions": queries.suggestions(),
        "form": form,
        "end": end,
        "kept": "kept" in request.GET,
        "now": times.now(),
    }
    faulty = form.errors or end.errors
    answer = render(request, "measures/your_sites.html", context, status=400 if faulty else 200)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _end_form(response: str, given: QueryDict | None = None) -> EndForm:
    # Several stand on one page: each field needs a name of its own for its label.
    return EndForm(given, auto_id=f"{response}-%s")


def _do(token: str, ending: str, given: dict[str, Any]) -> None:
    if ending:
        actions.end_response_by_link(token, ending, reason=given["reason"])
        return
    scheme, level = given["level"]
    review: datetime = given["review"]
    actions.respond_by_link(token, given["site"], scheme, level, reason=given["reason"], review=review)


def _standing(site: str) -> str:
    """Name the response that stands; the last one where none does: the verb says that it has ended."""
    held = queries.responses(site) or queries.past_responses(site)[:1]
    return held[0].id if held else ""


def _who(office: str) -> str:
    owner = office.removeprefix("owner:")
    return queries.owner(owner).name if owner != office else office
