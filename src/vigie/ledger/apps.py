"""Django's name for this room; at start, every room's projections are read so that entries find their rows."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    """The ledger room."""

    name = "vigie.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Read each room's projections.py."""
        autodiscover_modules("projections")
        import_module("vigie.ledger.outer.projections")
