"""Instants and the one clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vigie import times

instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants)
def test_an_instant_reads_back_from_its_text_to_the_second(instant):
    assert times.from_text(times.text(instant)) == instant.replace(microsecond=0)


@given(instants, instants)
def test_texts_sort_as_instants_do(one, other):
    assert (times.text(one) < times.text(other)) == (
        one.replace(microsecond=0) < other.replace(microsecond=0)
    )


@pytest.mark.parametrize(
    ("given", "zone", "text"),
    [
        ("2015-06-26", "UTC", "2015-06-26T00:00:00Z"),
        ("2015-06-26T17:00", "Europe/Paris", "2015-06-26T15:00:00Z"),
        ("2015-06-26T17:00:00+02:00", "America/Cayenne", "2015-06-26T15:00:00Z"),
    ],
)
def test_what_people_write_is_read_in_their_zone(given, zone, text):
    assert times.text(times.parse(given, zone)) == text


@pytest.mark.parametrize("given", ["", "yesterday", "26/06/2015", "2015-13-01"])
def test_what_is_no_time_is_refused_with_an_example(given):
    with pytest.raises(times.BadTime, match="2015-06-26"):
        times.parse(given)


@pytest.mark.parametrize("given", ["2015-06-26", "2015-06-26T15:00:00+00:00", "2015-06-26T15:00:00.5Z"])
def test_the_record_has_one_form_of_an_instant(given):
    with pytest.raises(times.BadTime, match="not an instant of the record"):
        times.from_text(given)


def test_an_unknown_zone_and_a_zoneless_instant_are_refused():
    with pytest.raises(times.BadTime, match="IANA"):
        times.parse("2015-06-26", "Europe/Nowhere")
    with pytest.raises(times.BadTime, match="no time zone"):
        times.text(datetime(2015, 6, 26))  # noqa: DTZ001


@pytest.mark.parametrize("given", ["0001-01-01", "0999-12-31", "9999-12-31T23:59:59-14:00"])
def test_a_year_nobody_meant_is_refused_and_not_reckoned_with(given):
    with pytest.raises(times.BadTime, match="outside the years 1000 to 8999"):
        times.parse(given, "Asia/Tokyo")


def test_a_folder_of_zones_is_no_zone():
    with pytest.raises(times.BadTime, match="IANA"):
        times.time_zone("Europe")


def test_a_held_clock_stands_still_and_goes_on_afterwards():
    with times.held("2015-06-26T15:00:00Z") as at:
        assert times.now() == times.now() == at
    assert times.now() > at


def test_a_shifted_clock_runs_at_that_distance():
    try:
        times.shift_clock(timedelta(days=-365))
        assert abs(times.now() - (datetime.now(UTC) - timedelta(days=365))) < timedelta(seconds=5)
    finally:
        times.shift_clock(timedelta(0))


@pytest.mark.parametrize("given", ["2015-02-30", "26.6.2015"])
def test_a_day_that_is_none_is_refused(given):
    with pytest.raises(times.BadTime, match="not a day"):
        times.parse_day(given)
