"""Pages of plans: the planner's, a team's sheet, the check of a draw."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, title
from vigie.alert.queries import standing
from vigie.errors import NotFound, VigieError
from vigie.exposure.queries import sites
from vigie.homes import Home
from vigie.patrols import actions, queries, showing
from vigie.patrols.forms import DrawForm
from vigie.patrols.models import Plan
from vigie.patrols.presence import MOST_DAYS

_LINES = 100


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan, the newest first."""
    context = {
        "plans": [(row, showing.people_up(row.exposed)) for row in queries.plans()],
        "may_draw": may(actor_of(request), "patrols.plan.draw"),
        "now": times.now(),
    }
    return render(request, "patrols/plans.html", context)


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """The form of a new plan."""
    form = DrawForm(request.POST or None, initial={"first_day": _tomorrow(), "days": MOST_DAYS})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draw(actor_of(request), **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("patrols:plan", id=made)
    context = {"form": form, "site_count": len(sites())}
    return render(request, "patrols/draw.html", context, status=400 if form.errors else 200)


@require_GET
def plan(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One plan: what it guarantees, what it hangs on, one half day of it whole."""
    row = queries.plan(id)
    index = _chosen(request, row)
    half = row.halves[index]
    pages = Paginator(showing.site_lines(half, row.sites, row.names), _LINES)
    context = {
        "row": row,
        "office": title(row.drawn_office),
        "exposed": showing.people_up(row.exposed),
        "least": showing.people_down(row.least),
        "rivals": showing.rival_lines(row.exposed, row.rivals),
        "assumed_share": row.assumed_share / 10,
        "scenarios": [("low", *_scenario(row.assumed_low)), ("high", *_scenario(row.assumed_high))],
        "halves": showing.half_lines(row.halves, row.teams),
        "chosen": showing.half_lines([half], row.teams)[0],
        "lines": pages.get_page(request.GET.get("page")),
        "teams": showing.team_lines(row.draws, index, row.names),
        "over": times.now() >= row.ends,
    }
    return render(request, "patrols/plan.html", context)


@require_GET
def sheet(request: HttpRequest, id: str, day: str, half: str, team: int) -> HttpResponse:  # noqa: A002
    """A team's sheet: on a phone, and on one side of A4."""
    row = queries.plan(id)
    found = queries.sheet(row, times.parse_day(day), half, team)
    context = {
        "row": row,
        "sheet": found,
        "levels": standing(),
        "known_at": times.now(),
        "fingerprint": row.commitment[:16],
    }
    return render(request, "patrols/sheet.html", context)


@require_GET
def verify(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Draw a plan that is over again from its revealed seed."""
    row = queries.plan(id)
    context: dict[str, Any] = {
        "row": row,
        "over": times.now() >= row.ends,
        "may_reveal": may(actor_of(request), "patrols.seed.reveal"),
    }
    if row.revealed_at is not None:
        try:
            context["turns"] = queries.verify(row)
        except VigieError as fault:
            context["fault"] = str(fault)
    return render(request, "patrols/verify.html", context)


@require_POST
def reveal(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Put the seed of a plan that is over on the record."""
    actions.reveal(actor_of(request), id)
    return redirect("patrols:verify", id=id)


def _tomorrow() -> date:
    home: Home = settings.VIGIE_HOME
    return times.now().astimezone(times.time_zone(home.zone)).date() + timedelta(days=1)


def _chosen(request: HttpRequest, row: Plan) -> int:
    """Give the place of the half day that the address names; the first when it names none."""
    day, half = request.GET.get("day"), request.GET.get("half")
    if day is None and half is None:
        return 0
    for index, one in enumerate(row.halves):
        if (one["day"], one["half"]) == (day, half):
            return index
    raise NotFound("The plan {plan} has no {day} {half}.", plan=row.id, day=day, half=half)


def _scenario(stored: dict[str, int]) -> tuple[int, int, float]:
    return showing.people_up(stored["plan"]), showing.people_up(stored["best"]), stored["regret"] / 10
