"""Django's name for this room."""

from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    """The patrols room."""

    name = "vigie.patrols"
    label = "patrols"
