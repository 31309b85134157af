"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.console.views import deciding

app_name = "console"
ROUTES = [
    Route("decide/<slug:id>/", deciding.decide, "decide", right="alert.level.approve"),
    Route("receive/", deciding.receive, "receive", right="alert.level.receive"),
    Route("look/<slug:id>/", deciding.look, "look", right="alert.level.look"),
    Route("convene/", deciding.convene, "convene", right="alert.meeting.convene"),
]
urlpatterns = patterns(app_name, ROUTES)
