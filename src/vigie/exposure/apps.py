"""Django's name for this room."""

from django.apps import AppConfig


class ExposureConfig(AppConfig):
    """The exposure room."""

    name = "vigie.exposure"
    label = "exposure"
