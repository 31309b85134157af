"""By when a request is answered."""

from datetime import date

import pytest

from vigie.erasure.calendar import due_on


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2024, 3, 22), date(2024, 4, 22)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2024, 12, 15), date(2025, 1, 15)),
        (date(2024, 11, 30), date(2024, 12, 30)),
        (date(2024, 5, 31), date(2024, 6, 30)),
    ],
)
def test_an_answer_is_due_a_month_later_or_on_the_last_day_of_a_shorter_month(received, due):
    assert due_on(received) == due
