"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import ANY, CLEAR
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.editions import views

app_name = "editions"
ROUTES = [
    Route("", views.schemes, "schemes", right="editions.read", shows=CLEAR),
    Route(
        "add/", views.add, "add", right="editions.scheme.add", methods=BOTH, rate=rates.UPLOAD,
        records=("editions.scheme.added/1",),
    ),
    Route("<slug:id>/", views.scheme, "scheme", right="editions.read", objects=ANY, shows=CLEAR),
    Route("<slug:id>/<slug:digest>/", views.edition, "edition", right="editions.read", objects=ANY, shows=CLEAR),
    Route("<slug:id>/<slug:digest>/download/", views.download, "download", right="editions.read", objects=ANY, shows=CLEAR),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
