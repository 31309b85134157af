"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns
from vigie.assessment import views

app_name = "assessment"
ROUTES = [
    Route("", views.assessments, "assessments", right="assessment.read"),
    Route("new/", views.assess, "assess", right="assessment.make"),
    Route("claims/<slug:claim>/grade/", views.grade, "grade", right="assessment.claim.grade"),
    Route("<slug:id>/", views.evidence, "evidence", right="assessment.read"),
    Route("<slug:id>/print/", views.evidence_print, "print", right="assessment.read"),
    Route("<slug:id>/dissent/", views.dissent, "dissent", right="assessment.dissent.record"),
    Route("<slug:id>/review/", views.review, "review", right="assessment.review.do"),
]
urlpatterns = patterns(app_name, ROUTES)
