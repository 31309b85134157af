"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.console.views import deciding, record, search, situation

app_name = "console"
ROUTES = [
    Route("", situation.situation, "situation", right="console.read"),
    Route("handover/", situation.handover, "handover", right="console.read"),
    Route("read/", situation.seen, "seen", right="console.read"),
    Route("find/", search.search, "search", right="console.read"),
    Route("record/", record.record, "record", right="ledger.read"),
    Route("record/check/", record.verify, "verify", right="ledger.read"),
    Route("record/<int:seq>/", record.entry, "entry", right="console.read"),
    Route("decide/<slug:id>/", deciding.decide, "decide", right="alert.level.approve"),
    Route("receive/", deciding.receive, "receive", right="alert.level.receive"),
    Route("look/<slug:id>/", deciding.look, "look", right="alert.level.look"),
    Route("convene/", deciding.convene, "convene", right="alert.meeting.convene"),
]
urlpatterns = patterns(app_name, ROUTES)
