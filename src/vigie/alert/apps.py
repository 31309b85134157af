"""Django's name for this room."""

from django.apps import AppConfig


class AlertConfig(AppConfig):
    """The alert room."""

    name = "vigie.alert"
    label = "alert"
