"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.patrols import views

app_name = "patrols"
ROUTES = [
    Route("", views.plans, "plans", right="patrols.read"),
    Route("draw/", views.draw, "draw", right="patrols.plan.draw"),
    Route("<slug:id>/", views.plan, "plan", right="patrols.read"),
    Route("<slug:id>/verify/", views.verify, "verify", right="patrols.read"),
    Route("<slug:id>/reveal/", views.reveal, "reveal", right="patrols.seed.reveal"),
    Route("<slug:id>/<slug:day>/<slug:half>/<int:team>/", views.sheet, "sheet", right="patrols.sheet.read"),
]
urlpatterns = patterns(app_name, ROUTES)
