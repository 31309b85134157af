"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import ANY, GREEN
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.reports import views

app_name = "reports"
ROUTES = [
    Route(
        "", views.reports, "reports", right="reports.read", act="reports.report.add", methods=BOTH, shows=GREEN, rate=rates.UPLOAD,
        records=("reports.report.received/2",),
    ),
    Route(
        "copies/<slug:id>/", views.judge, "judge", right="reports.copy.judge", methods="POST", objects=ANY,
        records=("reports.copy.judged/1",),
    ),
    Route("<slug:id>/", views.report, "report", right="reports.read", objects=ANY, shows=GREEN),
    Route(
        "<slug:id>/correct/", views.correct, "correct", right="reports.report.correct", methods="POST", objects=ANY,
        records=("reports.report.corrected/1",),
    ),
    Route(
        "<slug:id>/withdraw/", views.withdraw, "withdraw", right="reports.report.withdraw", methods="POST", objects=ANY,
        records=("reports.report.withdrawn/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
