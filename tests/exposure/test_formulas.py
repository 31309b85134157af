import pytest
from hypothesis import given, strategies as st

from vigie.exposure.formulas import BEGINNINGS, defused, taken_off


@pytest.mark.parametrize(
    "cell", ["=1+1", "+33 1 00", "-1-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "-1.5 or so"]
)
def test_what_begins_like_a_formula_gets_an_apostrophe(cell):
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "text", "l'école", "'quoted'", "2.35", "-2.35", "-2,35", "-7"])
def test_what_runs_nothing_stays_as_it_is(cell):
    assert defused(cell) == taken_off(cell) == cell


@given(st.text("='+-@\t\ra1.", max_size=6) | st.text(max_size=8))
def test_what_was_defused_comes_back(cell):
    written = defused(cell)
    assert taken_off(written) == cell
    assert not written.startswith(tuple(BEGINNINGS)) or written[1:2].isdigit()
