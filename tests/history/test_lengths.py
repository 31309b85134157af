"""How long, when dates are vague or an end is not known."""

from hypothesis import given, strategies as st

from vigie.history.changes import changes, gaps
from vigie.history.durations import as_dict, durations
from vigie.history.lengths import Length
from vigie.history.levels import LATEST
from vigie.history.timeline import timeline
from vigie.history.where import ask
from vigie.schemes.dates import read
from vigie.schemes.reader import all_ids, load


def of(scheme_id):
    scheme = load(scheme_id)
    return durations(scheme, timeline(scheme, changes(scheme_id), gaps(scheme_id), ask(scheme, None), LATEST))


def test_two_days_give_a_number_and_a_month_gives_bounds():
    assert str(Length.between(read("2018-12-11"), read("2018-12-14"), read("2018-12-14"))) == "3 days"
    assert str(Length.between(read("2018-12-11"), read("2018-12-12"), read("2018-12-12"))) == "1 day"
    assert str(Length.between(read("2016-07"), read("2016-12-01"), read("2016-12-01"))) == "123 to 153 days"


def test_an_end_that_is_not_known_gives_a_floor_only():
    length = Length.between(read("2024-03-24"), None, read("2026-01-05"))
    assert (length.least, length.most, str(length)) == (652, None, "at least 652 days")


@given(st.dates(), st.dates(), st.integers(4, 10), st.integers(4, 10))
def test_vaguer_dates_only_widen_the_bounds(first, second, cut_first, cut_second):
    since, until = sorted([first, second])
    exact = Length.between(read(since.isoformat()), read(until.isoformat()), read(until.isoformat()))
    parts = {4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7, 10: 10}
    vague = Length.between(
        read(since.isoformat()[: parts[cut_first]]),
        read(until.isoformat()[: parts[cut_second]]),
        read(until.isoformat()),
    )
    assert vague.least <= exact.least == (until - since).days <= vague.most


def test_france_held_its_maximum_three_one_hundred_and_twenty_seven_and_ninety_four_days():
    found = of("fr-vigipirate-2016")
    assert [str(stay.length) for stay in found.step_downs] == ["3 days", "127 days", "94 days"]
    assert str(found.longest["UA"].length) == "at least 652 days"
    assert found.unknown == 1


def test_britain_held_critical_only_days_at_a_time():
    critical = [stay.length.most for stay in of("gb-it-2006").step_downs if stay.code == "CRITICAL"]
    assert critical == [4, 4, 4, 2]


def test_days_add_up_to_the_time_on_record_where_nothing_is_unknown():
    found = of("us-hsas")
    assert found.unknown == 0
    total = sum(length.least for length in found.days.values())
    assert total == (read("2011-04-27").first - read("2002-03-12").first).days


def test_every_scheme_can_be_added_up():
    for each in all_ids():
        body = as_dict(of(each))
        assert set(body["days"]) == set(body["longest"])
