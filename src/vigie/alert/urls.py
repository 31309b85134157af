"""Addresses of this room, each with its rule."""

from vigie.accounts.routes import ANY, GREEN, HERE
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.alert import views

app_name = "alert"
ROUTES = [
    Route("", views.levels, "levels", right="alert.read", shows=GREEN),
    Route(
        "propose/", views.propose, "propose", right="alert.level.propose", methods=BOTH, objects=HERE, shows=GREEN,
        records=("alert.level.proposed/1", "alert.level.revised/1"),
    ),
    Route("meetings/", views.meetings, "meetings", right="alert.read", shows=GREEN),
    Route("<slug:id>/", views.level, "level", right="alert.read", objects=ANY, shows=GREEN),
    Route(
        "<slug:id>/return/", views.return_, "return", right="alert.level.approve", methods="POST", objects=ANY,
        records=("alert.level.returned/1",),
    ),
    Route(
        "<slug:id>/reject/", views.reject, "reject", right="alert.level.approve", methods="POST", objects=ANY,
        records=("alert.level.rejected/1",),
    ),
    Route(
        "<slug:id>/announce/", views.announce, "announce", right="alert.level.announce", methods="POST", objects=ANY,
        records=("alert.level.announced/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
