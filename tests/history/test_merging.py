"""The shipped history and a home's own levels told as one."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as st

from vigie import times
from vigie.history.changes import changes
from vigie.history.counts import chosen, counts
from vigie.history.levels import level_at
from vigie.history.merging import Own, merge

FRANCE = "fr-vigipirate-2016"
SUNDAY = times.parse("2024-03-24T20:30", "Europe/Paris")
OURS = Own(
    "decision-7",
    FRANCE,
    "UA",
    "FR",
    SUNDAY,
    None,
    SUNDAY,
    "Reasons of the decision.",
    "Prime Minister",
    "/levels/decision-7/",
)


def count(rows, at):
    return chosen(counts(FRANCE, "UA", at, changes=rows), "national", merge_renewals=True)


def test_the_change_that_both_tell_of_is_told_once_and_by_the_home():
    now = SUNDAY + timedelta(days=1)
    rows = merge(FRANCE, changes(FRANCE), [OURS], now)
    on_the_day = [row for row in rows if row.date.text == "2024-03-24"]
    assert [(row.id, row.origin, row.move) for row in on_the_day] == [("decision-7", "home", "raised")]
    assert count(rows, now).number == 4
    assert count(rows, now).times[-1].change.origin == "home"


def test_a_home_does_not_learn_of_tonights_decision_from_the_shipped_rows():
    before = SUNDAY - timedelta(minutes=1)
    rows = merge(FRANCE, changes(FRANCE), [], before)
    assert count(rows, before).number == 3
    assert level_at(FRANCE, before, known_at=before, changes=rows).code == "SRRA"


def test_without_a_level_of_its_own_a_home_learns_of_it_the_day_after():
    later = SUNDAY + timedelta(days=1)
    assert count(merge(FRANCE, changes(FRANCE), [], later), later).number == 4


def test_a_page_that_dates_it_by_the_next_day_is_still_the_same_change():
    late = replace(OURS, effective=SUNDAY + timedelta(hours=5))
    rows = merge(FRANCE, changes(FRANCE), [late], SUNDAY + timedelta(days=3))
    assert count(rows, SUNDAY + timedelta(days=3)).number == 4


def test_a_level_of_another_zone_or_code_stands_beside_the_shipped_one():
    other = replace(OURS, id="decision-8", zone="FR-75")
    rows = merge(FRANCE, changes(FRANCE), [other], SUNDAY + timedelta(days=1))
    assert {row.id for row in rows if row.date.text == "2024-03-24"} >= {"decision-8"}
    assert len([row for row in rows if row.date.text == "2024-03-24"]) == 2


def test_receiving_the_level_that_stands_confirms_it_and_counts_no_new_time():
    again = replace(
        OURS, id="reception-9", effective=SUNDAY + timedelta(days=10), told=SUNDAY + timedelta(days=10)
    )
    now = SUNDAY + timedelta(days=11)
    rows = merge(FRANCE, changes(FRANCE), [OURS, again], now)
    assert [row.move for row in rows if row.origin == "home"] == ["raised", "maintained"]
    assert count(rows, now).number == 4
    answer = level_at(FRANCE, now, known_at=now, changes=rows)
    assert (answer.since, answer.known_until) == ("2024-03-24", "2024-04-04")


def test_a_level_on_the_homes_own_record_stands_until_it_is_changed():
    now = SUNDAY + timedelta(days=40)
    rows = merge(FRANCE, changes(FRANCE), [OURS], now)
    answer = level_at(FRANCE, now, known_at=now, changes=rows)
    assert (answer.code, answer.held, answer.known_until) == ("UA", True, "2024-05-03")
    assert str(count(rows, now).times[-1].length) == "at least 40 days"
    tomorrow = level_at(FRANCE, now + timedelta(days=1), known_at=now, changes=rows)
    assert not tomorrow.held


def test_a_stand_down_of_ones_own_ends_the_time_with_its_length():
    down = replace(
        OURS,
        id="decision-9",
        code="SRRA",
        effective=SUNDAY + timedelta(days=20),
        told=SUNDAY + timedelta(days=20),
    )
    now = SUNDAY + timedelta(days=30)
    rows = merge(FRANCE, changes(FRANCE), [OURS, down], now)
    assert [row.move for row in rows if row.origin == "home"] == ["raised", "lowered"]
    last = count(rows, now).times[-1]
    assert (last.until, str(last.length)) == ("2024-04-13", "20 days")


def test_a_level_with_an_hour_ends_at_it():
    until = replace(OURS, scheme="nl-dtn", code="5", zone="NL-UT", until=SUNDAY + timedelta(hours=3))
    rows = merge("nl-dtn", changes("nl-dtn"), [until], SUNDAY + timedelta(days=1))
    assert level_at("nl-dtn", SUNDAY + timedelta(hours=1), zone="NL-UT", changes=rows).code == "5"
    assert level_at("nl-dtn", SUNDAY + timedelta(hours=4), zone="NL-UT", changes=rows).code == "4"


def test_levels_of_other_schemes_are_left_alone():
    assert merge("be-ocam", changes("be-ocam"), [OURS], SUNDAY) == merge(
        "be-ocam", changes("be-ocam"), [], SUNDAY
    )


@given(st.permutations(range(4)))
def test_the_order_in_which_levels_are_given_never_matters(order):
    own = [
        replace(
            OURS,
            id=f"decision-{n}",
            code="UA" if n % 2 else "SRRA",
            effective=SUNDAY + timedelta(days=5 * n),
            told=SUNDAY + timedelta(days=5 * n),
        )
        for n in range(4)
    ]
    now = SUNDAY + timedelta(days=60)
    assert merge(FRANCE, changes(FRANCE), [own[n] for n in order], now) == merge(
        FRANCE, changes(FRANCE), own, now
    )
