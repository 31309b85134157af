"""Django's name for this room."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The assessment room."""

    name = "vigie.assessment"
    label = "assessment"
