"""Match the headings of a table to the columns that are read: what a machine guesses, what a person says.

A guess only fills the form in: nothing is read by it until a person has looked. A column that is refused whatever table
brings it stays refused: it cannot be left out instead, since the file would go on travelling with it.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from vigie.errors import BadInput
from vigie.exposure.tables import Column, Matched, plain, records

LEFT_OUT = ""
"""In place of a column's name: the column is not read."""
SHOWN = 3
"""Cells shown of each column."""
_ALIKE = 0.75
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().-]{8,24}")


class BadMatch(BadInput):
    """Headings are matched to columns that are not, or are not written as asked."""


@dataclass(frozen=True)
class Heading:
    """One heading of a table. cells: its first ones that are not empty; guess: the name of a column, or LEFT_OUT."""

    given: str
    cells: tuple[str, ...]
    guess: str


def headings(data: bytes, columns: Iterable[Column], known: Matched | None = None) -> tuple[Heading, ...]:
    """Give a table's headings, each with its first cells and a guess; known: what a person said before. Raises BadTable."""
    columns = tuple(columns)
    rows = records(data, columns)
    named = next(rows, (0, []))[1]
    while named and not named[-1]:
        named.pop()
    first = [cells for _, cells in islice(rows, 20)]
    below = [tuple(islice((c[n] for c in first if n < len(c) and c[n]), SHOWN)) for n in range(len(named))]
    taken: set[str] = set()
    found = []
    for given, cells in zip(named, below, strict=True):
        said = (known or {}).get(plain(given))
        guess = said if said is not None else _guess(given, cells, columns)
        found.append(Heading(given, cells, LEFT_OUT if guess in taken else guess))
        taken.add(guess)
    return tuple(found)


def list_of(found: Iterable[Heading]) -> str:
    """Name a list of headings, whatever cells stand below: tables of one maker have one name."""
    return sha256("\n".join(plain(one.given) for one in found).encode()).hexdigest()


def read(text: str, columns: Iterable[Column]) -> dict[str, str]:
    """Read what a person wrote: `Heading=column`, one a line or between semicolons; `Heading=` leaves the column out.

    Raises BadMatch: no =, no such column.
    """
    names = [column.name for column in columns]
    found = {}
    for line in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        heading, equals, name = (part.strip() for part in line.rpartition("="))
        if not equals or not plain(heading):
            raise BadMatch(
                "{given!r} matches no heading. Expected Heading=column, or Heading= to leave the column out.",
                given=line[:80],
            )
        found[plain(heading)] = name
    return checked(found, names)


def checked(found: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Give what was matched. Raises BadMatch when it names a column that is not."""
    for heading, name in found.items():
        if name != LEFT_OUT and name not in names:
            raise BadMatch(
                "{heading!r} is matched to {name!r}, which is no column. The columns are: {known}.",
                heading=heading,
                name=name[:60],
                known=", ".join(names),
            )
    return dict(found)


def _guess(given: str, cells: Sequence[str], columns: Sequence[Column]) -> str:
    words = {plain(word): column.name for column in columns for word in (column.name, *column.headings)}
    heading = plain(given)
    if heading in words:
        return words[heading]
    return next(
        (words[word] for word in _alike(heading, words)),
        _by_cells(cells, {column.name for column in columns}),
    )


def _alike(heading: str, words: Mapping[str, str]) -> Iterator[str]:
    """Give known headings that this one holds as whole words, the longest first; then the one most like it."""
    held = [word for word in words if len(word) > 1 and f" {word} " in f" {heading} "]
    yield from sorted(held, key=len, reverse=True)
    yield from difflib.get_close_matches(heading, words, n=1, cutoff=_ALIKE)


def _by_cells(cells: Sequence[str], names: set[str]) -> str:
    kinds: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("mail", _MAIL.fullmatch),
        ("phone", _PHONE.fullmatch),
    )
    return next((name for name, fits in kinds if name in names and cells and all(map(fits, cells))), LEFT_OUT)
