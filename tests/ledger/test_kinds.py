"""Kinds of entries."""

import json

import pytest
from hypothesis import given, strategies as st

from vigie.errors import BadInput
from vigie.ledger import canonical
from vigie.ledger.kinds import (
    ERASED,
    KINDS,
    OPENED,
    BadBody,
    Body,
    Erased,
    Kind,
    Opened,
    UnknownKind,
    kind_of,
)


def test_an_unknown_kind_is_refused_with_the_way_out():
    with pytest.raises(UnknownKind, match="Use the version that wrote it"):
        kind_of("alert.level.invented/1")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"instance": "a", "exercise": False}, "verifier"),
        ({"instance": "a", "exercise": "no", "verifier": "v"}, "exercise"),
        ({"instance": "a", "exercise": False, "verifier": "v", "more": 1}, "more"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(value, said):
    with pytest.raises(BadBody, match=said):
        OPENED.read(value)


def test_a_kind_cannot_be_listed_twice_with_another_body():
    class Other(Body):
        pass

    with pytest.raises(BadInput, match="listed twice"):
        Kind(OPENED.name, OPENED.version, Other)
    assert KINDS[OPENED.tag].body is Opened


def test_a_body_of_another_kind_is_refused():
    class Other(Body):
        pass

    with pytest.raises(BadBody, match="takes a Opened, not a Other"):
        OPENED.plain(Other())


class Line(Body):
    word: str
    kept: bool = False


class Page(Body):
    lines: list[Line]
    title: str | None = None


PAGE = Kind("tests.page.kept", 1, Page)
WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(words=st.lists(st.tuples(WORD, st.booleans()), max_size=4), title=st.none() | WORD)
def test_a_body_of_text_is_packed_in_canonical_form_or_refused_as_that_form_refuses_it(words, title):
    body = Page(lines=[Line(word=word, kept=kept) for word, kept in words], title=title)
    try:
        expected = canonical.dumps(PAGE.plain(body))
    except canonical.NotCanonical:
        with pytest.raises(canonical.NotCanonical):
            PAGE.packed(body)
        return
    assert PAGE.packed(body) == expected
    assert PAGE.unpacked(expected) == body


def test_a_body_that_does_not_fit_is_not_packed():
    with pytest.raises(BadBody):
        PAGE.packed(Page(lines=[], title=7))
    with pytest.raises(BadBody, match="takes a Page"):
        PAGE.packed(Line(word=""))


@pytest.mark.parametrize(
    "data", [b'{"lines":[], "title":null}', b'{"title":null,"lines":[]}', b'{"lines":[],"title":7}']
)
def test_bytes_that_are_not_in_canonical_form_or_do_not_fit_are_not_unpacked(data):
    with pytest.raises((canonical.NotCanonical, BadBody)):
        PAGE.unpacked(data)


OPENING = {"exercise": False, "instance": "prefecture", "verifier": "v"}


@pytest.mark.parametrize("instance", ["prefecture", "préfecture", "\\u0000"])
def test_a_body_is_read_as_it_was_written(instance):
    read = OPENED.unpacked(canonical.dumps(OPENING | {"instance": instance}))
    assert read == Opened(instance=instance, exercise=False, verifier="v")


def test_a_body_with_integers_is_read_and_refused_beyond_what_is_canonical():
    said = {"authority": "a", "entries": [3, 4], "ground": "g"}
    assert ERASED.unpacked(canonical.dumps(said)) == Erased(entries=[3, 4], ground="g", authority="a")
    with pytest.raises(canonical.NotCanonical):
        ERASED.unpacked(canonical.dumps(said).replace(b"[3,", b"[9007199254740993,"))


@pytest.mark.parametrize(
    ("plain", "fault"),
    [
        (json.dumps(OPENING).encode(), canonical.NotCanonical),
        (canonical.dumps(OPENING).replace(b"prefecture", b"\\u0000"), canonical.NotCanonical),
        (canonical.dumps(OPENING | {"exercise": "no"}), BadBody),
        (canonical.dumps(OPENING | {"more": None}), BadBody),
        (b'{"instance":', canonical.NotCanonical),
    ],
)
def test_a_body_that_does_not_fit_is_refused(plain, fault):
    with pytest.raises(fault):
        OPENED.unpacked(plain)
