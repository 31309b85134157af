"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import AMBER, ANY, GREEN, LINKED, STRICT
from vigie.accounts.urls import BOTH, SIGNED_LINK, Route, patterns
from vigie.measures import views
from vigie.measures.documents import views as documents
from vigie.measures.drilling import views as drilling
from vigie.measures.kinds import OF_A_RESPONSE, OF_A_SWITCH
from vigie.measures.responding import views as responding

app_name = "measures"
ROUTES = [
    Route("", views.matrix, "matrix", right="measures.read", shows=GREEN),
    Route("download/", documents.matrix, "matrix_file", right="measures.read", shows=GREEN),
    Route("download/calls/", documents.call_sheet, "calls_file", right="measures.answer.take", shows=STRICT),
    Route("calls/<slug:chip>/", views.calls, "calls", right="measures.answer.take", shows=STRICT),
    Route("contrast/", views.contrast, "contrast", right="measures.read"),
    Route("tasks/<slug:id>/", views.task, "task", right="measures.read", objects=ANY, shows=GREEN),
    Route(
        "owners/<str:id>/", views.owner, "owner", right="measures.answer.take", methods=BOTH, objects=ANY, shows=STRICT,
        records=("measures.task.answered/2", "measures.proof.given/1"),
    ),
    Route(
        "owners/<str:id>/called/", views.called, "called", right="measures.answer.take", methods="POST", objects=ANY,
        records=("measures.owner.called/1",),
    ),
    Route(
        "owners/<str:id>/download/", documents.own_page, "own_page", right="measures.answer.take", objects=ANY, shows=STRICT,
    ),
    Route("proofs/<slug:id>/", views.proof, "proof", right="measures.answer.take", objects=ANY, shows=STRICT),
    Route("postures/<slug:id>/", views.posture, "posture", right="measures.read", objects=ANY, shows=GREEN),
    Route(
        "postures/<slug:id>/download/<slug:form>/", documents.directive, "directive", right="measures.read", objects=ANY,
        shows=GREEN,
    ),
    Route(
        "postures/<slug:id>/adjust/", views.adjust, "adjust", right="measures.switch", methods=BOTH, objects=ANY, shows=GREEN,
        records=OF_A_SWITCH,
    ),
    Route(
        "texts/<str:token>/", views.texts, "texts", right=SIGNED_LINK, methods="POST", objects=LINKED, rate=rates.GATEWAY,
        records=("measures.task.answered/2",),
    ),
    Route(
        "drills/", drilling.drills, "drills", right="measures.drill.call", methods=BOTH, shows=GREEN,
        records=("measures.drill.called/1",),
    ),
    Route("drills/<slug:id>/", drilling.drill, "drill", right="measures.drill.call", objects=ANY, shows=GREEN),
    Route(
        "here/<str:token>/", drilling.drill_answer, "drill_answer", right=SIGNED_LINK, methods=BOTH, objects=LINKED, shows=GREEN,
        rate=rates.LINK, records=("measures.drill.answered/1",),
    ),
    Route(
        "responses/", responding.responses, "responses", right="measures.response.set", methods=BOTH, shows=AMBER,
        records=OF_A_RESPONSE,
    ),
    Route(
        "responses/<str:site>/", responding.response_of, "response_of", right="measures.response.set", methods=BOTH, objects=ANY,
        shows=AMBER, records=OF_A_RESPONSE,
    ),
    Route(
        "sites/<str:token>/", responding.your_sites, "your_sites", right=SIGNED_LINK, methods=BOTH, objects=LINKED, shows=GREEN,
        rate=rates.LINK, records=OF_A_RESPONSE,
    ),
    Route(
        "yours/<str:token>/download/", documents.page_of_link, "yours_file", right=SIGNED_LINK, objects=LINKED, shows=GREEN,
        rate=rates.LINK,
    ),
    Route(
        "yours/<str:token>/", views.yours, "yours", right=SIGNED_LINK, methods=BOTH, objects=LINKED, shows=GREEN, rate=rates.LINK,
        records=("measures.task.answered/2", "measures.proof.given/1"),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
