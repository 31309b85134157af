from datetime import UTC, datetime

import pytest

from tests.warning.messages import SENT
from vigie.times import BadTime
from vigie.warning.cap import BadMessage, refuse_unsayable, time_text, unsayable


def test_utc_is_written_with_minus_zero_and_never_with_z():
    assert time_text(SENT) == "2026-05-24T18:30:00-00:00"


def test_a_zone_gives_its_offset_of_that_day():
    assert time_text(SENT, "Europe/Paris") == "2026-05-24T20:30:00+02:00"
    assert time_text(datetime(2026, 1, 1, tzinfo=UTC), "America/Cayenne") == "2025-12-31T21:00:00-03:00"


def test_a_zone_that_is_at_utc_is_written_with_minus_zero_too():
    assert time_text(datetime(2026, 1, 1, tzinfo=UTC), "Europe/London") == "2026-01-01T00:00:00-00:00"


def test_fractions_of_a_second_are_never_written():
    assert time_text(SENT.replace(microsecond=999999)) == "2026-05-24T18:30:00-00:00"


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(BadTime, match="Mars/Base"):
        time_text(SENT, "Mars/Base")


def test_an_offset_that_cap_cannot_say_is_refused():
    with pytest.raises(BadMessage, match="whole minutes"):
        time_text(datetime(1900, 1, 1, tzinfo=UTC), "Europe/Paris")


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x00", "\x1b", "\x85", "\r", "\ufffe"])
def test_what_hides_or_turns_words_is_named_with_its_place(hidden):
    with pytest.raises(BadMessage, match=r"headline holds .* at character 4"):
        refuse_unsayable("headline", f"abc{hidden}def")


@pytest.mark.parametrize(
    "plain", ["tab\tand\nline", "direction mark \u200f", "مستوى الإنذار", "é à œ « » 🚨", "<b>&amp;</b>"]
)
def test_words_in_any_script_pass(plain):
    assert list(unsayable(plain)) == []
