"""What a document says, in the order it is read: a tree of plain texts, which every form is drawn from.

No text of it is ever markup: what draws it puts each in as text. Signs that would turn a line around, hide in it or belong
to no text are taken out here, once, so that all forms say the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Literal, TypeAlias

import msgspec

Cell: TypeAlias = tuple[str, ...]
"""A cell, or an item of a list: what it says first, then what is said smaller below."""


class _Block(msgspec.Struct, frozen=True, tag_field="block"):
    @property
    def kind(self) -> str:
        """The block's name, as pages ask for it."""
        return str(self.__struct_config__.tag)


class Facts(_Block, frozen=True, tag="facts"):
    """Pairs of a word and what there is to say of it."""

    rows: tuple[tuple[str, str], ...]


class Lines(_Block, frozen=True, tag="lines"):
    """Sentences, each on a line of its own; strong: to be seen first."""

    lines: tuple[str, ...]
    strong: bool = False


class Table(_Block, frozen=True, tag="table"):
    """Rows under headed columns; the first cell of a row names it.

    name: what it is about, for who draws a sign beside the heading. widths: of the columns, in parts of the line. upright:
    its columns after the first are narrow, their heads stand on end.
    """

    name: str
    heading: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    upright: bool = False

    @property
    def shares(self) -> tuple[int, ...]:
        """Widths in per cent."""
        return tuple(100 * part // sum(self.widths) for part in self.widths)


class Items(_Block, frozen=True, tag="items"):
    """A list under a heading; the first line of an item is its name."""

    name: str
    heading: str
    rows: tuple[Cell, ...]


class Square(_Block, frozen=True, tag="square"):
    """An address as a square of dots that a telephone reads, beside the lines that say it. picture: SVG."""

    picture: str
    says: str
    lines: tuple[str, ...]


class TearOff(_Block, frozen=True, tag="tearoff"):
    """The part to cut off and give back: a box to tick for each word of each row. blanks: what is written in by hand."""

    cut: str
    heading: str
    about: tuple[tuple[str, str], ...]
    groups: tuple["Choices", ...]
    blanks: tuple[str, ...]
    help: str


class Choices(msgspec.Struct, frozen=True):
    """Rows of a tear-off that may be answered with the same words; line: the last of these leaves room for a reason."""

    rows: tuple[str, ...]
    words: tuple[str, ...]
    line: bool


Block: TypeAlias = Facts | Lines | Table | Items | Square | TearOff


class Paper(msgspec.Struct, frozen=True):
    """A whole document.

    marking: how far it may travel, on each page. exercise: the word that stands first on each page, empty when real.
    made: seconds since 1970 of what it says, not of its printing, so that two prints are the same bytes. version: for the foot
    of each page. page: the word before a page's number, with places for {n} and {of}.
    """

    title: str
    about: str
    language: str
    marking: str
    exercise: str
    home: str
    version: str
    page: str
    made: int
    blocks: tuple[Block, ...]
    wide: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 over all it says, hexadecimal: the same in every form."""
        return sha256(msgspec.json.encode(self)).hexdigest()


def paper(**said: Any) -> Paper:
    """Make a document of what is to be said, each text cleaned."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(said)), Paper)


def texts(given: Paper) -> Iterator[str]:
    """Give every text of a document that is read, in order; what is empty is left out."""
    yield from filter(None, (given.exercise, given.marking, given.title, given.about))
    for block in given.blocks:
        yield from filter(None, _texts(block))


def clean(text: str) -> str:
    """Take out of a text what is no part of it: control signs, marks that turn or hide signs, halves of signs.

    Spaces and line ends become one space. Joiners inside a word stay: several scripts are not written without them.
    """
    kept = "".join(sign for sign in _ENDS.sub(" ", text) if _stays(sign))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", kept)).strip()


_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile(r" +")
_JOINERS = "\u200c\u200d"
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Unicode's controls, formats (with what turns lines around), private signs, halves of signs, signs there are not."""


def _stays(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN


def _cleaned(said: Any, key: Literal["picture", ""] = "") -> Any:
    if isinstance(said, str):
        return said if key == "picture" else clean(said)
    if isinstance(said, dict):
        return {name: _cleaned(value, "picture" if name == "picture" else "") for name, value in said.items()}
    return [_cleaned(value) for value in said] if isinstance(said, (list, tuple)) else said


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        yield from (text for row in block.rows for text in row)
    elif isinstance(block, Lines):
        yield from block.lines
    elif isinstance(block, Table):
        yield block.heading
        yield from block.columns
        yield from (text for row in block.rows for cell in row for text in cell)
    elif isinstance(block, Items):
        yield block.heading
        yield from (text for row in block.rows for text in row)
    elif isinstance(block, Square):
        yield from block.lines
    else:
        yield block.heading
        yield from (text for row in block.about for text in row)
        yield from (text for group in block.groups for text in (*group.words, *group.rows))
        yield from (*block.blanks, block.help)
