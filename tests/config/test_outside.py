"""When the server shows its head to those outside."""

import pytest

from vigie.config.outside import is_due


@pytest.mark.parametrize(
    ("grown", "solemn", "since", "due"),
    [
        (True, True, 0.1, True),
        (True, False, 0.1, False),
        (True, False, 5.0, True),
        (False, False, 5.0, False),
        (False, True, 5.0, False),
        (False, False, 60.0, True),
    ],
)
def test_a_solemn_act_goes_out_at_once_another_within_seconds_and_what_failed_every_minute(
    grown, solemn, since, due
):
    assert is_due(grown, solemn, since) is due
