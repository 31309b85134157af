"""Copies: reprints by their words, translations by their facts; what only shares a subject is left apart."""

from datetime import date
from pathlib import Path

import pytest

from vigie.reports import copies
from vigie.reports.reader import read

DATA = Path(__file__).parent.parent / "data" / "reports"
DEMO = Path(__file__).parents[2] / "src" / "vigie" / "replays" / "moscow-2024" / "reports"


def demo(*names):
    return [read((DEMO / name).read_bytes(), name=name) for name in names]


def test_a_reprint_is_found_by_its_words_and_a_translation_by_its_facts():
    found = copies.links(demo("wire.html", "reprint.txt", "agencia.eml"))
    assert {(link.first, link.second): link.sign for link in found} == {
        (0, 1): "words",
        (0, 2): "facts",
        (1, 2): "facts",
    }


def test_copies_are_one_newsroom_and_the_reason_is_said():
    groups = copies.groups(demo("wire.html", "reprint.txt"))
    assert groups.copies == (("wire.html", "reprint.txt"),)
    assert (groups.documents, groups.newsrooms) == (2, 1)
    assert "three-word runs" in groups.why[0]


def test_reports_of_other_matters_are_never_copies():
    readings = [
        read(path.read_bytes(), name=path.name, published=date(2024, 3, 25))
        for path in sorted(DATA.glob("*.txt"))
    ]
    assert copies.links(readings) == []


def test_reports_that_tell_the_same_attack_are_the_same_event_without_being_copies():
    readings = [read((DATA / name).read_bytes(), name=name) for name in ("it-viminale.txt", "de-ostern.txt")]
    groups = copies.groups(readings)
    assert groups.copies == ()
    assert groups.same_event == (("it-viminale.txt", "de-ostern.txt"),)


def test_who_says_it_in_the_end_is_named_once_over_languages():
    origins = copies.groups(demo("wire.html", "agencia.eml")).origins
    assert "claim by Islamic State" in origins
    assert "official count FR" in origins
    assert origins.count("Emmanuel Macron") == 1


@pytest.mark.parametrize("text", ["", "One two", "ONE, two! THREE?"])
def test_short_texts_have_few_shingles(text):
    assert len(copies.shingles(text)) <= 1


def test_nothing_given_is_nothing_found():
    assert copies.groups([]).copies == ()
