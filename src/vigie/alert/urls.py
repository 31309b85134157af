"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.alert import views

app_name = "alert"
ROUTES = [
    Route("", views.levels, "levels", right="alert.read"),
    Route("propose/", views.propose, "propose", right="alert.level.propose"),
    Route("meetings/", views.meetings, "meetings", right="alert.read"),
    Route("<slug:id>/", views.level, "level", right="alert.read"),
    Route("<slug:id>/return/", views.return_, "return", right="alert.level.approve"),
    Route("<slug:id>/reject/", views.reject, "reject", right="alert.level.approve"),
    Route("<slug:id>/announce/", views.announce, "announce", right="alert.level.announce"),
]
urlpatterns = patterns(app_name, ROUTES)
