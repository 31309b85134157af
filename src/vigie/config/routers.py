"""Two databases: the record with the rooms made from it, and the desk with everything that signs in."""

from typing import Any

from vigie.ledger.projections import ROOMS

_ON_RECORD = {"ledger", *ROOMS}


class TwoDatabases:
    """Django's router: rooms to `record`, everything else to `default`; nothing joins across."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Give the database a model is read from."""
        del hints
        return "record" if model._meta.app_label in _ON_RECORD else "default"  # noqa: SLF001

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Allow foreign keys within one database only."""
        del hints
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Make a table in its own database only."""
        del hints
        return db == ("record" if app_label in _ON_RECORD else "default")
