"""The transaction that is open on the record: the tree's edge as it grows, and what was appended under it.

One batch holds one verb, or many that are committed together. The edge is read inside the transaction and written back
at its end: between two transactions the database alone knows it.
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from vigie.ledger.tree import Edge

_DRAWN = 32


def _not_open(*_: Any) -> Any:
    raise RuntimeError("the batch's transaction is not open")


@dataclass
class Batch:
    """What is under way.

    edge: None until asked for; stands: the entries are committed, what fails now comes after;
    sealing_known: the home's sealing key was seen to be the record's; execute: runs one of
    `statements` in the open transaction.
    """

    edge: Edge | None = None
    last_at: str = ""
    appended: int = 0
    stands: bool = False
    sealing_known: bool = False
    execute: Callable[..., Any] = field(default=_not_open)
    _salts: list[bytes] = field(default_factory=list)

    def salt(self) -> bytes:
        """Give a fresh salt: 16 bytes of the system's randomness, which is asked for many at once."""
        if not self._salts:
            drawn = secrets.token_bytes(16 * _DRAWN)
            self._salts = [drawn[at : at + 16] for at in range(0, len(drawn), 16)]
        return self._salts.pop()

    def committed(self) -> None:
        """Note that the entries stand."""
        self.stands = True

    def mark(self) -> tuple[Edge | None, str, int]:
        """Remember where the batch stands, for `back_to`."""
        edge = self.edge and Edge(self.edge.size, list(self.edge.hashes))
        return edge, self.last_at, self.appended

    def back_to(self, mark: tuple[Edge | None, str, int]) -> None:
        """Forget what was appended since `mark`: the savepoint it stood in was rolled back."""
        self.edge, self.last_at, self.appended = mark


current: ContextVar[Batch | None] = ContextVar("vigie_batch", default=None)
"""The batch this thread of work appends to; None outside of one."""
