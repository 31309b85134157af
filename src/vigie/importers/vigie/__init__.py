"""Another vigie: its public site, believed as far as the key of its public log goes."""

from vigie.importers.vigie.reading import read

__all__ = ["read"]
