import contextlib
import csv
import io

import pytest
from hypothesis import given, strategies as st

from vigie.exposure import tables
from vigie.exposure.tables import BadTable, Column, FaultyRows, hazard

COLUMNS = (
    Column("id", ("identifiant",), required=True),
    Column("name", ("nom", "Libellé du site")),
    Column("value", ("valeur",)),
)


def read(text, encoding="utf-8"):
    return tables.read(text.encode(encoding), COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_reads_the_same_however_the_spreadsheet_wrote_it(encoding, separator, end):
    text = (
        end.join(
            separator.join(row) for row in (["identifiant", "nom"], ["a", "Hôtel de Ville"], ["b", "«Œuvre»"])
        )
        + end
    )
    table = read(text, encoding)
    assert [dict(r.cells) for r in table.rows] == [
        {"id": "a", "name": "Hôtel de Ville"},
        {"id": "b", "name": "«Œuvre»"},
    ]


def test_a_quoted_cell_may_hold_line_ends_and_lines_are_counted_as_the_editor_shows_them():
    table = read('id,name\na,"two\nlines, ""quoted"""\nb,x\n')
    assert table.rows[0].cells["name"] == 'two\nlines, "quoted"'
    assert [row.line for row in table.rows] == [2, 4]


def test_headings_are_matched_without_case_accents_or_signs():
    assert read("ID;LIBELLE DU SITE\na;x").columns == ("id", "name")


def test_empty_lines_and_empty_trailing_columns_are_passed_over():
    table = read("id,name,,\n\na,x,,\n,,,\n")
    assert [row.cells["id"] for row in table.rows] == ["a"]
    assert not table.faults


def test_the_mark_excel_leaves_about_its_separator_is_understood():
    table = read("sep=;\nid;name\na;b,c")
    assert table.rows[0].cells["name"] == "b,c"
    assert table.rows[0].line == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"   \n  ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"id,name\na,\x00", "neither text nor"),
        (b"id,name\na,\x81\x8d", "neither UTF-8"),
        (b'id,name\na,"open', "quotation mark"),
        (b"name\nx", "no column id"),
        (b"id,id\na,b", "twice"),
        (b"id,password\na,b", "'password' is not known"),
        (b"id\n" + b"a\n" * (tables.MAX_ROWS + 1), "more than 5000 rows"),
        (b"x" * (tables.MAX_BYTES + 1), "bytes"),
        (b'id,name\na,"' + b"x" * 200_000 + b'"', "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data, said):
    with pytest.raises(BadTable, match=said):
        tables.read(data, COLUMNS)


def test_a_forbidden_column_is_refused_with_its_reason_before_any_other():
    with pytest.raises(BadTable, match="because we say so"):
        tables.read(
            b"id,secret\na,b", COLUMNS, forbidden=lambda h: "because we say so." if h == "secret" else None
        )


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "=1+1"]
)
def test_a_formula_is_refused_by_line_and_column(cell):
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name"], ["a", cell], ["b", "sound"]])
    table = read(out.getvalue())
    assert [(f.line, f.column) for f in table.faults] == [(2, "name")]
    assert [row.cells["id"] for row in table.rows] == ["b"]


@pytest.mark.parametrize(
    "cell", ["-1.5", "+33 1 40 00 00 00", "-12,5", "A=B", "x@y.example", "Rue de l'Église"]
)
def test_numbers_phones_and_plain_text_are_no_formulas(cell):
    assert hazard(cell) is None


def test_signs_that_hide_or_turn_text_are_refused():
    assert hazard("gare\u202egnp") is not None
    assert hazard("a\x07b") is not None


def test_a_row_of_the_wrong_width_is_named():
    table = read("id,name\na\nb,x,y\nc,z")
    assert [(f.line, f.given) for f in table.faults] == [(2, "1"), (3, "3")]


def test_faulty_rows_are_each_named_up_to_the_most_and_the_rest_is_counted():
    faults = [tables.Fault(n, "id", "?", "an id") for n in range(2, tables.MAX_NAMED + 4)]
    said = str(FaultyRows.of("the table", faults))
    assert f"Faults in the table: {tables.MAX_NAMED + 2}." in said
    assert f"line {tables.MAX_NAMED + 1}, id: '?'; expected an id" in said
    assert f"line {tables.MAX_NAMED + 2}," not in said
    assert "and 2 more" in said


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12),
            min_size=3,
            max_size=3,
        ),
        max_size=6,
    )
)
def test_whatever_a_csv_writer_writes_is_read_back(rows):
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name", "value"], *rows])
    table = tables.read(out.getvalue().encode(), COLUMNS)
    kept = [[c.strip(" \u00a0") for c in row] for row in rows]
    wanted = [row for row in kept if any(row) and all(hazard(c) is None for c in row)]
    assert [list(r.cells.values()) for r in table.rows] == wanted


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_one_sentence(data):
    with contextlib.suppress(BadTable):
        assert "id" in tables.read(data, COLUMNS).columns


def test_what_was_expected_is_said_in_the_readers_language():
    fault = tables.Fault(2, "id", "x", "an id of its own: line {line} has it already", {"line": 7})
    assert fault.wanted() == "an id of its own: line 7 has it already"
    assert (
        fault.wanted({"an id of its own: line {line} has it already": "déjà pris, ligne {line}"}.get)
        == "déjà pris, ligne 7"
    )
    assert tables.Fault(2, "id", "x", "braces {} stand as they are").wanted() == "braces {} stand as they are"


def test_a_refused_columns_reason_is_translated_with_its_sentence():
    with pytest.raises(tables.ForbiddenColumn) as refusal:
        tables.read(b"id,secret\na,b", COLUMNS, forbidden=lambda h: "because." if h == "secret" else None)
    french = {"because.": "parce que."}
    assert "parce que." in refusal.value.said(lambda s: french.get(s, s))
    assert "because." in str(refusal.value)
