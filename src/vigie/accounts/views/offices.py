"""Offices, who holds them, and what waits for a second administrator."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.actions.arriving import code_for, link_to
from vigie.accounts.forms import DeputiesForm, GiveForm, InviteForm, OfficeForm, ReasonForm, VouchForm
from vigie.accounts.middleware import actor_of
from vigie.accounts.models import Mandate, Office
from vigie.accounts.rights import weighty
from vigie.desk.queries import pagers
from vigie.errors import VigieError


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """List offices, who holds them from when to when, what waits, and which will be empty."""
    return render(request, "accounts/offices.html", _list(request))


@require_http_methods(["GET", "POST"])
def open_office(request: HttpRequest) -> HttpResponse:
    """Open an office, or change one with `?office=`."""
    stands = Office.objects.filter(id=request.GET.get("office", "")).first()
    initial = {"office": stands.id, "title": stands.title, "roles": stands.roles} if stands else {}
    form = OfficeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            return actions.open_office(actor_of(request), given["office"], given["title"], given["roles"])

        if _done(request, form, act, _("The office stands.")):
            return redirect("accounts:offices")
    context = {"form": form, "stands": stands}
    return render(request, "accounts/open.html", context, status=400 if form.errors else 200)


@require_GET
def office(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One office: who holds it, who stands in for it, and the forms that change this."""
    return _office(request, id)


@require_POST
def give(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Give the office to somebody who signs in already."""
    form = GiveForm(request.POST)

    def act() -> str:
        return actions.give_mandate(actor_of(request), office=id, **form.cleaned_data)

    if form.is_valid() and _done(request, form, act, _("The office is given.")):
        return redirect("accounts:office", id=id)
    return _office(request, id, give=form)


@require_POST
def invite(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Offer the office by a link; it is shown once."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            made = actions.invite(actor_of(request), id, **form.cleaned_data)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return _handed(request, made) or redirect("accounts:office", id=id)
    return _office(request, id, invite=form)


@require_POST
def deputies(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Name the offices that stand in for it."""
    form = DeputiesForm(request.POST, others=_others(id))

    def act() -> str:
        return actions.name_deputies(actor_of(request), id, form.cleaned_data["deputies"])

    if form.is_valid() and _done(request, form, act, _("The deputies are named.")):
        return redirect("accounts:office", id=id)
    return _office(request, id, deputies=form)


@require_POST
def close(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Close the office."""
    actions.close_office(actor_of(request), id, request.POST.get("reason", ""))
    messages.success(request, _("The office is closed: it gives no right any more."))
    return redirect("accounts:offices")


@require_POST
def end(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """End a mandate now."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.end_mandate(actor_of(request), id, form.cleaned_data["reason"])
        messages.success(request, _("Ended. Whatever is open on their screen gives them nothing any more."))
    return redirect("accounts:office", id=queries.mandate(id).office_id)


@require_POST
def confirm(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Confirm a move as the second administrator; a link or a code that follows is shown once, to them."""
    made = actions.confirm(actor_of(request), id)
    messages.success(request, _("Confirmed: it is done."))
    return _handed(request, made) or redirect("accounts:offices")


@require_POST
def refuse(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Refuse a move, or take one's own back."""
    actions.refuse(actor_of(request), id, request.POST.get("reason", ""))
    return redirect("accounts:offices")


@require_POST
def revoke(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Make an invitation's link worthless."""
    actions.revoke(actor_of(request), id, request.POST.get("reason", ""))
    return redirect("accounts:offices")


@require_POST
def vouch(request: HttpRequest) -> HttpResponse:
    """Vouch for somebody who lost their credentials."""
    form = VouchForm(request.POST)

    def act() -> str:
        return actions.ask_recovery(actor_of(request), **form.cleaned_data)

    if form.is_valid() and _done(request, form, act, ""):
        return redirect("accounts:offices")
    return render(request, "accounts/offices.html", {**_list(request), "vouch": form}, status=400)


@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """List what somebody did alone at the server's shell and nobody else has seen yet."""
    context = {"rows": queries.alarms(), "me": actor_of(request).person}
    return render(request, "accounts/alarms.html", context)


@require_POST
def acknowledge(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Say that one has seen it."""
    actions.acknowledge(actor_of(request), id)
    messages.success(request, _("Noted: you have seen it. It stays on the record."))
    return redirect("accounts:alarms")


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], str], words: str) -> bool:
    """Do the act; a refusal becomes the form's, a move says whom it waits for."""
    try:
        made = act()
    except VigieError as fault:
        form.add_error(None, fault.said(_))
        return False
    _tell(request, made, words)
    return True


def _tell(request: HttpRequest, made: str, words: str) -> None:
    if made.startswith("move-"):
        messages.warning(request, _("It waits for another administrator to confirm it."))
    else:
        messages.success(request, words)


def _handed(request: HttpRequest, made: str) -> HttpResponse | None:
    """Show the link or the code that was made, once; None when nothing is to be handed over."""
    if made.startswith("invitation-"):
        context = {"link": link_to(made), "row": queries.invitation(made)}
        return render(request, "accounts/handed.html", context)
    if made.startswith("recovery-"):
        row = queries.recovery(made)
        context = {"code": code_for(made), "row": row, "name": queries.sign_ins().get(row.person, row.person)}
        return render(request, "accounts/handed.html", context)
    if made.startswith("move-"):
        _tell(request, made, "")
    return None


def _list(request: HttpRequest) -> dict[str, Any]:
    names = queries.sign_ins()
    by_office: dict[str, list[Mandate]] = {}
    for mandate in Mandate.objects.all():
        if queries.goes_on(mandate):
            by_office.setdefault(mandate.office_id, []).append(mandate)
    reachable = pagers(m.person for held in by_office.values() for m in held)
    titles = dict(Office.objects.values_list("id", "title"))
    return {
        "rows": [
            {
                "office": row,
                "deputies": [titles.get(name, name) for name in row.deputies],
                "held": [
                    (m, names.get(m.person, ""), m.person in reachable) for m in by_office.get(row.id, ())
                ],
            }
            for row in Office.objects.filter(closed_at__isnull=True).order_by("title")
        ],
        "emptying": queries.emptying(),
        "moves": [
            (
                m,
                names.get(m.person, m.person),
                titles.get(m.office, m.office),
                names.get(m.proposed_by, m.proposed_by),
            )
            for m in queries.moves_waiting()
        ],
        "invitations": queries.invitations_open(),
        "vouch": VouchForm(),
        "me": actor_of(request).person,
        "now": times.now(),
    }


def _others(id: str) -> list[Office]:  # noqa: A002
    return list(Office.objects.filter(closed_at__isnull=True).exclude(id=id).order_by("title"))


def _office(request: HttpRequest, id: str, **bound: forms.Form) -> HttpResponse:  # noqa: A002
    row = queries.office(id)
    names = queries.sign_ins()
    now = times.now()
    held = list(Mandate.objects.filter(office=row))
    context = {
        "row": row,
        "weighty": weighty(row.carried),
        "stands_in_for": [o.title for o in _others(id) if id in o.deputies],
        "held": [(m, names.get(m.person, "")) for m in held if queries.goes_on(m)],
        "past": [(m, names.get(m.person, "")) for m in held if not queries.goes_on(m)],
        "give": bound.get("give") or GiveForm(initial={"since": now}),
        "invite": bound.get("invite") or InviteForm(initial={"since": now}),
        "deputies": bound.get("deputies")
        or DeputiesForm(others=_others(id), initial={"deputies": row.deputies}),
        "reason": ReasonForm(),
        "now": now,
    }
    return render(request, "accounts/office.html", context, status=400 if bound else 200)
