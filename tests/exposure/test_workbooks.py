"""Workbooks: read as the CSV they would have been saved as, and refused before they unfold."""

import contextlib
import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, strategies as st

from vigie.exposure import owners_csv, sites_csv, tables, workbooks
from vigie.exposure.tables import BadTable, Column, FaultyRows

COLUMNS = (Column("id", required=True), Column("name"), Column("value"))
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rezipped(data, change, *, packing=zipfile.ZIP_DEFLATED, more=()):
    """Pack a workbook anew; change: from a part's name and bytes to its bytes, or None to leave it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", packing) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in more:
            new.writestr(name, content)
    return stream.getvalue()


def sheet(of):
    return lambda name, content: of(content) if name == "xl/worksheets/sheet1.xml" else content


def read(*rows, **more):
    return tables.read(workbook(("id", "name", "value"), *rows, **more), COLUMNS)


def cells(*rows, **more):
    table = read(*rows, **more)
    assert table.faults == ()
    return [tuple(row.cells.values()) for row in table.rows]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("  Gare  ", "Gare"),
        (1200, "1200"),
        (1200.0, "1200"),
        (48.856600000000004, "48.8566"),
        (-0.5, "-0.5"),
        (0.0000001, "0.0000001"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),  # noqa: DTZ001 - sheets know no zones
        ("'+33 1 00", "+33 1 00"),
    ],
)
def test_a_cell_says_what_the_csv_would_have_said(value, said):
    assert cells(("a", "x", value)) == [("a", "x", said)]


def test_a_code_shown_with_zeros_keeps_them():
    def shown(book):
        book.active["C2"].number_format = "00000"

    assert cells(("a", "x", 1004), change=shown) == [("a", "x", "01004")]


def test_rows_are_numbered_as_the_sheet_shows_them_and_blank_ones_are_passed_over():
    table = read((), ("a", None, None), (None, " "), ("b",))
    assert [(row.line, row.cells["id"]) for row in table.rows] == [(3, "a"), (5, "b")]


def test_the_first_sheet_that_is_shown_is_read():
    def two(book):
        other = book.create_sheet("notes", 0)
        other.append(["something else"])
        other.sheet_state = "hidden"
        book.create_sheet("more").append(["again"])
        book.active = 1

    assert cells(("a", "x", "y"), change=two) == [("a", "x", "y")]


def test_of_a_formula_the_value_kept_is_read():
    data = workbook(("id", "name", "value"), ("a", "x", "=1+1"))
    kept = rezipped(
        data,
        sheet(
            lambda xml: (
                xml.replace(b"<v></v>", b"<v>2</v>")
                .replace(b"<v />", b"<v>2</v>")
                .replace(b"<v/>", b"<v>2</v>")
            )
        ),
    )
    assert tables.read(kept, COLUMNS).rows[0].cells["value"] == "2"


def test_a_formula_that_was_never_reckoned_is_named_not_read_as_nothing():
    (fault,) = read(("a", "x", "=1+1")).faults
    assert (fault.line, fault.column, fault.given) == (2, "value", "=1+1")


def test_a_formula_that_gives_an_empty_text_gives_an_empty_cell():
    data = workbook(("id", "name", "value"), ("a", "x", "=1+1"))
    empty = rezipped(data, sheet(lambda xml: xml.replace(b'<c r="C2">', b'<c r="C2" t="str">')))
    assert empty != data
    assert tables.read(empty, COLUMNS).rows[0].cells["value"] == ""


def test_text_that_begins_like_a_formula_is_refused_as_in_csv():
    def text(book):
        book.active["B2"].data_type = "s"

    (fault,) = read(("a", "=HYPERLINK(1)", "y"), change=text).faults
    assert (fault.line, fault.column) == (2, "name")


def test_places_and_owners_come_in_by_workbook():
    (site,) = sites_csv.read(
        workbook(
            ("Nom", "Type", "Latitude", "Longitude", "Zone", "Fréquentation"),
            ("Gare", "gare", 48.88, 2.35, "FR-75", 1200),
        )
    ).whole()
    assert (site.lat_e6, site.kind, site.yearly_visitors) == (48880000, "station", 1200)
    with pytest.raises(FaultyRows, match="line 2, mail"):
        owners_csv.read(workbook(("id", "name", "mail"), ("x", "Office", "nobody"))).whole()


def test_texts_kept_apart_from_the_cells_are_read():
    def shared(name, content):
        if name == "[Content_Types].xml":
            kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            return content.replace(
                b"</Types>",
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>',
            )
        return sheet(
            lambda xml: re.sub(rb'<c r="B2" t="inlineStr">.*?</c>', b'<c r="B2" t="s"><v>0</v></c>', xml)
        )(name, content)

    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Gare </t></r><r><t>centrale</t></r></si></sst>'
    data = rezipped(GOOD, shared, more=[("xl/sharedStrings.xml", texts)])
    assert tables.read(data, COLUMNS).rows[0].cells["name"] == "Gare centrale"


def zeros_of(size):
    return [("xl/media/image1.png", b"\0" * size)]


GOOD = workbook(("id", "name", "value"), ("a", "x", "y"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (rezipped(GOOD, lambda _, c: c, more=zeros_of(workbooks.MAX_UNPACKED)), "unpacks to more than"),
        (rezipped(GOOD, sheet(lambda xml: xml.replace(b"</row>", b"</row>" + b"<row/>" * workbooks.MAX_ELEMENTS, 1))), "more cells and texts"),
        (rezipped(GOOD, lambda _, c: c, more=[("xl/sharedStrings.xml", b"<si/>" * workbooks.MAX_ELEMENTS)]), "more cells and texts"),
        (rezipped(GOOD, sheet(lambda xml: xml.replace(b"<worksheet", ENTITIES + b"<worksheet", 1))), "cannot be read as .xlsx"),
        (rezipped(GOOD, lambda _, c: c, packing=zipfile.ZIP_LZMA), "cannot be read as .xlsx"),
        (rezipped(GOOD, lambda name, c: None if name == "xl/workbook.xml" else c), "cannot be read as .xlsx"),
        (rezipped(GOOD, sheet(lambda xml: xml[: len(xml) // 2])), "cannot be read as .xlsx"),
        (GOOD[: len(GOOD) // 2], "cannot be read as .xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old kind"),
        (workbook(), "empty"),
    ],
    ids=["unfolds", "rows", "texts", "entities", "packing", "no book", "cut sheet", "cut zip", "xls", "empty"],
)  # fmt: skip
def test_what_is_no_honest_workbook_is_refused_in_one_sentence(data, said):
    with pytest.raises(BadTable, match=said):
        tables.read(data, COLUMNS)


def test_more_rows_than_are_read_are_refused():
    with pytest.raises(BadTable, match="more than 5000 rows"):
        read(*(("a",) for _ in range(tables.MAX_ROWS + 1)))


def test_cells_far_to_the_right_are_not_laid_out_without_end():
    far = b"".join(b'<row r="%d"><c r="ZZZ%d"/></row>' % (n, n) for n in range(3, 400))
    with pytest.raises(BadTable, match="too wide"):
        tables.read(
            rezipped(GOOD, sheet(lambda xml: xml.replace(b"</sheetData>", far + b"</sheetData>"))), COLUMNS
        )


def test_a_row_beyond_the_last_there_can_be_does_not_lay_out_those_before_it():
    far = b'<row r="999999999999"><c r="A999999999999"/></row>'
    table = tables.read(
        rezipped(GOOD, sheet(lambda xml: xml.replace(b"</sheetData>", far + b"</sheetData>"))), COLUMNS
    )
    assert len(table.rows) == 1


@given(st.data())
def test_damaged_workbooks_give_a_table_or_one_refusal(data):
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(4, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadTable):
        tables.read(bytes(broken), COLUMNS)


@given(
    st.binary(max_size=300), st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
)
def test_parts_of_anything_give_a_table_or_one_refusal(content, part):
    with contextlib.suppress(BadTable):
        tables.read(rezipped(GOOD, lambda name, c: content if name == part else c), COLUMNS)
