"""Documents to draw: a paper with whatever words a test wants, and the words that a file says."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from vigie.measures.documents.paper import Facts, Items, Lines, Table, paper


def plain(text):
    """Words alone: a line's end, or a break in a long word, is where the paper ended."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)


@pytest.fixture
def written():
    """A small document: `written("x")` says x as title, fact, line, cell and item."""

    def write(word="Keep a plan.", **more):
        said = {
            "title": word, "about": word, "language": "en", "marking": "TLP:AMBER", "exercise": "", "home": "Home",
            "version": "Version 1", "page": "Page {n} of {of}", "made": 1_711_108_800,
            "blocks": [
                Facts(((word, word),)),
                Lines((word,)),
                Table("new", word, (word, "b"), (1, 2), (((word,), (word, word)),)),
                Items("new", word, ((word, word),)),
            ],
        }  # fmt: skip
        return paper(**(said | more))

    return write


@pytest.fixture
def in_pdf():
    """Every page's words of a PDF: `in_pdf(data)`."""
    return lambda data: [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


@pytest.fixture
def in_word():
    """Every text of a Word file, cell by cell, in the order of its parts."""

    def read(data):
        body = docx.Document(BytesIO(data))
        section = body.sections[0]
        said = [p.text for part in (section.header, body, section.footer) for p in part.paragraphs]
        return said + [cell.text for table in body.tables for row in table.rows for cell in row.cells]

    return read


@pytest.fixture
def word_parts():
    """Names and bytes of what a Word file holds."""

    def parts(data):
        with ZipFile(BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()}

    return parts
