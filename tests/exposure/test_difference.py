from hypothesis import given, strategies as st

from vigie.exposure.difference import Change, changes, difference

tables = st.dictionaries(
    st.sampled_from("abcd"), st.fixed_dictionaries({"x": st.sampled_from("01"), "y": st.sampled_from("01")})
)


def test_a_cell_that_differs_is_told_with_both_of_its_words():
    told = {"a": {"x": "1", "y": "2"}, "new": {"x": "9", "y": "9"}}
    assert list(changes(told, {"a": {"x": "0", "y": "2"}}, dict)) == [Change("a", "x", "0", "1")]


@given(tables, tables)
def test_the_rows_of_changed_cells_are_the_changed_rows(told, standing):
    rows = tuple(dict.fromkeys(one.id for one in changes(told, standing, dict)))
    assert rows == difference(told, standing).changed
