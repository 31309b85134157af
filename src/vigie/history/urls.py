"""Addresses of this room, each with its rule."""

from vigie.accounts.routes import ANY, GREEN
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.history import views

app_name = "history"
ROUTES = [
    Route("", views.index, "index", right="history.read", shows=GREEN),
    Route("figures/", views.figures, "figures", right="history.read", shows=GREEN),
    Route(
        "figures/record/", views.record_figure, "record_figure", right="history.figure.record", methods=BOTH, shows=GREEN,
        records=("history.figure.recorded/1",),
    ),
    Route("figures/data.json", views.figures_data, "figures_data", right="history.read", shows=GREEN),
    Route("figures/<slug:id>/", views.figure, "figure", right="history.read", objects=ANY, shows=GREEN),
    Route("incidents/", views.incidents, "incidents", right="history.read", shows=GREEN),
    Route("then/", views.then, "then", right="measures.read", shows=GREEN),
    Route("<slug:id>/", views.scheme, "scheme", right="history.read", objects=ANY, shows=GREEN),
    Route("<slug:id>/history.<slug:form>", views.download, "download", right="history.read", objects=ANY, shows=GREEN),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
