"""Django's name for this room."""

from django.apps import AppConfig


class ErasureConfig(AppConfig):
    """The erasure room."""

    name = "vigie.erasure"
    label = "erasure"
