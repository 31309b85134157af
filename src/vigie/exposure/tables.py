"""Read a table the way spreadsheets write it, and name every row that cannot be read.

An .xlsx workbook is read as the CSV it would have been saved as. Encodings of CSV: UTF-8 with or without its mark,
UTF-16 with its mark, Windows-1252. Separators: comma, semicolon, tab. Quoted cells may hold line ends. A cell that a
spreadsheet would run as a formula is refused: the table will be opened again one day, by someone else.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vigie.errors import BadInput
from vigie.exposure import formulas, geojson, workbooks
from vigie.exposure.bad_table import BadTable
from vigie.translatable import gettext_noop

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_CELL = 2_000
MAX_NAMED = 500
"""Faults named one by one: whoever mends a table wants all of them; beyond this it is another table."""

_NUMBER_OR_PHONE = re.compile(r"[+-]?[\d\s().,/-]+")
# Signs that turn or hide the text around them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


Matched = Mapping[str, str]
"""Headings, as `plain` gives them, to names of columns; "" leaves the column out."""


class Unmatched(BadTable):
    """Headings that do not say which columns they are: a person can match them."""


class ForbiddenColumn(BadTable):
    """A column that is refused whatever table brings it; the reason is said with it."""

    def said(self, translate: Callable[[str], str]) -> str:
        """Give the sentence and its reason in the language of `translate`."""
        return translate(self.message).format(**self.fields | {"reason": translate(self.fields["reason"])})


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be: where it is, what it says, what was expected (a template with its fields)."""

    line: int
    column: str
    given: str
    expected: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def wanted(self, translate: Callable[[str], str] = str) -> str:
        """Say what was expected, in the language of `translate` (a gettext function)."""
        template = translate(self.expected)
        return template.format(**self.fields) if self.fields else template

    def __str__(self) -> str:
        shown = self.given if len(self.given) <= 60 else self.given[:57] + "…"
        return f"line {self.line}, {self.column}: {shown!r}; expected {self.wanted()}"


class FaultyRows(BadInput):
    """Rows that cannot be read; none of the table is taken. `faults` holds each of them."""

    def __init__(self, message: str, /, *, faults: Iterable[Fault], **fields: object) -> None:
        self.faults = tuple(faults)
        super().__init__(message, faults=self.faults, **fields)

    @classmethod
    def of(cls, what: str, faults: Iterable[Fault]) -> "FaultyRows":
        """Say each fault, as far as MAX_NAMED goes, and the number of the others."""
        found = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in found[:MAX_NAMED])
        more = f"\n  and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
        return cls(
            "Faults in {what}: {count}. Nothing was imported. Mend each and import the file again.\n{shown}{more}",
            faults=found, count=len(found), what=what, shown=shown, more=more,
        )  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column that a table may have: its name here, and the other headings it goes by."""

    name: str
    headings: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it begins on (the heading is line 1), and its cells by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """What was read: the columns found, the sound rows, and the faults of the others."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def read(
    data: bytes,
    columns: Iterable[Column],
    *,
    forbidden: Callable[[str], str | None] = lambda _: None,
    matched: Matched | None = None,
) -> Table:
    """Read a table whose columns are known.

    forbidden: gives the reason why a heading is refused, or None; it speaks before «unknown column» does. matched: what a
    person said some headings are; it goes before what they are known as.
    Raises BadTable: empty, too big, not text, no heading, a column forbidden; Unmatched: one unknown, doubled or missing.
    """
    known = tuple(columns)
    lines = records(data, known)
    try:
        _, heading = next(lines)
    except StopIteration:
        raise BadTable("The table is empty. Expected a line of headings, then one row a line.") from None
    names = _match(heading, known, forbidden, matched or {})
    rows, faults = [], []
    for count, (line, written) in enumerate(lines, start=1):
        if count > MAX_ROWS:
            raise BadTable("The table has more than {most} rows. Import it in parts.", most=MAX_ROWS)
        cells = [formulas.taken_off(cell) for cell in written]
        found = _faults_of(line, cells, names)
        faults += found
        if not found:
            rows.append(Row(line, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    return Table(tuple(filter(None, names)), tuple(rows), tuple(faults))


def plain(text: str) -> str:
    """Give a heading or a word without case, accents, signs or doubled spaces, for comparing."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def hazard(cell: str) -> str | None:
    """Say why a cell must not be kept as it stands, or None when it may."""
    if len(cell) > MAX_CELL:
        return gettext_noop("at most 2,000 signs")
    if cell[:1] and cell[:1] in formulas.BEGINNINGS and not _NUMBER_OR_PHONE.fullmatch(cell):
        return gettext_noop("text that does not begin with = + - @: a spreadsheet would run it as a formula")
    if _UNSEEN.search(cell):
        return gettext_noop("text without unseen control signs")
    return None


def records(data: bytes, known: tuple[Column, ...]) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not blank, with its line, headings first. known: tell the separator. Raises BadTable."""
    if len(data) > MAX_BYTES:
        raise BadTable(
            "The table has {size:,} bytes; at most {most:,} are read. Import it in parts.",
            size=len(data),
            most=MAX_BYTES,
        )
    if not data.strip():
        raise BadTable("The table is empty. Expected a line of headings, then one row a line.")
    if data.startswith(b"PK\x03\x04"):
        return workbooks.records(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return geojson.records(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadTable(
            "This is a workbook of the old kind (.xls) or one locked with a password. Save it as .xlsx without a password, "
            "or as CSV (UTF-8)."
        )
    return _written(_text(data), known)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\x00" in data:
        raise BadTable("This is neither text nor an .xlsx workbook. Expected a CSV table or a workbook.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadTable(
            "The table is neither UTF-8 nor {encoding}: byte {place} cannot be read. Save it as CSV (UTF-8).",
            encoding="UTF-16" if encoding == "utf-16" else "Windows-1252",
            place=fault.start,
        ) from None


def _written(text: str, known: tuple[Column, ...]) -> Iterator[tuple[int, list[str]]]:
    first = text.splitlines()[0] if text else ""
    skipped = 0
    if re.fullmatch(r"sep=.", first.strip()):  # how Excel notes its separator
        text, skipped = text.split("\n", 1)[1] if "\n" in text else "", 1
        separator = first.strip()[-1]
    else:
        separator = _separator(first, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = [cell.strip(" \u00a0") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as fault:
            raise BadTable(
                "Line {line} cannot be read: {fault}. A quotation mark is probably not closed, or not doubled.",
                line=line, fault=fault,
            ) from None  # fmt: skip
        if any(cells):
            yield line, cells


def _separator(heading: str, known: tuple[Column, ...]) -> str:
    """Choose the separator that makes the most known headings, then the most columns."""
    words = {plain(w) for column in known for w in (column.name, *column.headings)}

    def worth(separator: str) -> tuple[int, int]:
        cells = [c.strip('" ') for c in heading.split(separator)]
        return sum(plain(c) in words for c in cells), len(cells)

    return max((",", ";", "\t"), key=worth)


def _match(
    heading: list[str],
    known: tuple[Column, ...],
    forbidden: Callable[[str], str | None],
    matched: Matched,
) -> tuple[str, ...]:
    while heading and not heading[-1]:  # spreadsheets leave empty columns behind
        heading = heading[:-1]
    by_word = {plain(word): column.name for column in known for word in (column.name, *column.headings)}
    names: list[str] = []
    for given in heading:
        reason = forbidden(given)
        if reason is not None:
            raise ForbiddenColumn(
                "The column {given!r} is refused: {reason} Remove it from the file.",
                given=given,
                reason=reason,
            )
    for given in heading:
        name = matched.get(plain(given), by_word.get(plain(given)))
        if name is None:
            raise Unmatched(
                "The column {given!r} is not known. The columns are: {known}. Rename it, remove it, or say which it is.",
                given=given, known=", ".join(c.name for c in known),
            )  # fmt: skip
        if name and name in names:
            raise Unmatched("The column {name} stands twice in the table. Keep one.", name=name)
        names.append(name)
    missing = [c.name for c in known if c.required and c.name not in names]
    if missing:
        raise Unmatched(
            "The table has no column {missing}. Its columns are: {found}. Add it.",
            missing=", ".join(missing), found=", ".join(names) or "none",
        )  # fmt: skip
    return tuple(names)


def _faults_of(line: int, cells: list[str], names: tuple[str, ...]) -> list[Fault]:
    if len(cells) < len(names) or any(cells[len(names) :]):
        return [
            Fault(
                line,
                "the whole row",
                str(len(cells)),
                gettext_noop("{n} cells, as in the headings"),
                {"n": len(names)},
            )
        ]
    pairs = zip(names, cells, strict=False)
    return [
        Fault(line, name, cell, reason)
        for name, cell in pairs
        if name and (reason := hazard(cell)) is not None
    ]
