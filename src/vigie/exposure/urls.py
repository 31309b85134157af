"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.exposure.views import calendar, importing, listing

app_name = "exposure"
ROUTES = [
    Route("", listing.sites, "sites", right="exposure.read"),
    Route("import/", importing.sites, "import_sites", right="exposure.sites.import"),
    Route("owners/", listing.owners, "owners", right="exposure.read"),
    Route("owners/import/", importing.owners, "import_owners", right="exposure.owners.import"),
    Route(
        "owners/<str:id>/withdraw/", listing.withdraw_owner, "withdraw_owner", right="exposure.owner.withdraw"
    ),
    Route("ahead/", calendar.ahead, "ahead", right="exposure.read"),
    Route("events/add/", calendar.add_event, "add_event", right="exposure.event.add"),
    Route("events/<str:id>/withdraw/", calendar.withdraw_event, "withdraw_event", right="exposure.event.add"),
    Route("sites/<str:id>/", listing.site, "site", right="exposure.read"),
    Route("sites/<str:id>/withdraw/", listing.withdraw_site, "withdraw_site", right="exposure.site.withdraw"),
]
urlpatterns = patterns(app_name, ROUTES)
