"""Dates as vague as their sources."""

import calendar
from datetime import date

import pytest
from hypothesis import given, strategies as st

from vigie.schemes.dates import BadDate, read


def test_a_day_is_exact_and_a_month_is_not():
    assert read("2015-06-26").exact
    month = read("2015-02")
    assert (month.first, month.last, month.exact) == (date(2015, 2, 1), date(2015, 2, 28), False)
    assert (read("2015").first, read("2015").last) == (date(2015, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    "given", ["2015-13", "2015-02-30", "2015-00", "15-01-01", "soon", "", "2015-1", "0000", "2015-01-01T00"]
)
def test_what_is_no_date_is_refused(given):
    with pytest.raises(BadDate):
        read(given)


@given(st.dates())
def test_every_day_lies_in_its_month_and_year(day):
    exact, month, year = read(day.isoformat()), read(day.isoformat()[:7]), read(day.isoformat()[:4])
    assert exact.first == exact.last == day
    assert year.first <= month.first <= day <= month.last <= year.last
    assert month.last.day == calendar.monthrange(day.year, day.month)[1]
