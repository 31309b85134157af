"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import AMBER, ANY
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.patrols import views

app_name = "patrols"
ROUTES = [
    Route("", views.plans, "plans", right="patrols.read", shows=AMBER),
    Route(
        "draw/", views.draw, "draw", right="patrols.plan.draw", methods=BOTH, shows=AMBER, rate=rates.HEAVY,
        records=("patrols.plan.drawn/1",),
    ),
    Route("<slug:id>/", views.plan, "plan", right="patrols.read", objects=ANY, shows=AMBER),
    Route("<slug:id>/verify/", views.verify, "verify", right="patrols.read", objects=ANY, shows=AMBER, rate=rates.HEAVY),
    Route(
        "<slug:id>/reveal/", views.reveal, "reveal", right="patrols.seed.reveal", methods="POST", objects=ANY,
        records=("patrols.seed.revealed/1",),
    ),
    Route(
        "<slug:id>/<slug:day>/<slug:half>/<int:team>/", views.sheet, "sheet", right="patrols.sheet.read", objects=ANY, shows=AMBER,
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
