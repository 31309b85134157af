"""The bytes of an envelope: canonical, whatever the text, and nothing else is read."""

import msgspec
import pytest
from hypothesis import given, strategies as st

from vigie.ledger import canonical, envelopes
from vigie.ledger.kinds import By

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(
    seq=st.integers(0, 2**53),
    words=st.lists(TEXT, min_size=7, max_size=7),
    subjects=st.lists(TEXT, max_size=4),
)
def test_an_envelope_is_written_in_canonical_form_and_read_back(seq, words, subjects):
    kind, at, person, office, via, marking, payload = words
    data = envelopes.write(
        seq, kind, at, By(person=person, office=office, via=via), subjects, marking, payload
    )
    assert data == canonical.dumps(
        {
            "seq": seq,
            "kind": kind,
            "at": at,
            "by": {"person": person, "office": office, "via": via},
            "subjects": subjects,
            "marking": marking,
            "payload": payload,
        }
    )
    read = envelopes.read(data)
    assert (read.seq, read.kind, read.at, list(read.subjects)) == (seq, kind, at, subjects)
    assert (read.by.person, read.by.office, read.by.via) == (person, office, via)


@pytest.mark.parametrize("word", ["a\0b", "\ud800"])
def test_text_that_is_outside_the_profile_is_refused(word):
    with pytest.raises(canonical.NotCanonical):
        envelopes.write(1, "a.b.c/1", "", By(person=word, office="", via=""), [], "", "")


def test_what_looks_like_a_null_character_and_is_none_is_written():
    data = envelopes.write(1, "a.b.c/1", "", By(person="\\u0000", office="", via=""), [], "", "")
    assert canonical.loads(data)["by"]["person"] == "\\u0000"


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"at":"","by":{"office":"","person":"","via":""},"kind":"","marking":"","payload":"","seq":1, "subjects":[]}',
        b'{"at":"","by":{"person":"","office":"","via":""},"kind":"","marking":"","payload":"","seq":1,"subjects":[]}',
        b'{"at":"","by":{"office":"","person":"","via":""},"kind":"","marking":"","payload":"","seq":1.0,"subjects":[]}',
        b'{"at":"","by":{"office":"","person":"","via":""},"kind":"","marking":"","more":1,"payload":"","seq":1,"subjects":[]}',
    ],
)
def test_bytes_that_no_record_writes_are_not_read(data):
    with pytest.raises((ValueError, msgspec.MsgspecError)):
        envelopes.read(data)
