"""Django's name for this room."""

from importlib import import_module

from django.apps import AppConfig

from vigie.schemes import reader


class EditionsConfig(AppConfig):
    """The room of schemes and their editions."""

    name = "vigie.editions"
    label = "editions"

    def ready(self) -> None:
        """Let whoever asks for a scheme by name find this home's own beside those that ship."""
        reader.look_also_in(import_module("vigie.editions.queries").Shelf())
