"""When an office will be empty."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from vigie.accounts.emptying import WITHIN, empty_from

NOW = datetime(2024, 3, 22, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    return NOW + timedelta(days=number)


def test_an_office_nobody_holds_is_empty_now():
    assert empty_from([], NOW) == NOW


def test_terms_that_follow_on_leave_no_gap():
    assert empty_from([(day(-9), day(3)), (day(3), day(31))], NOW) is None


def test_the_first_gap_is_told_even_when_somebody_comes_later():
    assert empty_from([(day(-9), day(3)), (day(4), None)], NOW) == day(3)


def test_one_who_begins_later_leaves_it_empty_until_then():
    assert empty_from([(day(1), None)], NOW) == NOW


def test_an_end_beyond_thirty_days_is_not_told():
    assert empty_from([(day(-1), NOW + WITHIN)], NOW) is None


@given(
    st.lists(st.tuples(st.integers(-40, 60), st.one_of(st.none(), st.integers(-40, 60))), max_size=6),
)
def test_it_agrees_with_looking_at_every_hour(terms):
    spans = [(day(a), None if b is None else day(b)) for a, b in terms if b is None or b > a]
    told = empty_from(spans, NOW)
    looked = next(
        (
            day(n)
            for n in range(WITHIN.days)
            if not any(since <= day(n) and (until is None or day(n) < until) for since, until in spans)
        ),
        None,
    )
    assert told == looked
