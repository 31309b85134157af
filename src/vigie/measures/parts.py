"""Long lists in parts: what one statement can name, what one entry may hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

A_STATEMENT = 500
"""Ids in one statement at most: SQLite bounds the parameters of each."""
AN_ENTRY = 5_000
"""Rows in one entry at most: a body holds 4 MiB."""

_T = TypeVar("_T")


def parts(whole: Sequence[_T], most: int = A_STATEMENT) -> Iterator[Sequence[_T]]:
    """Give a list in parts of `most` at most, in its order; no part of an empty one."""
    return (whole[start : start + most] for start in range(0, len(whole), most))
