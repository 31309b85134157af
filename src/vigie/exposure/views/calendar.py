"""Pages of what lies ahead, and of the events a home enters."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.errors import VigieError
from vigie.exposure import actions, events, queries, strip
from vigie.exposure.forms import AheadForm, EventForm, ReasonForm
from vigie.homes import Home


@require_GET
def ahead(request: HttpRequest) -> HttpResponse:
    """What lies ahead: strip, drivers in words, every entry, what is not known."""
    given = {
        "area": _first_zone(),
        "start": times.now().date().isoformat(),
        "days": "90",
    } | request.GET.dict()
    form = AheadForm(given)
    seen = None
    if form.is_valid():
        asked = form.cleaned_data
        try:
            seen = queries.ahead(
                asked["area"], asked["days"], start=asked["start"], as_known=asked["as_known"]
            )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
    lang = get_language() or "en"
    own = {e.id for e in queries.events()} - {e.id for e in events.shipped_register()}
    context = {
        "form": form,
        "seen": seen,
        "strip": strip.draw(seen, lang) if seen else None,
        "drivers": [d.words(lang) for d in seen.drivers()] if seen else [],
        "peaks": seen.peaks() if seen else [],
        "own": own,
        "reason_form": ReasonForm(),
        "may_add": may(actor_of(request), "exposure.event.add"),
    }
    return render(request, "exposure/ahead.html", context, status=200 if seen else 400)


@require_http_methods(["GET", "POST"])
def add_event(request: HttpRequest) -> HttpResponse:
    """The form of an event."""
    places = [(s.id, s.name) for s in queries.sites()]
    start = times.now().date()
    form = EventForm(request.POST or None, places=places, initial={"areas": _first_zone(), "known_on": start})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_event(actor_of(request), events.of(form.told()))
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("exposure:ahead")
    return render(request, "exposure/event.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def withdraw_event(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Take an event off the calendar."""
    form = ReasonForm(request.POST)
    actions.withdraw_event(actor_of(request), id, form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("exposure:ahead")


def _first_zone() -> str:
    """Give the first zone this home decides; one that only receives starts with France, whose calendar is fullest."""
    home: Home = settings.VIGIE_HOME
    return next((zone for decides in home.decides for zone in decides.zones), "FR")
