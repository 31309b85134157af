"""Addresses of this room, each with its rule."""

from vigie.accounts.routes import AMBER, ANOTHERS, ANY
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.erasure import views

app_name = "erasure"
ROUTES = [
    Route("", views.overview, "overview", right="erasure.read", shows=AMBER),
    Route(
        "propose/", views.propose, "propose", right="erasure.entries.propose", methods=BOTH,
        records=("erasure.entries.proposed/1",),
    ),
    Route(
        "requests/", views.note_request, "note_request", right="erasure.request.note", methods="POST",
        records=("erasure.request.received/1",),
    ),
    Route(
        "requests/<slug:id>/answer/", views.answer, "answer", right="erasure.request.answer", methods="POST", objects=ANY,
        records=("erasure.request.answered/1",),
    ),
    Route("<slug:id>/", views.erasure, "erasure", right="erasure.read", objects=ANY, shows=AMBER),
    Route(
        "<slug:id>/carry-out/", views.carry_out, "carry_out", right="erasure.entries.carry_out", methods="POST",
        objects=ANOTHERS, step_up=True, records=("ledger.payload.erased/1",),
    ),
    Route(
        "<slug:id>/refuse/", views.refuse, "refuse", right="erasure.entries.carry_out", methods="POST", objects=ANY,
        records=("erasure.entries.refused/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
