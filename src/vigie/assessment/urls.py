"""Addresses of this room, each with its rule."""

from vigie.accounts.routes import ANY, GREEN
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.assessment import views

app_name = "assessment"
ROUTES = [
    Route("", views.assessments, "assessments", right="assessment.read", shows=GREEN),
    Route(
        "new/", views.assess, "assess", right="assessment.make", methods=BOTH, shows=GREEN,
        records=("assessment.made/1", "assessment.dissent.recorded/1"),
    ),
    Route(
        "claims/<slug:claim>/grade/", views.grade, "grade", right="assessment.claim.grade", methods=BOTH, objects=ANY, shows=GREEN,
        records=("assessment.claim.graded/1",),
    ),
    Route("<slug:id>/", views.evidence, "evidence", right="assessment.read", objects=ANY, shows=GREEN),
    Route("<slug:id>/print/", views.evidence_print, "print", right="assessment.read", objects=ANY, shows=GREEN),
    Route(
        "<slug:id>/dissent/", views.dissent, "dissent", right="assessment.dissent.record", methods="POST", objects=ANY,
        records=("assessment.dissent.recorded/1",),
    ),
    Route(
        "dissents/<slug:id>/read/", views.read_dissent, "read_dissent", right="assessment.dissent.read", methods="POST", objects=ANY,
        records=("assessment.dissent.read/1",),
    ),
    Route(
        "<slug:id>/review/", views.review, "review", right="assessment.review.do", methods="POST", objects=ANY, shows=GREEN,
        records=("assessment.review.done/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
