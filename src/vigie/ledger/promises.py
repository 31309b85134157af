"""Do the entries still give what every signed checkpoint promised, and is no checkpoint missing?

Asked of a home and of an export alike. A rewriting signed with the true key agrees with itself: only a checkpoint kept
elsewhere, `known` here, tells it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vigie.errors import RecordBroken
from vigie.ledger import note
from vigie.ledger.chain import Chain

KNOWN = "the checkpoint kept elsewhere"
_SIZE = re.compile(r"[^\n]*\n([0-9]{1,16})\n")


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: where (an entry's number, a table's row, a checkpoint) and what."""

    where: str
    what: str


@dataclass(frozen=True)
class Promises:
    """What checkpoints are held against: the log's name and keys, its number of entries, its root at the sizes asked for.

    renamed: (the smallest size under it, name) for each name the log went on under after a declared rollback;
    vouched: the entries after the last checkpoint are known to be the log's own, and wait for theirs.
    """

    origin: str
    chain: Chain
    entries: int
    roots: Mapping[int, bytes]
    renamed: Sequence[tuple[int, str]] = ()
    vouched: bool = False

    def origin_at(self, size: int) -> str:
        """Give what the log was called when it held `size` entries."""
        return next((name for first, name in reversed(self.renamed) if size >= first), self.origin)

    def faults(self, kept: Iterable[tuple[int, str]], others: Iterable[tuple[str, str]]) -> list[Fault]:
        """List what does not hold; what follows from one broken entry is told once.

        kept: the log's own checkpoints as (size, note), in order; others: copies kept elsewhere as (where, note).
        """
        found: list[Fault] = []
        broken: dict[int, str] = {}
        before: int | None = None
        for size, text in kept:
            where = f"checkpoint {size}"
            promised = self._held(where, text, found.append, broken)
            if promised and promised.size != size:
                found.append(Fault(where, f"its signed note speaks of {promised.size} entries"))
            if promised and promised.after is not None and promised.after != before:
                found.append(
                    Fault(f"checkpoint {promised.after}", f"it is missing: {where} was signed after it")
                )
            before = size
        newest = before or 0
        if newest < self.entries and not self.vouched:
            found.append(
                Fault(
                    f"entry {newest}",
                    "it stands after the last checkpoint: it was not written by this record",
                )
            )
        for where, text in others:
            self._held(where, text, found.append, broken)
        if broken:
            first, *later = sorted(broken)
            more = f", nor those up to {len(later)} later ones" if later else ""
            found.append(
                Fault(broken[first], f"the entries up to it no longer give the root it promises{more}")
            )
        return found

    def _held(
        self, where: str, text: str, tell: Callable[[Fault], None], broken: dict[int, str]
    ) -> note.Checkpoint | None:
        try:
            signed = note.parse(text)
            promised = signed.checkpoint
            wanted = self.origin_at(promised.size)
            lost = self._lost_after(promised.origin)
            if promised.origin != wanted and lost is None:
                tell(Fault(where, f"it is of another log, {promised.origin}, and this is {wanted}"))
                return promised
            self.chain.check(signed)
        except RecordBroken as fault:
            tell(Fault(where, str(fault)))
            return None
        if promised.origin != wanted:
            tell(
                Fault(
                    where,
                    f"it promises {promised.size} entries, and those after the first {lost} are lost: entry {lost} declares that the record was put back",
                )
            )
        elif promised.size > self.entries:
            tell(
                Fault(
                    f"entry {self.entries}",
                    f"it is missing: {where} promises {promised.size} entries and the record holds {self.entries}",
                )
            )
        elif self.roots.get(promised.size) != promised.root:
            broken.setdefault(promised.size, where)
        return promised

    def _lost_after(self, origin: str) -> int | None:
        """Give how many entries were left when the log stopped being called so; None while it is, or never was."""
        names = [(0, self.origin), *self.renamed]
        return next(
            (later - 1 for (_, name), (later, _next) in pairwise(names) if name == origin),
            None,
        )


def size_of(text: str) -> int:
    """Give the size a note speaks of, before anything of it is checked; -1 when none can be read."""
    found = _SIZE.match(text)
    return int(found[1]) if found else -1
