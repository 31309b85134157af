"""The transaction that is open on the record: the tree's edge as it grows, and what was appended under it.

One batch holds one verb, or many that are committed together. The edge is read inside the transaction and written back
at its end: between two transactions the database alone knows it.
"""

import secrets
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vigie.ledger import statements
from vigie.ledger.pending import Lengths, Pending
from vigie.ledger.tree import Edge

_DRAWN = 32
_OURS = "ledger_"
"""How the names of the record's tables begin."""


class Found(NamedTuple):
    """The edge as the transaction found it: entries, hashes packed, time of the last entry, who wrote it (`edge_mac`)."""

    size: int
    hashes: bytes
    last_at: str
    mac: bytes


class Mark(NamedTuple):
    """Where a batch stands, for `Batch.back_to`."""

    edge: Edge | None
    last_at: str
    appended: int
    at_once: bool
    pending: Lengths


@dataclass
class Batch:
    """What is under way.

    run: runs one of `statements` in the open transaction, without regard to what waits in `pending`; edge and found:
    None until asked for; at_once: a checkpoint is to cover it from the first moment; stands: the entries are committed,
    what fails now comes after; told: is called then; sealing_known: the home's sealing key was seen to be the record's.
    """

    run: Callable[..., Any]
    pending: Pending
    edge: Edge | None = None
    found: Found | None = None
    last_at: str = ""
    appended: int = 0
    at_once: bool = False
    stands: bool = False
    told: Callable[[], None] | None = None
    sealing_known: bool = False
    _savepoint: bool | None = None
    """Whether the act under way has its savepoint; None while no act is to have one."""
    _salts: list[bytes] = field(default_factory=list)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Run one of `statements`: it sees all that was appended."""
        self.meet(statement)
        return self.run(statement, values)

    def meet(self, statement: str) -> None:
        """Make ready for a statement: the act's savepoint, and the rows it could ask for."""
        if self._savepoint is False:
            self._savepoint = True
            self.run(statements.SAVEPOINT)
        if _OURS in statement:
            self.pending.give()

    def begin_act(self) -> Mark:
        """Begin an act that can be undone alone. It has its savepoint from its first statement on: few need none."""
        self._savepoint = False
        return self.mark()

    def end_act(self) -> None:
        """Keep what the act did."""
        if self._savepoint:
            self.run(statements.RELEASE)
        self._savepoint = None

    def undo_act(self) -> None:
        """Undo what the act did in the database."""
        if self._savepoint:
            self.run(statements.BACK)
            self.run(statements.RELEASE)
        self._savepoint = None

    def salt(self) -> bytes:
        """Give a fresh salt: 16 bytes of the system's randomness, which is asked for many at once."""
        if not self._salts:
            # The first alone: most batches hold one entry.
            drawn = secrets.token_bytes(16 * (_DRAWN if self.appended else 1))
            self._salts = [drawn[at : at + 16] for at in range(0, len(drawn), 16)]
        return self._salts.pop()

    def committed(self) -> None:
        """Note that the entries stand, and tell so."""
        self.stands = True
        if self.told is not None:
            self.told()

    def mark(self) -> Mark:
        """Remember where the batch stands, for `back_to`."""
        edge = self.edge and Edge(self.edge.size, list(self.edge.hashes))
        return Mark(edge, self.last_at, self.appended, self.at_once, self.pending.lengths())

    def back_to(self, mark: Mark) -> None:
        """Forget what was appended since `mark`: the savepoint it stood in was rolled back."""
        self.edge, self.last_at, self.appended, self.at_once, lengths = mark
        self.pending.back_to(lengths)


current: ContextVar[Batch | None] = ContextVar("vigie_batch", default=None)
"""The batch this thread of work appends to; None outside of one."""
