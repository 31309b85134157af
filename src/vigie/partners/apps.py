"""Django's name for this room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The partners room."""

    name = "vigie.partners"
    label = "partners"
