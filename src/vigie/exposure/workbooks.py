"""Read the first sheet of an .xlsx workbook as rows of text: what its cells would say had it been saved as CSV.

A workbook is a zip of XML, so a small file may unfold into a vast one. Sizes, kinds of packing and numbers of elements are
bounded before anything is parsed; defusedxml refuses entities; openpyxl reads without laying the sheet out in memory.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from vigie.exposure.bad_table import BadTable

MAX_UNPACKED = 40_000_000
"""Bytes that all parts of a workbook may have unpacked."""
MAX_ELEMENTS = 500_000
"""Signs «<» in sheets and texts: 5,000 rows of all columns of owners have 430,000, and openpyxl spends 8 µs on each."""
MAX_OTHERS = 100_000
"""The same in all else: openpyxl spends 30 µs on each element of the styles, of which spreadsheets keep 64,000 at most."""
MAX_PLACES = 2_000_000
"""Cells laid out, blank ones before a far column included."""
_LAST_ROW = 1_048_576
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ZEROS = re.compile(r"0{2,15}")


def records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not blank, with its number in the sheet, as wide as the first of them at least.

    Of a formula the value the spreadsheet kept is read; where it kept none the formula itself stands, which is refused as
    any formula is. Raises BadTable: no workbook, locked, or more than the ceilings above.
    """
    formulas = _bounded(data)
    try:
        yield from _rows(data, formulas=formulas)
    except BadTable:
        raise
    except Exception as fault:
        # Bytes of a stranger in a library of many parsers: whatever it raises, the file is what is wrong.
        raise _unreadable() from fault


def _bounded(data: bytes) -> bool:
    """Look at a workbook's parts before anything parses them. True when its sheets hold formulas."""
    formulas = False
    elements = others = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise BadTable(
                    "The workbook unpacks to more than {most:,} bytes. Keep only the table in it, or import it in parts.",
                    most=MAX_UNPACKED,
                )
            if any(part.flag_bits & 1 or part.compress_type not in _PACKINGS for part in parts):
                raise _unreadable()
            for part in parts:
                # Reading stops at the size that was declared, so a size that lies ends here too.
                content = packed.read(part)
                # A name may lie about what a part is, so every part counts, images too.
                if part.filename.startswith(("xl/worksheets/", "xl/sharedStrings")):
                    elements += content.count(b"<")
                else:
                    others += content.count(b"<")
                formulas = formulas or _FORMULA.search(content) is not None
                if elements > MAX_ELEMENTS or others > MAX_OTHERS:
                    raise BadTable(
                        "The workbook holds more cells and texts than a table needs. Keep only the table in it, or import it in parts."
                    )
    except BadTable:
        raise
    except Exception as fault:
        # A damaged zip raises what its unpackers raise: zlib.error, EOFError, UnicodeError and more.
        raise _unreadable() from fault
    return formulas


def _rows(data: bytes, *, formulas: bool) -> Iterator[tuple[int, list[str]]]:
    told = [_sheet(data, values=True)]
    if formulas:
        told.append(_sheet(data, values=False))
    width = places = 0
    for line, rows in enumerate(zip(*told, strict=True), start=1):
        places += len(rows[0])
        if places > MAX_PLACES:
            raise BadTable(
                "The sheet is too wide: its cells stand too far to the right. Begin the table in column A."
            )
        cells = [_text(cell) for cell in rows[0]]
        if formulas:
            cells = [text or _unreckoned(*both) for text, *both in zip(cells, *rows, strict=True)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            width = width or len(cells)
            yield line, cells + [""] * (width - len(cells))


def _sheet(data: bytes, *, values: bool) -> Iterator[tuple[Any, ...]]:
    # 100 ms that only those who bring a workbook need to wait for.
    import openpyxl  # noqa: PLC0415

    warnings.filterwarnings("ignore", module=r"openpyxl\.")  # of styles and extensions, which are not read
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise BadTable("The workbook has no sheet to read. Expected the table on its first sheet.")
    sheets[0].reset_dimensions()  # what the file says of its own extent may be wrong
    return iter(sheets[0].iter_rows(max_row=_LAST_ROW))


def _text(cell: Any) -> str:
    """Say a cell as a spreadsheet would write it into CSV."""
    value = cell.value
    match value:
        case None:
            said = ""
        case bool():
            said = str(value).upper()
        case int():
            # Codes such as 01004 are kept as numbers that are shown with zeros.
            shown = cell.number_format
            said = f"{value:0{len(shown)}d}" if _ZEROS.fullmatch(shown) else str(value)
        case float():
            said = _number(value)
        case datetime():
            said = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case _:  # dates and times of day say themselves: 2031-05-01, 09:30:00
            said = str(value).strip(" \u00a0")
    return said


def _number(value: float) -> str:
    """Write it out with the fifteen digits that spreadsheets keep: 48.8566, not 48.856600000000004, and never 1e-07."""
    if value.is_integer():
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def _unreckoned(kept: Any, cell: Any) -> str:
    # A formula that gives an empty text has the kind of a text; one that was never reckoned has none.
    if cell.data_type != "f" or kept.data_type != "n":
        return ""
    return str(getattr(cell.value, "text", cell.value) or "=")


def _unreadable() -> BadTable:
    return BadTable(
        "This file begins like a workbook but cannot be read as .xlsx. Save it from the spreadsheet as .xlsx without a password, "
        "or as CSV (UTF-8)."
    )
