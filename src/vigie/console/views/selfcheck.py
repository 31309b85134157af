"""Pages on the instance itself: whether all that must hold does, and its impact assessment to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vigie.console.impact.queries import assessment
from vigie.console.selfcheck.finding import worst
from vigie.console.selfcheck.queries import check


@require_http_methods(["GET", "POST"])
def selfcheck(request: HttpRequest) -> HttpResponse:
    """What was found, question by question. GET compares heads alone; POST reads everything to its end."""
    whole = request.method == "POST"
    findings = check(whole=whole)
    titles = {
        "guarantees": _("Guarantees"),
        "record": _("Record"),
        "databases": _("Databases"),
        "copies": _("Backups"),
        "keys": _("Keys and files"),
        "outside": _("Witnesses and time stamps"),
        "disc": _("Disc"),
        "clock": _("Clock"),
    }
    groups = [
        (title, [finding for finding in findings if finding.name.startswith(f"{name}.")])
        for name, title in titles.items()
    ]
    context = {
        "groups": groups,
        "worst": worst(findings),
        "failed": sum(finding.state == "fails" for finding in findings),
        "warned": sum(finding.state == "warns" for finding in findings),
        "whole": whole,
    }
    return render(request, "console/selfcheck.html", context)


@require_GET
def impact(request: HttpRequest) -> HttpResponse:
    """The assessment, as a sheet to print."""
    return render(request, "console/impact.html", {"document": assessment()})
