"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.history import views

app_name = "history"
ROUTES = [
    Route("", views.index, "index", right="history.read"),
    Route("figures/", views.figures, "figures", right="history.read"),
    Route("figures/record/", views.record_figure, "record_figure", right="history.figure.record"),
    Route("figures/data.json", views.figures_data, "figures_data", right="history.read"),
    Route("figures/<slug:id>/", views.figure, "figure", right="history.read"),
    Route("incidents/", views.incidents, "incidents", right="history.read"),
    Route("<slug:id>/", views.scheme, "scheme", right="history.read"),
    Route("<slug:id>/history.<slug:form>", views.download, "download", right="history.read"),
]
urlpatterns = patterns(app_name, ROUTES)
