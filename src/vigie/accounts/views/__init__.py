"""Pages of offices, of those who come to hold them, and the choice of the office one acts in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


@require_POST
def choose_office(request: HttpRequest) -> HttpResponse:
    """Act in another of one's offices from now on; an office one does not hold changes nothing."""
    request.session["office"] = request.POST.get("office", "")
    back = request.POST.get("next", "/")
    return redirect(
        back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else "/"
    )
