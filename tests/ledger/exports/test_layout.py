"""Names and lines of an export."""

import pytest
from hypothesis import given, strategies as st

from vigie.ledger import canonical
from vigie.ledger.exports import layout

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))


@given(st.dictionaries(st.integers(0, 10**6), st.tuples(st.binary(min_size=16, max_size=16), TEXTS)))
def test_payloads_are_read_back_whatever_they_say(said):
    pairs = [(seq, salt, canonical.dumps({"words": text})) for seq, (salt, text) in said.items()]
    assert list(layout.payload_lines(b"".join(layout.payload_line(*pair) for pair in pairs))) == pairs


@pytest.mark.parametrize("data", [b"1 00 {}", b"x 00 {}\n", b"1 0g {}\n", b"1\n", b"-1 00 {}\n"])
def test_a_line_in_another_form_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011 - each in its own words
        list(layout.payload_lines(data))


@pytest.mark.parametrize(
    ("authority", "name"),
    [("tsa.example.org", "tsa.example.org"), ("../é x", "x"), ("..", "authority")],
)
def test_the_name_of_an_authority_leads_nowhere_else(authority, name):
    assert layout.stamp_name(58, authority) == f"timestamps/58/{name}.tsr"
