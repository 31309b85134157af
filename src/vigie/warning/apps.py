"""Django's name for this room."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """The warning room."""

    name = "vigie.warning"
    label = "warning"
