"""Pages of sites and owners."""

from collections import Counter
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.exposure import actions, areas, crowding, queries
from vigie.exposure.forms import ReasonForm, SitesFilter
from vigie.exposure.models import Site

PER_PAGE = 50
DAYS = 7


@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """The list of sites, by kind and area, and what does not meet."""
    form = SitesFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {"kind": "", "area": ""}
    # An empty area stays empty; a wrong one is refused in the reader's own words by the middleware.
    found = queries.sites(kind=chosen["kind"], area=areas.check(chosen["area"]) if chosen["area"] else "")
    answering = _answering()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(site, crowding.yearly(site), answering.get(site.id, [])) for site in page],
        "total": len(found),
        "by_basis": Counter(crowding.yearly(site).basis for site in found),
        "gaps": queries.gaps(),
        "may_import": may(actor_of(request), "exposure.sites.import"),
    }
    return render(request, "exposure/sites.html", context)


@require_GET
def site(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One site: what is known, who answers, how many people are expected this week, and why."""
    row = queries.site(id)
    context = {
        "row": row,
        "yearly": crowding.yearly(row),
        "owners": _answering().get(row.id, []),
        "days": [] if row.withdrawn_at else _week(row, times.now().date()),
        "reason_form": ReasonForm(),
        "may_withdraw": may(actor_of(request), "exposure.site.withdraw") and row.withdrawn_at is None,
    }
    return render(request, "exposure/site.html", context)


def _week(row: Site, start: date) -> list[tuple[date, list[crowding.Present]]]:
    entries = queries.entries(start, start + timedelta(days=DAYS - 1), row.area)
    days: dict[date, list[crowding.Present]] = {}
    for one in crowding.present([row], start, DAYS, entries):
        days.setdefault(one.day, []).append(one)
    return list(days.items())


@require_POST
def withdraw_site(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Take a site out."""
    form = ReasonForm(request.POST)
    actions.withdraw_site(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("exposure:site", id=id)


@require_GET
def owners(request: HttpRequest) -> HttpResponse:
    """The owners, what each answers for, and – for offices that may – how each is reached."""
    reached = queries.contacts() if may(actor_of(request), "exposure.contact.read") else None
    charges = queries.charges()
    context = {
        "rows": [
            (o, charges[o.id], reached.get(o.id) if reached is not None else None) for o in queries.owners()
        ],
        "contacts_shown": reached is not None,
        "gaps": queries.gaps(),
        "may_import": may(actor_of(request), "exposure.owners.import"),
        "reason_form": ReasonForm(),
    }
    return render(request, "exposure/owners.html", context)


@require_POST
def withdraw_owner(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Take an owner out."""
    form = ReasonForm(request.POST)
    actions.withdraw_owner(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("exposure:owners")


def _answering() -> dict[str, list[str]]:
    """Give the names of the owners of each site."""
    names = {o.id: o.name for o in queries.owners()}
    found: dict[str, list[str]] = {}
    for owner_id, its in queries.charges().items():
        for place in its:
            found.setdefault(place.id, []).append(names[owner_id])
    return found
