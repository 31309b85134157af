"""The assessment as plain data: sections of sentences, tables, and blanks that only a person can fill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows under headings; every row has as many cells as there are headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One question of the assessment. blanks: what a person must still write, as the question put to them."""

    title: str
    said: tuple[str, ...] = ()
    table: Table | None = None
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """The whole. blank: the words that mark what is to be written."""

    title: str
    blank: str
    sections: tuple[Section, ...]
