"""Which level stood, where, when, as known when: the day before, that day and the day after."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from vigie import times
from vigie.history.changes import RENEWING, changes, gaps
from vigie.history.levels import LATEST, instant, level_at
from vigie.history.timeline import timeline
from vigie.history.where import BadWhere, ask
from vigie.schemes.reader import UnknownScheme, UnknownZone, all_ids, load


def ask_level(scheme, at, zone=None, known_at=None):
    loaded = load(scheme)
    return level_at(
        scheme, instant(loaded, at), zone=zone, known_at=instant(loaded, known_at) if known_at else LATEST
    )


FRANCE = "fr-vigipirate-2016"


@pytest.mark.parametrize(
    ("at", "code", "since", "until"),
    [
        ("2018-12-10", "SRRA", "2016-12-01", "2018-12-11"),
        ("2018-12-11", "UA", "2018-12-11", "2018-12-14"),
        ("2018-12-14", "SRRA", "2018-12-14", "2020-10-29"),
        ("2024-03-23", "SRRA", "2024-01-15", "2024-03-24"),
        ("2024-03-24", "UA", "2024-03-24", None),
        ("2025-12-31", "UA", "2024-03-24", None),
    ],
)
def test_the_french_level_is_told_on_each_day(at, code, since, until):
    answer = ask_level(FRANCE, at)
    assert (answer.code, answer.since, answer.until, answer.held) == (code, since, until, True)


def test_past_its_last_confirmation_a_level_is_never_said_to_hold():
    answer = ask_level(FRANCE, "2026-03-01")
    assert not answer.held
    assert answer.standing == "last confirmed 2026-01-05, not known since"
    assert "in force" not in answer.standing


def test_as_known_then_only_what_was_public_then_answers():
    after = ask_level("gb-national-2019", "2021-02-05")
    then = ask_level("gb-national-2019", "2021-02-05", known_at="2021-02-06")
    told = ask_level("gb-national-2019", "2021-02-05", known_at="2021-02-08")
    assert (after.code, then.code, told.code) == ("SUBSTANTIAL", "SEVERE", "SUBSTANTIAL")


def test_an_unsure_row_answers_nothing():
    assert ask_level(FRANCE, "2018-03-23", "FR-11").code == "SRRA"


def test_brussels_stood_at_four_over_a_country_at_three():
    assert ask_level("be-ocam", "2023-10-16").code == "3"
    brussels = ask_level("be-ocam", "2023-10-16", "BE-BRU")
    assert brussels.code == "4"
    assert "highest-covering" in brussels.why
    assert "not 3 for BE" in brussels.why


def test_a_part_that_returned_to_its_surroundings_falls_with_them():
    assert ask_level("be-ocam", "2018-01-21", "BE-BRU").code == "3"
    assert ask_level("be-ocam", "2018-01-22", "BE-BRU").code == "2"


def test_a_province_stood_at_five_until_the_stated_hour_and_its_neighbour_did_not():
    assert ask_level("nl-dtn", "2019-03-18T12:00", "NL-UT").code == "5"
    assert ask_level("nl-dtn", "2019-03-18T18:00", "NL-UT").code == "4"
    assert ask_level("nl-dtn", "2019-03-18T12:00", "NL-NH").code == "4"


def test_scarlet_held_in_the_departments_of_midi_pyrenees_only():
    assert ask_level("fr-vigipirate-2003", "2012-03-20", "FR-31").code == "ECARLATE"
    assert ask_level("fr-vigipirate-2003", "2012-03-20", "FR-11").code == "ECARLATE"
    assert ask_level("fr-vigipirate-2003", "2012-03-20", "FR-75").code == "ROUGE"
    assert ask_level("fr-vigipirate-2003", "2012-03-24", "FR-31").code == "ROUGE"


def test_sectors_and_subjects_have_levels_of_their_own():
    flights = "US;sector=aviation;subject=flights from the United Kingdom"
    assert ask_level("us-hsas", "2006-08-12", flights).code == "RED"
    assert ask_level("us-hsas", "2006-08-13", flights).code == "ORANGE"
    assert ask_level("us-hsas", "2006-08-12", "US;sector=aviation").code == "ORANGE"
    assert ask_level("us-hsas", "2006-08-12").code == "YELLOW"


def test_a_notice_runs_out_on_its_date_and_leaves_no_level():
    assert ask_level("us-ntas", "2020-01-18").code == "BULLETIN"
    assert ask_level("us-ntas", "2020-01-19").code == "NONE"


def test_an_extension_moves_the_end_of_the_same_notice():
    answer = ask_level("us-ntas", "2021-05-10")
    assert (answer.code, answer.since, answer.until) == ("BULLETIN", "2021-01-27", "2021-05-15")


def test_in_a_gap_the_last_confirmed_level_is_given_as_not_known():
    answer = ask_level("fr-vigipirate-2003", "2004-06-01")
    assert (answer.code, answer.held, answer.known_until) == ("JAUNE", False, "2003-05-02")
    assert "not dated" in answer.why


def test_a_rise_to_the_level_that_stood_shows_that_a_fall_went_unrecorded():
    answer = ask_level("gb-nirt-gb", "2014-01-01")
    assert not answer.held
    assert "had fallen" in answer.why


def test_a_vague_date_is_said_to_be_vague():
    answer = ask_level("fr-vigipirate-2014", "2015-06-01")
    assert (answer.since, answer.code) == ("2015-01", "VIGR")
    assert "the day in 2015-01 is not sourced" in answer.why


@pytest.mark.parametrize(
    ("scheme", "at", "why"),
    [
        (FRANCE, "2016-11-30", "Nothing is known before 2016-12-01"),
        ("fr-vigipirate-2014", "2016-12-01", "The scheme ended on 2016-12-01"),
        ("gb-nirt-gb", "2019-07-23", "The scheme ended on 2019-07-23"),
        ("de-none", "2024-01-01", "no level, by policy"),
        ("lu-vigilnat", "2024-01-01", "No change of this scheme is on record"),
    ],
)
def test_where_there_is_no_level_the_reason_is_given(scheme, at, why):
    answer = ask_level(scheme, at)
    assert (answer.code, answer.held) == (None, False)
    assert why in answer.why
    assert answer.as_dict()["name"] is None


def test_a_home_may_ask_about_a_part_of_a_country_with_one_level():
    assert ask_level("gb-national-2019", "2022-01-01", "GB-LND").code == "SEVERE"


@pytest.mark.parametrize("zone", ["DE", "FR-ZZ", "XX", "FR-"])
def test_a_zone_outside_the_scheme_is_refused(zone):
    with pytest.raises(UnknownZone, match="zone not in the scheme"):
        ask_level(FRANCE, "2024-01-01", zone)


def test_a_place_that_cannot_be_read_is_refused():
    with pytest.raises(BadWhere, match="sector="):
        ask_level("us-hsas", "2006-01-01", "US;planes")


def test_an_unknown_scheme_is_refused():
    with pytest.raises(UnknownScheme):
        level_at("nowhere", times.parse("2024-01-01"))


def test_a_day_means_its_end_in_the_countrys_own_clock():
    assert times.text(instant(load(FRANCE), "2024-03-24")) == "2024-03-24T22:59:59Z"
    assert times.text(instant(load("au-nttas"), "2024-08-05")) == "2024-08-05T13:59:59Z"
    assert times.text(instant(load(FRANCE), "2024-03-24T20:30")) == "2024-03-24T19:30:00Z"


SOURCED = [
    (change, zone)
    for scheme in all_ids()
    for change in changes(scheme)
    for zone in change.zones
    if change.move != "retired"
]


def place_of(change, zone):
    keys = [f"{k}={getattr(change, k)}" for k in ("sector", "subject", "area") if getattr(change, k)]
    return ";".join([zone, *keys])


def others_on(day, change, zone):
    """List the other changes of the place that may be of that day; a stated end takes effect like a change."""
    return [
        other
        for other in changes(change.scheme)
        if zone in other.zones and other != change and other.date.first <= day <= other.date.last
    ]


@pytest.mark.parametrize(("change", "zone"), SOURCED, ids=[f"{change.id}:{zone}" for change, zone in SOURCED])
def test_each_sourced_change_is_answered_right_the_day_before_that_day_and_the_day_after(change, zone):
    where = place_of(change, zone)
    first, last = change.date.first, change.date.last
    before = ask_level(change.scheme, (first - timedelta(days=1)).isoformat(), where)
    if change.move in {"raised", "lowered"}:
        others = others_on(first, change, zone)
        assert before.code != change.code or not before.held or others
    if change.move in RENEWING and change.date.exact:
        assert before.code == change.code
    # Of a date vaguer than a day, its first and its last day are asked.
    for day in (first, last):
        answer = ask_level(change.scheme, day.isoformat(), where)
        assert answer.held
        if not others_on(day, change, zone):
            assert answer.code == change.code
    day = last + timedelta(days=1)
    after = ask_level(change.scheme, day.isoformat(), where)
    ended = change.until and change.until[:10] <= last.isoformat()
    if others_on(day, change, zone) or others_on(last, change, zone) or ended:
        assert after.held
    else:
        assert after.code == change.code
        assert after.held or after.known_until == change.date.text


def test_between_two_gaps_a_sourced_notice_is_told():
    told = [ask_level("us-ntas", day) for day in ("2018-04-30", "2018-05-15", "2018-06-01")]
    assert [answer.held for answer in told] == [False, True, False]
    assert told[2].known_until == "2018-05"


@settings(max_examples=60)
@given(
    st.sampled_from(all_ids()),
    st.dates(times.parse_day("1990-01-01"), times.parse_day("2026-12-31")),
    st.data(),
)
def test_spans_never_overlap_and_leave_no_hole(scheme_id, known, data):
    scheme = load(scheme_id)
    zones = sorted({zone for change in changes(scheme_id) for zone in change.zones})
    if not zones:
        return
    where = ask(scheme, data.draw(st.sampled_from(zones)))
    spans = timeline(scheme, changes(scheme_id), gaps(scheme_id), where, instant(scheme, known.isoformat()))
    for one, after in itertools.pairwise(spans):
        assert one.start < one.end == after.start
    assert all(span.end is not None for span in spans[:-1])


@settings(max_examples=60)
@given(
    st.sampled_from([each for each in all_ids() if changes(each)]),
    st.dates(times.parse_day("1990-01-01"), times.parse_day("2026-12-31")),
    st.dates(times.parse_day("1990-01-01"), times.parse_day("2026-12-31")),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_never_changes_an_answer(scheme_id, at, known, random):
    scheme = load(scheme_id)
    rows = list(changes(scheme_id))
    when, upto = instant(scheme, at.isoformat()), instant(scheme, known.isoformat())
    first = level_at(scheme_id, when, known_at=upto, changes=rows)
    # Rows of one day keep their order: it is the order of that day.
    days = sorted({row.date for row in rows}, key=lambda _: random.random())
    mixed = [row for day in days for row in rows if row.date == day]
    assert level_at(scheme_id, when, known_at=upto, changes=mixed) == first
