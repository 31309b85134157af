"""Django's name for this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk."""

    name = "vigie.desk"
    label = "desk"
