"""What is read of what is restricted, in counts: for whoever watches over it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from vigie.accounts import queries

DAYS = 14

_WORDS = {
    "accounts": gettext_lazy("Offices and people"),
    "console": gettext_lazy("Situation, search, entries of the record"),
    "erasure": gettext_lazy("Erasure"),
    "exposure": gettext_lazy("Places and owners"),
    "measures": gettext_lazy("Measures"),
    "partners": gettext_lazy("Partners"),
    "patrols": gettext_lazy("Patrols"),
}


@require_GET
def reads(request: HttpRequest) -> HttpResponse:
    """Counts of the last days by office, by kind of thing and by day; unusual days. Nothing of what was read."""
    found = queries.reading_statistics(DAYS)
    titles = {office: queries.title(office) for office in found.offices}
    context = {
        "found": found,
        "days": DAYS,
        "offices": list(titles.values()),
        "kinds": [(_WORDS.get(what, what), titles[office], count) for what, office, count in found.by_kind],
        "peaks": [(peak, titles[peak.office]) for peak in found.peaks],
    }
    return render(request, "accounts/reads.html", context)
