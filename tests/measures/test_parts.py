"""Long lists in parts: nothing lost, nothing out of order, no part too long."""

from hypothesis import given, strategies as st

from vigie.measures.parts import parts


@given(st.lists(st.integers()), st.integers(1, 9))
def test_the_parts_are_the_whole_and_none_is_empty_or_too_long(whole, most):
    found = [list(part) for part in parts(whole, most)]
    assert [each for part in found for each in part] == whole
    assert all(1 <= len(part) <= most for part in found)
