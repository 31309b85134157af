"""Addresses of this room, each with its right."""

from vigie.accounts.urls import SIGNED_LINK, Route, patterns
from vigie.measures import views

app_name = "measures"
ROUTES = [
    Route("", views.matrix, "matrix", right="measures.read"),
    Route("calls/<slug:chip>/", views.calls, "calls", right="measures.answer.take"),
    Route("tasks/<slug:id>/", views.task, "task", right="measures.read"),
    Route("owners/<str:id>/", views.owner, "owner", right="measures.answer.take"),
    Route("owners/<str:id>/called/", views.called, "called", right="measures.answer.take"),
    Route("postures/<slug:id>/", views.posture, "posture", right="measures.read"),
    Route("postures/<slug:id>/adjust/", views.adjust, "adjust", right="measures.switch"),
    Route("responses/", views.responses, "responses", right="measures.response.set"),
    Route("yours/<str:token>/", views.yours, "yours", right=SIGNED_LINK),
]
urlpatterns = patterns(app_name, ROUTES)
