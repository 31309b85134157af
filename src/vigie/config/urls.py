"""Addresses: each room lists its own."""

from django.urls import include, path

from vigie.api import api
from vigie.warning.urls import public_urls

urlpatterns = [
    path("", include("vigie.console.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", include("vigie.accounts.urls")),
    path("places/", include("vigie.exposure.urls")),
    path("reports/", include("vigie.reports.urls")),
    path("evidence/", include("vigie.assessment.urls")),
    path("schemes/", include("vigie.editions.urls")),
    path("levels/", include("vigie.alert.urls")),
    path("measures/", include("vigie.measures.urls")),
    path("patrols/", include("vigie.patrols.urls")),
    path("warning/", include("vigie.warning.urls")),
    path("public/", include(public_urls)),
    path("partners/", include("vigie.partners.urls")),
    path("erasure/", include("vigie.erasure.urls")),
    path("history/", include("vigie.history.urls")),
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "vigie.console.views.faults.unreadable"
handler404 = "vigie.console.views.faults.nothing_here"
handler500 = "vigie.console.views.faults.broken"
