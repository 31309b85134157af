"""From entries to rows: the only writer of this room's tables."""

from vigie.measures.projections import answering, drilling, postures, responding, sending

__all__ = ["answering", "drilling", "postures", "responding", "sending"]
