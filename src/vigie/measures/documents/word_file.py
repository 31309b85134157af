"""A document as a Word file (Office Open XML), for who must go on writing in it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vigie.measures.documents.paper import Cell, Facts, Items, Lines, Paper, Table

_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time a ZIP file gives its members: the same for each, so that two files alike are the same bytes."""


def word_file(given: Paper) -> bytes:
    """Draw a document of facts, lines, tables and lists. Other blocks are for paper alone and raise TypeError."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(20)
    made.styles["Normal"].font.size = Pt(10)
    _properties(made, given)
    head = section.header.paragraphs[0]
    head.text = " – ".join(filter(None, (given.exercise, given.home, given.marking)))
    _foot(section.footer.paragraphs[0], given)
    made.add_heading(given.title, level=1)
    if given.about:
        made.add_paragraph().add_run(given.about).bold = True
    for block in given.blocks:
        if isinstance(block, Facts):
            _facts(made, block)
        elif isinstance(block, Lines):
            for line in block.lines:
                made.add_paragraph().add_run(line).bold = block.strong
        elif isinstance(block, Table):
            _table(made, block)
        elif isinstance(block, Items):
            made.add_heading(block.heading, level=2)
            for row in block.rows:
                _said(made.add_paragraph(), row, strong=True)
        else:
            raise TypeError(block.kind)
    return _settled(made)


def _properties(made: Document, given: Paper) -> None:
    at = datetime.fromtimestamp(given.made, UTC).replace(tzinfo=None)
    core = made.core_properties
    core.title = f"{given.title} – {given.about}" if given.about else given.title
    core.author = core.last_modified_by = given.home
    core.language, core.comments, core.version = (
        given.language,
        f"SHA-256 {given.digest}",
        given.version[:255],
    )
    core.created = core.modified = at
    for style in made.styles.element.iter(_w("lang")):
        style.set(_w("val"), given.language)


def _facts(made: Document, block: Facts) -> None:
    table = made.add_table(rows=0, cols=2)
    for name, said in block.rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, said
    _widths(table, (1, 3))
    made.add_paragraph()


def _table(made: Document, block: Table) -> None:
    made.add_heading(block.heading, level=2)
    table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _repeated(table.rows[0])
    for row in block.rows:
        cells = table.add_row().cells
        for place, (cell, said) in enumerate(zip(cells, row, strict=True)):
            _said(cell.paragraphs[0], said, strong=place == 0, cell=cell)
    _widths(table, block.widths)


def _said(into: Paragraph, said: Cell, *, strong: bool, cell: _Cell | None = None) -> None:
    into.add_run(said[0] if said else "").bold = strong
    for text in said[1:]:
        if cell is None:
            into.add_run().add_break()
            into.add_run(text)
        else:
            cell.add_paragraph().add_run(text).font.size = Pt(8)


def _widths(table: Any, parts: tuple[int, ...]) -> None:
    table.autofit = False
    wide = [Mm(178 * part / sum(parts)) for part in parts]
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, wide, strict=True):
            cell.width = width


def _repeated(row: Any) -> None:
    """Have a row stand at the head of the table on each page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library offers no other way
    mark = OxmlElement("w:tblHeader")
    mark.set(_w("val"), "true")
    properties.append(mark)


def _foot(into: Paragraph, given: Paper) -> None:
    into.add_run(f"{given.version} – SHA-256 {given.digest} – {given.marking} – ").font.size = Pt(7.5)
    before, _, rest = given.page.partition("{n}")
    between, _, after = rest.partition("{of}")
    for text, counted in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        into.add_run(text).font.size = Pt(7.5)
        if counted:
            _field(into, counted)


def _field(into: Paragraph, name: str) -> None:
    """Put in a number that Word counts: PAGE or NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(_w("instr"), name)
    into._p.append(field)  # type: ignore[arg-type] # noqa: SLF001 - the library offers no other way


def _settled(made: Document) -> bytes:
    """Write the file with nothing in it of when it was written."""
    first, last = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as before, ZipFile(last, "w", ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = ZipInfo(name, _ALWAYS)
            member.compress_type = ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return last.getvalue()


def _w(name: str) -> str:
    return str(qn(f"w:{name}"))
