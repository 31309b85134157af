import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vigie.errors import BadInput
from vigie.ui import dates

AT = datetime(2015, 6, 26, 18, 30, tzinfo=UTC)


def test_an_instant_is_said_in_the_zone_and_in_the_language():
    assert dates.instant(AT, "Europe/Paris", "en") == "Fri 26 Jun 2015, 20:30"
    assert dates.instant(AT, "America/Cayenne", "fr") == "ven. 26 juin 2015, 15:30"


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.sampled_from(["en", "fr", "de", "es", "nl"]))
def test_no_day_is_ever_said_in_digits_alone(on, language):
    assert re.search(r"[^\W\d_]{3}", dates.day(on, language))


def test_the_zone_is_named_by_its_letters_or_by_its_distance_from_utc():
    assert dates.zone_name(AT, "Europe/Paris") == "CEST"
    assert dates.zone_name(AT.replace(month=1), "Europe/Paris") == "CET"
    assert dates.zone_name(AT, "America/Cayenne") == "UTC-3"
    assert dates.zone_name(AT, "Asia/Kathmandu") == "UTC+5:45"


def test_a_language_without_words_is_said_in_english():
    assert dates.day(AT.date(), "xx-invented") == "Fri 26 Jun 2015"


def test_an_unknown_zone_is_refused():
    with pytest.raises(BadInput, match="'Mars/Base' is not a time zone"):
        dates.instant(AT, "Mars/Base", "en")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=1, hours=23), "1 day"),
        (timedelta(days=72, hours=5), "72 days"),
        (timedelta(days=1500), "1500 days"),
        (-timedelta(days=3), "3 days"),
    ],
)
def test_a_length_is_said_in_whole_units_and_days_stay_days(length, said):
    assert dates.lasting(length, "en") == said
