"""When an office that gave no word is written to again, and who above it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, strategies as st

from vigie.waves import DEPUTIES, STALE, SUPERIORS, Left, Pace, UrgentPace, Waves, due, longest, soonest

T = datetime(2024, 3, 22, 12, 0, tzinfo=UTC)
PACE = Pace(deputies_after=15, superiors_after=45, remind_every=20, reminders=2)
PARIS = ZoneInfo("Europe/Paris")

minutes = st.integers(0, 200)
paces = st.builds(
    Pace, deputies_after=minutes, superiors_after=minutes, remind_every=st.integers(15, 200), reminders=st.integers(0, 4)
)  # fmt: skip
tries = st.lists(
    st.builds(
        Left,
        wave=st.sampled_from([1, DEPUTIES, SUPERIORS]),
        at=st.integers(0, 500).map(lambda m: T + timedelta(minutes=m)),
        delivered=st.booleans(),
        reachable=st.booleans(),
    ),
    min_size=1,
    max_size=8,
).map(lambda left: sorted(left, key=lambda each: each.at))


def at(minute):
    return T + timedelta(minutes=minute)


def first(*, delivered=True, reachable=True):
    return Left(1, T, delivered=delivered, reachable=reachable)


def test_nothing_is_due_before_its_minutes():
    assert due(PACE, [first()], at(14)) == ()


def test_deputies_then_superiors_at_their_minutes():
    assert due(PACE, [first()], at(15)) == (DEPUTIES,)
    assert due(PACE, [first(), Left(DEPUTIES, at(15), delivered=True)], at(19)) == ()
    told = [first(), Left(DEPUTIES, at(15), delivered=True), Left(1, at(40), delivered=True)]
    assert SUPERIORS in due(PACE, told, at(45))


def test_the_office_itself_is_reminded_a_number_of_times():
    assert 1 in due(PACE, [first()], at(20))
    reminded = [first(), Left(1, at(20), delivered=True)]
    assert 1 not in due(PACE, reminded, at(39))
    assert 1 in due(PACE, reminded, at(40))
    assert 1 not in due(PACE, [*reminded, Left(1, at(40), delivered=True)], at(60))


def test_where_nobody_was_reached_the_next_is_written_to_at_once():
    failed = first(delivered=False)
    assert due(PACE, [failed], T) == (DEPUTIES,)
    assert due(PACE, [failed, Left(DEPUTIES, at(1), delivered=False)], at(1)) == (SUPERIORS,)
    assert due(PACE, [failed, Left(DEPUTIES, at(1), delivered=True)], at(2)) == ()


def test_who_has_no_address_is_not_tried_again():
    assert 1 not in due(PACE, [first(delivered=False, reachable=False)], at(20))


def test_a_home_that_slept_wakes_nobody_for_what_is_over():
    assert due(PACE, [first()], T + STALE + timedelta(hours=1)) == ()


def test_nought_minutes_mean_never():
    never = Pace(deputies_after=0, superiors_after=0, remind_every=15, reminders=0)
    assert due(never, [first()], at(60)) == ()
    assert soonest(never) is None


@given(paces, tries, st.integers(0, 5000))
def test_no_wave_leaves_twice_and_no_reminder_beyond_the_most(pace, left, minute):
    now = max(left[-1].at, at(minute))
    for wave in due(pace, left, now):
        own = [each for each in left if each.wave == wave]
        assert len(own) <= pace.reminders
        assert all(each.at <= now - timedelta(minutes=pace.remind_every) for each in own)


@given(paces, st.integers(0, 20_000))
def test_insisting_ends_whatever_the_pace_and_what_is_due_was_looked_for(pace, step):
    """From the first message on, look at every step until nothing can come any more."""
    left, now = [first()], T
    step = timedelta(minutes=max(1, step % 500))
    while now < left[-1].at + longest(pace) + step:
        found = due(pace, left, now)
        if found:
            least = soonest(pace)
            assert least is not None
            assert now >= left[-1].at + least or len({each.at for each in left}) > 1 or now >= T + least
        left += [Left(wave, now, delivered=True) for wave in found]
        now += step
    assert len(left) <= 3 * (pace.reminders + 1)
    assert due(pace, left, now + STALE) == ()


@pytest.mark.parametrize(
    ("quiet", "here", "until"),
    [
        ("21:00-07:00", "2024-03-22T22:30", "2024-03-23T07:00"),
        ("21:00-07:00", "2024-03-23T06:59", "2024-03-23T07:00"),
        ("21:00-07:00", "2024-03-23T07:00", None),
        ("21:00-07:00", "2024-03-22T20:59", None),
        ("12:00-14:00", "2024-03-22T13:00", "2024-03-22T14:00"),
        ("", "2024-03-22T03:00", None),
    ],
)
def test_quiet_hours_are_those_of_the_home(quiet, here, until):
    now = datetime.fromisoformat(here).replace(tzinfo=PARIS).astimezone(UTC)
    ends = Waves(quiet=quiet).quiet_until(now, PARIS)
    assert (ends.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") if ends else None) == until


def test_urgent_is_what_is_to_be_answered_within_hours():
    waves = Waves(urgent_hours=6)
    assert waves.is_urgent(T, T + timedelta(hours=6))
    assert not waves.is_urgent(T, T + timedelta(hours=7))
    assert waves.pace(urgent=True) == UrgentPace()


@pytest.mark.parametrize(
    "given_",
    [
        {"quiet": "9-17"},
        {"quiet": "25:00-07:00"},
        {"urgent_hours": -1},
        {"urgent": {"reminders": 99}},
        {"loud": 1},
    ],
)
def test_settings_that_cannot_be_are_refused(given_):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(given_, Waves)
