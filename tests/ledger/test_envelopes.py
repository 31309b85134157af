"""The bytes of an envelope: canonical, whatever the text, and nothing else is read."""

import json

import msgspec
import pytest
from hypothesis import given, strategies as st

from vigie.ledger import canonical, envelopes
from vigie.ledger.canonical import NotCanonical
from vigie.ledger.kinds import By

ENVELOPE = {
    "at": "2024-03-22T12:00:00Z",
    "by": {"office": "watch", "person": "p-1", "via": "page"},
    "kind": "measures.task.answered/1",
    "marking": "TLP:GREEN",
    "payload": "ab" * 32,
    "seq": 7,
    "subjects": ["o-mall"],
}
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


def test_an_envelope_is_read_as_it_was_written():
    said = envelopes.read(canonical.dumps(ENVELOPE))
    assert (said.seq, said.by, said.subjects) == (
        7,
        By(person="p-1", office="watch", via="page"),
        ("o-mall",),
    )


def test_an_envelope_that_speaks_of_a_null_character_is_read():
    given = ENVELOPE | {"subjects": ["\\u0000"]}
    assert envelopes.read(canonical.dumps(given)).subjects == ("\\u0000",)


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(ENVELOPE).encode(),  # with spaces
        json.dumps(dict(reversed(ENVELOPE.items())), separators=(",", ":")).encode(),
        canonical.dumps(ENVELOPE).replace(b":7,", b":7.0,"),
        canonical.dumps(ENVELOPE).replace(b'"seq":7', b'"seq":6,"seq":7'),
        canonical.dumps(ENVELOPE).replace(b"o-mall", b"o-m\\u0061ll"),
        canonical.dumps(ENVELOPE).replace(b"o-mall", b"o\\u0000"),
        b"",
        b"\xff",
    ],
)
def test_an_envelope_in_another_form_is_refused(raw):
    with pytest.raises(NotCanonical):
        envelopes.read(raw)


@pytest.mark.parametrize("change", [{"seq": "7"}, {"more": 1}, {"by": {"person": "p-1"}}, {"subjects": None}])
def test_an_envelope_with_other_fields_is_refused(change):
    with pytest.raises(msgspec.ValidationError):
        envelopes.read(canonical.dumps(ENVELOPE | change))
