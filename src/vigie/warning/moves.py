"""The moves of a message, as a table: once issued it never changes; a later message ends or replaces it."""

from collections.abc import Mapping

MESSAGE: Mapping[str, frozenset[str]] = {
    "waits": frozenset({"issued", "withdrawn"}),
    "issued": frozenset(),
    "withdrawn": frozenset(),
}
