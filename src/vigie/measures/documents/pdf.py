"""A document as PDF: tagged, of A4 pages, the same bytes each time.

Typst's wheel holds the compiler and its fonts; it asks neither the network nor the machine's fonts.
"""

from functools import cache
from importlib import resources
from typing import Literal

import msgspec
import typst

from vigie.measures.documents.paper import Paper

_HERE = resources.files("vigie.measures.documents")
"""The only folder the compiler may read in; the sheet reads nothing even there."""
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): title, language, headings and heads of tables for who has the page read out."""


def pdf(given: Paper) -> bytes:
    """Draw a document. A sign that no font of the wheel holds stands as an empty box."""
    try:
        return _drawn(given, [_ACCESSIBLE])
    except typst.TypstError:
        # The standard allows no empty box: such a document is drawn without its seal, tagged all the same.
        return _drawn(given, [])


def _drawn(given: Paper, standards: list[Literal["ua-1"]]) -> bytes:
    said = {"paper": msgspec.json.encode(given).decode(), "digest": given.digest}
    drawn: bytes = typst.compile(  # type: ignore[call-overload] # the wheel's types want a list of fonts
        _sheet(),
        root=str(_HERE),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=said,
        format="pdf",
        pdf_standards=standards,
        timestamp=given.made,
    )
    return drawn


@cache
def _sheet() -> bytes:
    return _HERE.joinpath("sheet.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
