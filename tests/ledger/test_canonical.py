"""Canonical bytes."""

import json

import pytest
from hypothesis import given, strategies as st

from vigie.ledger import canonical

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(values)
def test_what_is_written_reads_back_the_same_and_rewrites_to_the_same_bytes(value):
    data = canonical.dumps(value)
    assert canonical.loads(data) == value
    assert canonical.dumps(canonical.loads(data)) == data


@given(values)
def test_the_bytes_are_the_standard_librarys_sorted_and_tight(value):
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert json.loads(canonical.dumps(value)) == json.loads(plain)
    assert b": " not in canonical.dumps({"a": 1, "b": [1]})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"a": 1.0}, "body.a is a float"),
        ({"é": 1}, "keys are ASCII"),
        ([2**53 + 1], r"body\[0\] is 9007199254740993"),
        ({"a": b"x"}, "body.a is a bytes"),
        ("\ud800", "cannot be written as UTF-8"),
    ],
)
def test_what_canonical_forms_quarrel_over_is_refused_by_its_place(value, said):
    with pytest.raises(canonical.NotCanonical, match=said):
        canonical.dumps(value)


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b"{", b"1.0"])
def test_bytes_in_another_form_are_not_read(data):
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(data)


def test_a_null_character_is_refused_by_its_place():
    with pytest.raises(canonical.NotCanonical, match=r"body\.words\[1\] holds a null character"):
        canonical.dumps({"words": ["a", "b\0c"]})
