"""CAP 1.2: one message, or a feed that links to several; what each amounts to now, and the level it names."""

from vigie.importers.cap.reading import read

__all__ = ["read"]
