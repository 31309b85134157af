"""Entries of this room."""

from vigie.ledger.kinds import Body, Kind


class Added(Body):
    """A scheme of this home's own. text: its file to the last byte (UTF-8); sha256: of those bytes (hex)."""

    scheme: str
    sha256: str
    text: str


ADDED = Kind("editions.scheme.added", 1, Added)
