"""Pages of one's own sign-in: showing again that it is oneself, one's sessions, linked providers; and the list of people."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, offices_of
from vigie.accounts.signing_in import actions, agents, queries
from vigie.accounts.signing_in.actions import note_change, note_end
from vigie.accounts.signing_in.middleware.lasting import end_others
from vigie.accounts.signing_in.middleware.stepping_up import CONFIRM, prove
from vigie.accounts.signing_in.proof import NotProven
from vigie.accounts.signing_in.queries import keys_of, person_of, sessions_of, sign_in_of
from vigie.errors import NotFound
from vigie.homes import Home


class WhyForm(forms.Form):
    """Why somebody's sessions are ended, or they are barred or readmitted."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Show again that it is oneself, then go on to where one was going."""
    back = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    fault = ""
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("password", "code", "credential")}
        try:
            prove(request, CONFIRM, person_of(request.user), "", **given)
        except NotProven as refused:
            fault = refused.said(_)
        else:
            return redirect(back)
    context = {"next": back, "fault": fault, "act": CONFIRM, "person": person_of(request.user)}
    return render(request, "accounts/again.html", context, status=400 if fault else 200)


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """List where one is signed in."""
    rows = [
        {
            "id": one.pk,
            "where": agents.said(one.user_agent),
            "address": one.ip,
            "begun": one.created_at,
            "seen": one.last_seen_at,
            "current": one.session_key == request.session.session_key,
        }
        for one in sessions_of(request.user)
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@require_POST
def own_data(request: HttpRequest) -> HttpResponse:
    """All that this home holds about one's own account, as a file."""
    home: Home = settings.VIGIE_HOME
    user = sign_in_of(person_of(request.user))
    answer = JsonResponse(queries.own_data(user), json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{home.instance}-{person_of(user)}.json"'
    return answer


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    which = request.POST.get("session", "")
    if which == "others":
        note_end(person_of(request.user), end_others(request))
        messages.success(request, _("Your other sessions are ended."))
        return redirect("accounts:sessions")
    found = UserSession.objects.filter(
        user_id=request.user.pk, pk=int(which) if which.isdecimal() else 0
    ).first()
    if found is None:
        raise NotFound("You have no session {given}. It may have ended.", given=which)
    note_end(person_of(request.user), 1)
    if found.session_key == request.session.session_key:
        found.delete()
        logout(request)
        return redirect("account_login")
    found.end()
    messages.success(request, _("That session is ended."))
    return redirect("accounts:sessions")


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Go to a provider, to come back linked to who one is there."""
    provider = actions.provider_of(request.POST.get("provider", ""))
    way = reverse("openid_connect_login", kwargs={"provider_id": provider.id})
    return render(
        request,
        "accounts/to_provider.html",
        {"provider": provider, "way": f"{way}?{urlencode({'process': 'connect'})}"},
    )


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Take back that a provider's word counts for oneself."""
    provider = actions.provider_of(request.POST.get("provider", ""))
    found = SocialAccount.objects.filter(user_id=request.user.pk, provider=provider.id)
    if not found.exists():
        raise NotFound("You are not linked to {name}.", name=provider.name)
    note_change(person_of(request.user), "provider unlinked")
    found.delete()
    end_others(request)
    messages.success(request, _("Unlinked. {name} opens nothing here any more.").format(name=provider.name))
    return redirect("mfa_index")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List who signs in here, by what, where from, and who is barred. Names stand here and in no entry."""
    rows: list[dict[str, Any]] = [
        {
            "user": user,
            "person": person_of(user),
            "offices": offices_of(person_of(user)),
            "passkeys": len(keys_of(user)),
            "sessions": len(sessions_of(user)),
            "self": user.pk == request.user.pk,
        }
        for user in get_user_model().objects.order_by("username")
    ]
    actor = actor_of(request)
    context = {
        "rows": rows,
        "form": WhyForm(),
        "may_end": may(actor, "accounts.session.end"),
        "may_bar": may(actor, "accounts.person.bar"),
    }
    return render(request, "accounts/people.html", context)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions of somebody."""
    person, reason = request.POST.get("person", ""), request.POST.get("reason", "")
    ended = actions.end_sessions(actor_of(request), person, reason)
    messages.success(request, _("Sessions ended: {count}.").format(count=ended))
    return redirect("accounts:people")


@require_POST
def bar(request: HttpRequest) -> HttpResponse:
    """Let somebody sign in no more."""
    person, reason = request.POST.get("person", ""), request.POST.get("reason", "")
    actions.bar(actor_of(request), person, reason)
    messages.success(request, _("Barred: {name}.").format(name=sign_in_of(person).username))
    return redirect("accounts:people")


@require_POST
def readmit(request: HttpRequest) -> HttpResponse:
    """Let somebody sign in again."""
    person, reason = request.POST.get("person", ""), request.POST.get("reason", "")
    actions.readmit(actor_of(request), person, reason)
    messages.success(request, _("Readmitted: {name}.").format(name=sign_in_of(person).username))
    return redirect("accounts:people")
