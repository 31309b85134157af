"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.partners import views

app_name = "partners"
ROUTES = [
    Route("", views.releases, "releases", right="partners.read"),
    Route("new/", views.propose, "propose", right="partners.release.propose"),
    Route("agree/", views.agree, "agree", right="partners.audience.agree"),
    Route("consent/", views.consent, "consent", right="partners.consent.record"),
    Route("<slug:id>/", views.release, "release", right="partners.read"),
    Route("<slug:id>/approve/", views.approve, "approve", right="partners.release.approve"),
    Route("<slug:id>/reject/", views.reject, "reject", right="partners.release.approve"),
    Route("<slug:id>/withdraw/", views.withdraw, "withdraw", right="partners.release.withdraw"),
    Route("<slug:id>/bundle/", views.bundle, "bundle", right="partners.read"),
]
urlpatterns = patterns(app_name, ROUTES)
