from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings as limits, strategies as st

from vigie.exposure import calendar, crowding, site_kinds
from vigie.exposure.crowding import WEEKS, DayFacts, UnknownHalf
from vigie.exposure.dated import Attendance, Dated
from vigie.exposure.sites_csv import SiteRow

SITE = SiteRow(
    "s", "Station", "station", 48_880_000, 2_350_000, "FR-75C", yearly_visitors=3_652_425, opening="24/7"
)
MONDAY = date(2025, 6, 23)  # an ordinary week: no holiday touches Paris
PLAIN_WEEK = tuple(DayFacts(d, public_holiday=False, school_share=0.0) for d in range(7))


CROWD = Attendance(1000, 2000)


def event(site="s", attendance=CROWD, hours=(20 * 60, 23 * 60)):
    return Dated(
        "e",
        "event",
        MONDAY,
        MONDAY,
        {"en": "E"},
        areas=("FR-75C",),
        site=site,
        attendance=attendance,
        hours=hours,
    )


def test_hours_of_presence_of_a_week_are_visits_times_stay():
    low, high = crowding.slots(SITE, PLAIN_WEEK)
    kind, spread = site_kinds.get("station"), site_kinds.figure_spread()
    visits = SITE.yearly_visitors / WEEKS
    assert low.sum() / 2 == pytest.approx(visits * spread[0] * kind.stay[0], rel=1e-4)
    assert high.sum() / 2 == pytest.approx(visits * spread[1] * kind.stay[1], rel=1e-4)


def test_nobody_is_expected_when_the_site_is_shut():
    low, high = crowding.slots(replace(SITE, opening="Mo-Fr 08:00-18:00"), PLAIN_WEEK)
    assert high[0, :16].sum() == high[0, 36:].sum() == high[5].sum() == 0
    assert low[0, 16:36].min() > 0


def test_visits_of_shut_days_move_to_the_open_ones():
    every, weekdays = (
        crowding.slots(replace(SITE, opening=o), PLAIN_WEEK)[1].sum()
        for o in ("Mo-Su 08:00-18:00", "Mo-Fr 08:00-18:00")
    )
    assert every == pytest.approx(weekdays, rel=1e-4)


@pytest.mark.parametrize(
    ("change", "basis"),
    [
        ({}, "figure"),
        ({"yearly_visitors": None}, "assumed"),
        ({"yearly_visitors": None, "capacity": 500}, "assumed"),
        ({"kind": "hall", "yearly_visitors": None, "capacity": 500}, "capacity"),
    ],
)
def test_where_the_number_comes_from_is_said(change, basis):
    assert crowding.yearly(replace(SITE, **change)).basis == basis
    assert crowding.yearly(replace(SITE, **change)).reason


@pytest.mark.parametrize("kind", site_kinds.kinds())
def test_without_a_figure_a_wide_range_by_kind_is_given_never_one_number(kind):
    low, high = crowding.slots(replace(SITE, kind=kind, yearly_visitors=None, opening=""), PLAIN_WEEK)
    assert (low <= high).all()
    assert kind == "temporary-venue" or high.max() > 1.5 * low.max() > 0


def test_nobody_passes_a_stated_capacity():
    low, high = crowding.slots(replace(SITE, capacity=100), PLAIN_WEEK)
    assert high.max() == 100
    assert (low <= high).all()


def test_schools_empty_in_school_holidays_and_on_public_ones():
    school = replace(SITE, kind="school", yearly_visitors=None, opening="")
    facts = (
        DayFacts(0, public_holiday=False, school_share=0.0),
        DayFacts(0, public_holiday=False, school_share=1.0),
        DayFacts(0, public_holiday=True, school_share=0.0),
    )
    high = crowding.slots(school, facts)[1].sum(axis=1)
    assert high[1] < high[0] / 5
    assert high[2] == 0


def test_the_calendar_reaches_the_days_of_the_area():
    found = calendar.entries(date(2024, 3, 29), date(2024, 4, 10), ("FR-75", "FR-67"))
    paris = crowding.day_facts(date(2024, 3, 29), 13, "FR-75C", found)
    strasbourg = crowding.day_facts(date(2024, 3, 29), 13, "FR-67", found)
    assert [d.public_holiday for d in (paris[0], strasbourg[0], paris[3])] == [False, True, True]
    assert (paris[8].school_share, strasbourg[8].school_share) == (
        1.0,
        0.0,
    )  # 6 April: zone C is off, zone B is not


def test_a_country_is_off_in_part():
    found = calendar.entries(date(2024, 4, 15), date(2024, 4, 15), ("FR",))
    assert crowding.day_facts(date(2024, 4, 15), 1, "FR", found)[0].school_share == pytest.approx(2 / 3)


def test_an_event_adds_its_attendance_in_its_hours_alone():
    def run(*events):
        ((_, low, high),) = crowding.stream([SITE], MONDAY, 1, events)
        return low[0], high[0]

    without, with_event = run(), run(event())
    for end, people in ((0, 1000), (1, 2000)):
        added = with_event[end] - without[end]
        assert added[40:46] == pytest.approx([people] * 6, rel=1e-3)
        assert added[:40].sum() == added[46:].sum() == 0


def test_an_event_elsewhere_adds_nothing():
    ((_, low, high),) = crowding.stream([SITE], MONDAY, 1, [event(site="other")])
    ((_, low0, high0),) = crowding.stream([SITE], MONDAY, 1, [])
    assert np.array_equal(low, low0)
    assert np.array_equal(high, high0)


def test_an_event_without_attendance_brings_the_range_of_its_kind():
    arena = replace(SITE, kind="temporary-venue", yearly_visitors=None, opening="")
    (found,) = [
        p for p in crowding.present([arena], MONDAY, 1, [event(attendance=Attendance())]) if p.half == "pm"
    ]
    assert found.basis == "event"
    assert 0 < found.low < found.high


def test_an_event_known_only_by_its_upper_end_has_no_lower_one_above_it():
    stadium = replace(SITE, kind="stadium", yearly_visitors=0)
    ((_, low, high),) = crowding.stream([stadium], MONDAY, 1, [event(attendance=Attendance(None, 100))])
    assert (low <= high).all()


def test_each_half_day_gives_a_range_with_two_digits():
    found = crowding.present([SITE], MONDAY, 7, ())
    assert len(found) == 14
    for one in found:
        assert one.low < one.high
        assert len(str(one.high).rstrip("0")) <= 2
        assert one.basis == "figure"


@pytest.mark.parametrize(
    ("people", "said"), [(0, 0), (7.4, 7), (99.6, 100), (1234, 1200), (98765, 99000), (226768485, 230000000)]
)
def test_numbers_are_rounded_to_what_is_known(people, said):
    assert crowding.rounded(people) == said


def test_halves_are_two():
    assert crowding.half("am") == (12, 30)
    with pytest.raises(UnknownHalf, match="06:00-15:00"):
        crowding.half("night")


@limits(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(site_kinds.kinds())),
    st.none() | st.integers(0, 10**8),
    st.none() | st.integers(1, 10**5),
    st.sampled_from(["", "24/7", "Mo-Fr 08:00-18:00", "Sa 22:00-04:00; PH off"]),
)
def test_low_never_passes_high_and_nothing_is_negative(kind, visitors, capacity, hours):
    facts = tuple(DayFacts(d % 7, public_holiday=d % 5 == 0, school_share=(d % 3) / 2) for d in range(30))
    low, high = crowding.slots(
        replace(SITE, kind=kind, yearly_visitors=visitors, capacity=capacity, opening=hours), facts
    )
    assert low.shape == high.shape == (30, 48)
    assert (low >= 0).all()
    assert (low <= high * np.float32(1.0001) + np.float32(1e-6)).all()
    assert np.isfinite(high).all()
    if capacity is not None:
        assert high.max() <= capacity
