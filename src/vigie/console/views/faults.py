"""What is said when a request meets no page, cannot be read, or finds the house itself broken."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from vigie.accounts.middleware import refusal
from vigie.ledger.trouble import trouble
from vigie.ui.middleware import page_context


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no page at this address."""
    del exception
    return refusal(request, 404, _("There is nothing at {address}.").format(address=request.path[:200]))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why a request was not read at all."""
    if isinstance(exception, DisallowedHost):
        sentence = _("This home does not answer under that name. Open it at {address}.").format(
            address=settings.VIGIE_HOME.address
        )
    elif isinstance(exception, RequestDataTooBig):
        sentence = _("What was sent is larger than {most} MB. Send a part of it.").format(
            most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
        )
    else:
        sentence = _("What was sent could not be read. Open the page again and send it from there.")
    return refusal(request, 400, sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the house is at fault; asks no database, since one may be what is broken."""
    fault = sys.exc_info()[1]
    told = trouble(fault) if fault else None
    status = told.status if told else 500
    sentence = (
        told.said(_)
        if told
        else _(
            "Something is wrong with this server, and the act was not done. Tell who runs it: what happened stands in its log."
        )
    )
    if request.path.startswith("/api/"):
        return JsonResponse({"error": sentence}, status=status)
    context: dict[str, Any] = {
        **page_context(request),
        "languages": [],
        "sentence": sentence,
        "status": status,
    }
    return HttpResponse(render_to_string("ui/message.html", context), status=status)
