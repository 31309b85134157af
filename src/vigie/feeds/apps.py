"""Django's name for this room."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """The room of what was heard from elsewhere."""

    name = "vigie.feeds"
    label = "feeds"
