"""The PDF: A4, tagged, marked on each page, the same bytes each time; nothing written in it is ever markup."""

import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.measures.documents.conftest import plain
from vigie.measures.documents import pdf as drawing
from vigie.measures.documents.paper import Lines, Table, texts
from vigie.measures.documents.pdf import pdf

HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    "#{ while true {} }",
    '#image("/etc/hostname")',
    "#sys.inputs",
    '"); #panic("out"); ("',
    "*bold* _slanted_ = heading $x^2$ `code` <label> @ref \\ // comment /* */",
    '#eval("1+1")',
    "\\u{41}",
    "]]] ))) }}} ### $$$",
]


@pytest.mark.parametrize("word", HOSTILE)
def test_markup_that_somebody_wrote_is_set_as_they_wrote_it(written, in_pdf, word):
    said = plain(" ".join(in_pdf(pdf(written(word)))))
    assert said.count(plain(word)) >= 5
    assert "root:x:0" not in said


def test_a_word_longer_than_the_page_breaks_and_stays_whole(written, in_pdf):
    pages = in_pdf(pdf(written("x" * 3_000)))
    assert plain("".join(pages)).count("x") >= 3_000 * 5


def test_every_script_the_fonts_hold_is_drawn_with_the_seal_of_accessibility(written):
    for word in ("مدرسة النور", "בית ספר", "Школа № 5", "Ελλάδα", "École – «œuvre» – 5 €"):
        assert b"pdfuaid" in pdf(written(word)), word


def test_a_sign_that_no_font_holds_is_an_empty_box_and_the_document_is_drawn_all_the_same(written, in_pdf):
    drawn = pdf(written("学校 next door"))
    assert b"pdfuaid" not in drawn
    assert "next door" in " ".join(in_pdf(drawn))


def test_the_same_document_is_the_same_bytes_in_another_process(written):
    program = (
        "from hashlib import sha256; import msgspec, sys\n"
        "from vigie.measures.documents.paper import Paper\n"
        "from vigie.measures.documents.pdf import pdf\n"
        "print(sha256(pdf(msgspec.json.decode(sys.stdin.buffer.read(), type=Paper))).hexdigest())\n"
    )
    import msgspec

    sums = {
        subprocess.run(
            [sys.executable, "-c", program], input=msgspec.json.encode(written()), capture_output=True, check=True,
        ).stdout
        for _ in range(2)
    }  # fmt: skip
    from hashlib import sha256

    assert sums == {f"{sha256(pdf(written())).hexdigest()}\n".encode()}


def test_title_language_and_tags_are_there_for_who_has_it_read_out(written):
    reader = PdfReader(BytesIO(pdf(written("Ce qui change", language="fr"))))
    assert reader.metadata.title.startswith("Ce qui change")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_page_is_a4_and_bears_marking_exercise_version_hash_and_number(written, in_pdf):
    rows = tuple(((f"M-{n}",), ("What it asks, in a sentence.",)) for n in range(150))
    paper = written(exercise="EXERCISE", blocks=[Table("new", "New", ("a", "b"), (1, 3), rows)])
    drawn = pdf(paper)
    pages = in_pdf(drawn)
    assert len(pages) > 2
    for number, said in enumerate(pages, 1):
        assert said.count("TLP:AMBER") == 2
        assert "EXERCISE" in said
        assert "Version 1" in said
        assert paper.digest in said
        assert f"Page {number} of {len(pages)}" in said
    for page in PdfReader(BytesIO(drawn)).pages:
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    wide = PdfReader(BytesIO(pdf(written(wide=True)))).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in wide.mediabox[2:]] == [297, 210]


def test_heads_of_a_table_stand_on_each_page_of_it(written, in_pdf):
    rows = tuple(((f"M-{n}",), ("What it asks.",)) for n in range(150))
    pages = in_pdf(pdf(written(blocks=[Table("new", "New", ("Measure", "Asks"), (1, 3), rows)])))
    assert all("Asks" in said for said in pages)


def test_it_asks_neither_the_network_nor_the_fonts_of_the_machine(written, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    drawn = pdf(written("Ω מ م"))
    names = {str(font) for font in _fonts(drawn)}
    assert names
    assert all("Libertinus" in name or "DejaVuSansMono" in name for name in names)


def _fonts(drawn):
    for page in PdfReader(BytesIO(drawn)).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()["/BaseFont"]


def test_the_sheet_reads_no_file_and_brings_in_no_package():
    sheet = drawing._sheet().decode()
    for word in ("#import", "#include", "read(", "eval(", "plugin("):
        assert word not in sheet


def test_black_and_white_alone(written):
    sheet = drawing._sheet().decode()
    assert "rgb(" not in sheet
    assert "cmyk(" not in sheet
    assert list(texts(written(blocks=[Lines(("x",))])))
