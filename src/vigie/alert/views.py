"""Pages of levels. What crosses rooms (signing with what follows, receiving with its tasks) is the console's."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import pages, persons_with, title
from vigie.alert import actions, moves, queries
from vigie.alert.forms import AnnounceForm, ProposeForm, ReasonForm
from vigie.alert.models import Decision, Reception
from vigie.editions import queries as editions
from vigie.errors import VigieError
from vigie.ledger.queries import recent


@require_GET
def levels(request: HttpRequest) -> HttpResponse:
    """What stands now, what waits, and what has been."""
    now = times.now()
    context = {
        "standing": [(s, queries.level(s.id), now - s.since) for s in queries.standing(now)],
        "coming": queries.coming(),
        "proposals": queries.proposals(),
        "unlooked": queries.unlooked(),
        "ended": [
            *Decision.objects.filter(ended_at__lte=now),
            *Reception.objects.filter(ended_at__lte=now),
        ],
        "now": now,
        "listens": bool(settings.VIGIE_HOME.feeds),
    }
    return render(request, "alert/levels.html", context)


@require_GET
def level(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One level: the four times, who, why, and every entry about it."""
    row = queries.level(id)
    decided = isinstance(row, Decision)
    stands = row.state in moves.STANDING
    older = editions.newer(row.scheme, times.now().date()) if stands else []
    context = {
        "row": row,
        "decided": decided,
        "edition": editions.edition(row.scheme, row.edition),
        "older": older,
        "decides_newer": any(settings.VIGIE_HOME.may_decide(each.id, row.zone) for each in older),
        "announcements": queries.announcements(id),
        "announce_form": AnnounceForm(initial={"announced": times.now()}),
        "entries": recent(100, subject=id),
        "length": _length(row),
        "stands": queries.will_stand(id),
        "down": next((d for d in queries.stand_downs(id) if d.state == "signed"), None),
        "asked": next((d for d in queries.stand_downs(id) if d.state == "proposed"), None),
        "first_office": title(row.proposed_office if isinstance(row, Decision) else row.received_office),
        "second_office": title(row.approved_office if isinstance(row, Decision) else row.looked_office),
        "paged": [(page, title(page.office)) for page in pages(id)],
        "broken_office": title(row.broken_office) if isinstance(row, Decision) else "",
        "countersigned_office": title(row.countersigned_office) if isinstance(row, Decision) else "",
        "may_second": sorted(
            {
                title(office)
                for _, office in persons_with("alert.level.approve" if decided else "alert.level.look")
            }
        ),
    }
    return render(request, "alert/level.html", context)


def _length(row: Decision | Reception) -> timedelta | None:
    """Give how long it has stood, or stood; None before it begins, and where it never did."""
    until = min(filter(None, (row.ended_at, row.ends, times.now())))
    return until - row.effective if until > row.effective else None


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The form of a proposal; a proposal returned is written anew with `?anew=ID`."""
    anew = request.GET.get("anew", "")
    form = ProposeForm(request.POST or None, initial=_initial(anew))
    form.narrow(request.GET.get("scheme", ""), request.GET.get("zone", ""))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        scheme, code = given.pop("level")
        try:
            if anew:
                given.pop("zone")
                actions.revise(actor_of(request), anew, code=code, **given)
                return redirect("alert:level", id=anew)
            made = actions.propose(actor_of(request), scheme=scheme, code=code, **given)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("alert:level", id=made)
    return render(
        request, "alert/propose.html", {"form": form, "anew": anew}, status=400 if form.errors else 200
    )


def _initial(anew: str) -> dict[str, object]:
    if not anew:
        own = [zone for decides in settings.VIGIE_HOME.decides for zone in decides.zones]
        return {
            "effective": times.now(),
            "zone": own[0] if own else "",
            "review": times.now() + actions.REVIEW_AFTER,
        }
    row = queries.decision(anew)
    return {
        "level": f"{row.scheme}/{row.code}", "zone": row.zone, "effective": row.effective, "until": row.until,
        "reasons": row.reasons, "legal_basis": row.legal_basis, "assessment": row.assessment, "review": row.review,
    }  # fmt: skip


@require_POST
def return_(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Send back."""
    return _with_reason(request, id, actions.return_)


@require_POST
def reject(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Refuse."""
    return _with_reason(request, id, actions.reject)


def _with_reason(request: HttpRequest, id: str, act: object) -> HttpResponse:  # noqa: A002
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    act(actor_of(request), id, reason)  # type: ignore[operator]
    return redirect("alert:level", id=id)


@require_POST
def announce(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Note an announcement."""
    form = AnnounceForm(request.POST)
    if form.is_valid():
        actions.announce(actor_of(request), id, **form.cleaned_data)
    return redirect("alert:level", id=id)


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings convened."""
    return render(request, "alert/meetings.html", {"meetings": queries.meetings()})
