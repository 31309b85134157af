"""The Word file: reopened, it says all that the document says; nothing in it tells when it was written."""

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest

from tests.measures.documents.conftest import plain
from vigie.measures.documents.paper import Square, texts
from vigie.measures.documents.word_file import word_file


def test_reopened_it_says_all_the_words(written, in_word):
    said = plain(" ".join(in_word(word_file(written("What it asks")))))
    for text in texts(written("What it asks")):
        assert plain(text) in said


@pytest.mark.parametrize(
    "word",
    [
        "a\x00b\x0bc\x1fd",
        "\ud800half",
        "\ufffe\uffff",
        "<w:p/>&lt;]]>",
        "</w:t></w:r><w:r>",
        "&#0;&#x1F;",
        "=cmd|' /C calc'!A0",
    ],
)
def test_signs_that_xml_forbids_are_gone_and_markup_is_text(written, in_word, word):
    written = written(f"before {word} after")
    said = " ".join(in_word(word_file(written)))
    assert plain(written.title) in plain(said)
    assert "before" in said
    assert "after" in said


def test_no_field_of_it_runs_anything_or_fetches_anything(written, word_parts):
    parts = word_parts(word_file(written('INCLUDETEXT "http://x.example/y" DDEAUTO c:\\cmd.exe')))
    every = b"".join(parts.values())
    assert not [name for name in parts if "vba" in name.lower() or "embed" in name.lower()]
    assert b'TargetMode="External"' not in every
    assert every.count(b"w:instr=") == 2, "the page's number and how many there are"


def test_the_same_document_is_the_same_bytes(written):
    assert word_file(written()) == word_file(written())


def test_properties_name_title_language_and_hash_and_no_machine(written):
    paper = written("Posture", language="fr")
    core = docx.Document(BytesIO(word_file(paper))).core_properties
    assert core.title.startswith("Posture")
    assert core.language == "fr"
    assert paper.digest in core.comments
    assert core.author == core.last_modified_by == "Home"
    assert core.created == core.modified == datetime.fromtimestamp(paper.made, UTC)


def test_each_page_bears_marking_version_and_number(written, word_parts):
    paper = written(exercise="EXERCISE")
    parts = word_parts(word_file(paper))
    head = next(data for name, data in parts.items() if name.startswith("word/header")).decode()
    foot = next(data for name, data in parts.items() if name.startswith("word/footer")).decode()
    assert "TLP:AMBER" in head
    assert "EXERCISE" in head
    for word in ("TLP:AMBER", "Version 1", paper.digest, "NUMPAGES"):
        assert word in foot


def test_what_is_for_paper_alone_is_refused(written):
    with pytest.raises(TypeError, match="square"):
        word_file(written(blocks=[Square("<svg/>", "x", ("y",))]))
