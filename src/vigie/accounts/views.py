"""Pages of offices, and the choice of the office one acts in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from vigie.accounts.models import Mandate, Office


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """List offices, their roles and who holds them from when to when (opaque ids)."""
    rows = [
        {"office": office, "mandates": Mandate.objects.filter(office=office)}
        for office in Office.objects.order_by("title")
    ]
    return render(request, "accounts/offices.html", {"rows": rows})


@require_POST
def choose_office(request: HttpRequest) -> HttpResponse:
    """Act in another of one's offices from now on; an office one does not hold changes nothing."""
    request.session["office"] = request.POST.get("office", "")
    back = request.POST.get("next", "/")
    return redirect(
        back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else "/"
    )
