import pytest
from hypothesis import given, strategies as st

from vigie.warning.cell import CellText, measured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", CellText("GSM-7", 0, 1395, 0)),
        ("Alerte à Paris", CellText("GSM-7", 14, 1395, 1)),
        ("[12 €]", CellText("GSM-7", 9, 1395, 1)),  # brackets and euro take two places each
        ("Fête", CellText("UCS-2", 4, 615, 1)),  # ê is in neither table
        ("🚨", CellText("UCS-2", 2, 615, 1)),  # outside the first plane: two units
        ("a" * 94, CellText("GSM-7", 94, 1395, 2)),
    ],
)
def test_a_text_is_measured_in_the_alphabet_it_needs(text, expected):
    assert measured(text) == expected


@pytest.mark.parametrize(("letter", "most"), [("a", 1395), ("ê", 615)])
def test_the_fifteenth_page_is_the_last(letter, most):
    assert measured(letter * most).fits
    assert measured(letter * most).pages == 15
    assert not measured(letter * (most + 1)).fits


@given(st.text(), st.text())
def test_a_longer_text_never_takes_less_room(text, more):
    assert measured(text + more).places >= measured(text).places
