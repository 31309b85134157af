"""Pages without an account: coming in by a link one was sent, and back with a code one was handed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vigie.accounts import queries
from vigie.accounts.actions import arriving
from vigie.accounts.forms import ArrivalForm, BackForm
from vigie.errors import VigieError


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a sign-in name and a password; the office is then held."""
    row = queries.invitation(arriving.invitation_of(token))
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = arriving.arrive(token, form.cleaned_data["name"], form.cleaned_data["password"])
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(
                request,
                _(
                    "You are signed in. Add a passkey now: it is quicker than a password, and cannot be phished."
                ),
            )
            return redirect("mfa_index")
    return render(
        request, "accounts/invited.html", {"form": form, "row": row}, status=400 if form.errors else 200
    )


@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Set a new password with the code two others had one handed."""
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            arriving.recover(given["name"], given["code"], given["password"])
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            messages.success(
                request, _("Your new password is set. Sign in with it, then add a passkey again.")
            )
            return redirect("account_login")
    return render(request, "accounts/back.html", {"form": form}, status=400 if form.errors else 200)
