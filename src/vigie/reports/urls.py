"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.reports import views

app_name = "reports"
ROUTES = [
    Route("", views.reports, "reports", right="reports.read"),
    Route("copies/<slug:id>/", views.judge, "judge", right="reports.copy.judge"),
    Route("<slug:id>/", views.report, "report", right="reports.read"),
    Route("<slug:id>/correct/", views.correct, "correct", right="reports.report.correct"),
    Route("<slug:id>/withdraw/", views.withdraw, "withdraw", right="reports.report.withdraw"),
]
urlpatterns = patterns(app_name, ROUTES)
