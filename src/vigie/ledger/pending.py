"""What a batch appended and the database was not given yet: rows go there together, just before somebody could miss them.

A statement a row is most of what an entry costs when many are committed together.
"""

from collections.abc import Callable, Sequence
from typing import Any

from vigie.ledger import statements

Row = Sequence[Any]
Lengths = tuple[int, int, int, int]
"""How many entries (payloads: as many) and keys were appended, and how many of each were given."""


class Pending:
    """Rows of the record's own tables. many: runs one statement for many rows in the open transaction."""

    __slots__ = ("_entries", "_given", "_keys", "_keys_given", "_many", "_payloads")

    def __init__(self, many: Callable[[str, Sequence[Row]], Any]) -> None:
        self._many = many
        self._entries: list[Row] = []
        self._payloads: list[Row] = []
        self._keys: list[Row] = []
        self._given = self._keys_given = 0

    def add(self, entry: Row, payload: Row, key: Row | None = None) -> None:
        """Keep the rows of one entry until they are given."""
        self._entries.append(entry)
        self._payloads.append(payload)
        if key is not None:
            self._keys.append(key)

    def give(self) -> None:
        """Write what waits."""
        given = self._given
        if given < len(self._entries):
            self._many(statements.ENTRY, self._entries[given:])
            self._many(statements.PAYLOAD, self._payloads[given:])
            self._given = len(self._entries)
        if self._keys_given < len(self._keys):
            self._many(statements.PAYLOAD_KEY, self._keys[self._keys_given :])
            self._keys_given = len(self._keys)

    def lengths(self) -> Lengths:
        """Remember where the rows stand, for `back_to`."""
        return len(self._entries), len(self._keys), self._given, self._keys_given

    def back_to(self, lengths: Lengths) -> None:
        """Forget what was appended since; what was given since was taken back with the savepoint, and waits again."""
        entries, keys, given, keys_given = lengths
        del self._entries[entries:], self._payloads[entries:], self._keys[keys:]
        self._given, self._keys_given = min(self._given, given), min(self._keys_given, keys_given)
