"""What a table would change: which of its rows are new, which differ from what stands, which are as they were."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Difference:
    """Ids, in the table's order. entry: number of the entry an import made, None before one and when nothing changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    entry: int | None = None


def difference(told: Mapping[str, object], standing: Mapping[str, object]) -> Difference:
    """Compare the rows a table tells, by id, with those that stand. What the table leaves out is left alone."""
    return Difference(
        added=tuple(i for i in told if i not in standing),
        changed=tuple(i for i in told if i in standing and told[i] != standing[i]),
        unchanged=tuple(i for i in told if i in standing and told[i] == standing[i]),
    )


@dataclass(frozen=True)
class Change:
    """One cell that would say something else: of which row, in which column, what stands and what the table says."""

    id: str
    column: str
    before: str
    after: str


def changes(
    told: Mapping[str, _Row], standing: Mapping[str, _Row], cells: Callable[[_Row], Mapping[str, str]]
) -> Iterator[Change]:
    """Give each cell that would change, in the table's order. cells: what a table would say of a row, by column."""
    for key in (k for k in told if k in standing):
        before, after = cells(standing[key]), cells(told[key])
        yield from (
            Change(key, name, before[name], after[name]) for name in after if before[name] != after[name]
        )
