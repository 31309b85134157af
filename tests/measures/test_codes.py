import pytest
from hypothesis import given, strategies as st

from vigie.measures.codes import BadCode, Code, parse

CODES = st.builds(
    Code,
    domain=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3),
    objective=st.integers(1, 9),
    order=st.integers(0, 99),
    degree=st.integers(0, 3),
)


@given(CODES)
def test_a_code_reads_back_as_written(code):
    assert parse(str(code)) == code


def test_the_parts_of_a_code_are_domain_objective_degree_and_order():
    assert parse("BAT 21-01") == Code("BAT", objective=2, degree=1, order=1)


def test_degree_nought_is_permanent_and_no_other_is():
    assert parse("IMD 10-01").permanent
    assert not any(parse(f"BAT 2{degree}-01").permanent for degree in (1, 2, 3))


def test_rungs_of_one_ladder_share_its_key():
    assert {parse(f"BAT 2{degree}-01").ladder for degree in (1, 2, 3)} == {"BAT 2-01"}


def test_a_permanent_measure_is_no_lower_rung_because_its_serial_numbers_are_counted_apart():
    assert parse("BAT 20-01").ladder == "BAT 20-01"
    assert parse("BAT 21-01").ladder != parse("BAT 20-01").ladder


@given(CODES, CODES)
def test_codes_sort_so_that_a_ladder_stands_together_lowest_first(one, two):
    same = (one.domain, one.objective, one.order) == (two.domain, two.objective, two.order)
    if same:
        assert (one < two) == (one.degree < two.degree)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "BAT21-01",
        "BAT 41-1",
        "bat 21-01",
        "BAT 24-01",
        "BAT 01-01",
        "BAT 21-01 ",
        "BAT 21_01",
        "ABCD 21-01",
        "BAT ２1-01",
    ],
)
def test_what_is_no_code_is_refused_with_the_shape_expected(given):
    with pytest.raises(BadCode, match="such as BAT 21-01"):
        parse(given)
