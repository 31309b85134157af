"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import AMBER, ANY, STRICT
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.exposure.views import calendar, exporting, importing, listing

app_name = "exposure"
ROUTES = [
    Route("", listing.sites, "sites", right="exposure.read", shows=AMBER),
    Route(
        "import/", importing.sites, "import_sites", right="exposure.sites.import", methods=BOTH, shows=AMBER, rate=rates.UPLOAD,
        records=("exposure.sites.imported/1",),
    ),
    Route(
        "import-both/", importing.both, "import_both", right="exposure.sites.import", methods=BOTH, shows=STRICT, rate=rates.UPLOAD,
        records=("exposure.sites.imported/1", "exposure.owners.imported/2", "exposure.contact.set/2"),
    ),
    Route("export/", exporting.sites, "export_sites", right="exposure.read", shows=AMBER),
    Route("owners/", listing.owners, "owners", right="exposure.read", shows=STRICT, apart="exposure.contact.read"),
    Route(
        "owners/import/", importing.owners, "import_owners", right="exposure.owners.import", methods=BOTH, shows=STRICT,
        rate=rates.UPLOAD, records=("exposure.owners.imported/2", "exposure.contact.set/2"),
    ),
    Route("owners/export/", exporting.owners, "export_owners", right="exposure.contact.read", shows=STRICT),
    Route(
        "owners/<str:id>/withdraw/", listing.withdraw_owner, "withdraw_owner", right="exposure.owner.withdraw", methods="POST",
        objects=ANY, records=("exposure.owner.withdrawn/1",),
    ),
    Route("ahead/", calendar.ahead, "ahead", right="exposure.read", shows=AMBER),
    Route(
        "events/add/", calendar.add_event, "add_event", right="exposure.event.add", methods=BOTH, shows=AMBER,
        records=("exposure.event.added/1",),
    ),
    Route(
        "events/<str:id>/withdraw/", calendar.withdraw_event, "withdraw_event", right="exposure.event.add", methods="POST",
        objects=ANY, records=("exposure.event.withdrawn/1",),
    ),
    Route("sites/<str:id>/", listing.site, "site", right="exposure.read", objects=ANY, shows=AMBER),
    Route(
        "sites/<str:id>/withdraw/", listing.withdraw_site, "withdraw_site", right="exposure.site.withdraw", methods="POST",
        objects=ANY, records=("exposure.site.withdrawn/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
