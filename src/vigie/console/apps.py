"""Django's name for this room."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The console room."""

    name = "vigie.console"
    label = "console"
