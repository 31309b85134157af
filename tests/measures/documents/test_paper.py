"""What a document says, before it is drawn: cleaned once, and known by its digest."""

import pytest
from hypothesis import given, strategies as st

from vigie.measures.documents.paper import clean, texts


@given(st.text())
def test_a_cleaned_text_stays_as_it_is_when_cleaned_again(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_no_sign_stays_that_xml_or_a_reader_could_trip_over(text):
    assert not [
        sign
        for sign in clean(text)
        if ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 or sign in "\ufffe\uffff"
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Gare\u202e droN", "Gare droN"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark"),
        ("a tag \U000e0041\U000e0042", "a tag"),
        ("half \ud800 sign", "half sign"),
        ("private \ue000 sign", "private sign"),
    ],
)
def test_what_would_turn_or_hide_signs_is_taken_out(given, kept):
    assert clean(given) == kept


@pytest.mark.parametrize("name", ["مدرسة النور", "בית ספר", "Школа № 5", "École d'Évry : l'été", "می‌خواهم"])
def test_every_script_that_names_a_place_stays(name):
    assert clean(name) == name


def test_look_alike_letters_stay_as_they_were_written():
    assert clean("Мairie") == "Мairie", "a name is not ours to change; the record shows which it is"


def test_one_other_word_is_another_digest(written):
    assert written("Keep a plan.").digest == written("Keep a plan.").digest
    assert written("Keep a plan.").digest != written("Keep no plan.").digest
    assert written(marking="TLP:RED").digest != written().digest


def test_texts_are_those_that_are_read(written):
    assert set(texts(written("word"))) == {"TLP:AMBER", "word", "b"}
