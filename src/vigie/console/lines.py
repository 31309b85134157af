"""Entries of the record as lines a person reads: a run of the same act by the same office is one line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

APART = timedelta(hours=1)
"""Acts further apart than this are told apart, even when nothing stands between them."""


class _By(Protocol):
    @property
    def office(self) -> str: ...


class _Told(Protocol):
    """What a line needs of an entry."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def by(self) -> _By: ...
    @property
    def subjects(self) -> tuple[str, ...]: ...
    @property
    def instant(self) -> datetime: ...


@dataclass(frozen=True)
class Line:
    """One line: `count` entries of one kind, from entry `first` (at `since`) to entry `last` (at `until`).

    kind: without its version. office: every owner who answers by a link is of the one office `owner`. subjects: those of all its entries, each once, in the order met.
    """

    kind: str
    office: str
    count: int
    first: int
    last: int
    since: datetime
    until: datetime
    subjects: tuple[str, ...]


def lines(newest_first: Iterable[_Told]) -> list[Line]:
    """Draw runs together; what was newest stays first."""
    drawn: list[Line] = []
    for entry in newest_first:
        kind = entry.kind.rsplit("/", 1)[0]
        office = entry.by.office.partition(":")[0]
        before = drawn[-1] if drawn else None
        if (
            before
            and (before.kind, before.office) == (kind, office)
            and before.since - entry.instant <= APART
        ):
            drawn[-1] = replace(
                before,
                count=before.count + 1,
                first=entry.seq,
                since=entry.instant,
                subjects=tuple(dict.fromkeys((*before.subjects, *entry.subjects))),
            )
        else:
            at = entry.instant
            drawn.append(Line(kind, office, 1, entry.seq, entry.seq, at, at, entry.subjects))
    return drawn
