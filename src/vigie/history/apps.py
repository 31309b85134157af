"""Django's name for this room."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The history room."""

    name = "vigie.history"
    label = "history"
