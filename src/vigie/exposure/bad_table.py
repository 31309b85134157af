"""The refusal of a table as a whole, whatever file it came in."""

from vigie.errors import BadInput


class BadTable(BadInput):
    """The file is not a table that can be read at all, or its columns are not those asked for."""
