"""How long a session lasts."""

from datetime import timedelta

import pytest

from vigie.accounts.signing_in.limits import notes_each, over

HOUR = 3600.0


@pytest.mark.parametrize(
    ("seen", "now", "said"),
    [
        (0, 59 * 60, ""),
        (0, HOUR, "idle"),
        (HOUR * 9, HOUR * 9 + 60, ""),
        (HOUR * 9.9, HOUR * 10, "longest"),
        (0, HOUR * 11, "longest"),
    ],
)
def test_a_session_ends_unused_or_after_its_longest_time(seen, now, said):
    assert over(begun=0, seen=seen, now=now, idle=timedelta(hours=1), longest=timedelta(hours=10)) == said


def test_use_is_noted_often_enough_for_the_limit_and_no_more_than_each_minute():
    assert notes_each(timedelta(hours=1)) == 60
    assert notes_each(timedelta(minutes=1)) == 15
