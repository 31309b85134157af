"""How one is paged when something waits for a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vigie.accounts.forms import PagerForm
from vigie.desk import actions as desk, pagers, queries as kept
from vigie.errors import BadInput


@require_http_methods(["GET", "POST"])
def pager(request: HttpRequest) -> HttpResponse:
    """Say at which mail address or number one is paged. It stays at the desk; the record never holds it.

    An address of apprise names a machine this server would then speak to: only who runs the server sets one.
    """
    person = f"p-{request.user.pk}"
    now = kept.pager(person)
    own = pagers.kind(now) if now else ""
    form = PagerForm(request.POST or None, initial={"address": now if own != "apprise" else ""})
    if request.method == "POST" and form.is_valid():
        given = pagers.tidy(form.cleaned_data["address"])
        try:
            if given and pagers.kind(given) == "apprise":
                raise pagers.BadPager(
                    "{given!r} is an address that only the server's shell may set. Give a mail address or a telephone number.",
                    given=given,
                )
            desk.set_pager(person, given)
        except BadInput as fault:
            form.add_error("address", fault.said(_))
        else:
            messages.success(
                request,
                _("You are paged there from now on.") if given else _("You are not paged any more."),
            )
            return redirect("accounts:pager")
    context = {"form": form, "own": own}
    return render(request, "accounts/pager.html", context, status=400 if form.errors else 200)
