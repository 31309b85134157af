"""What a table would change: which of its rows are new, which differ from what stands, which are as they were."""

from collections.abc import Mapping
from dataclasses import dataclass


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
