import pytest
from hypothesis import given, strategies as st

from vigie.exposure.opening import BadOpening, parse


def open_hours(text, weekday, *, holiday=False):
    return sum(parse(text).open_slots(weekday, holiday=holiday)) / 2


@pytest.mark.parametrize(
    ("text", "weekday", "hours"),
    [
        ("Mo-Fr 08:00-18:00", 0, 10),
        ("Mo-Fr 08:00-18:00", 5, 0),
        ("lu-ve 8h-18h; sa 9h30-12h30", 5, 3),
        ("08:00-12:00,14:00-18:00", 3, 8),
        ("24/7", 6, 24),
        ("Sa-Mo 10:00-12:00", 0, 2),
        ("Mo,We 10:00-12:00", 2, 2),
        ("Mo-Su 20:00-02:00", 1, 6),
        ("Mo-Su 20:00-26:00", 1, 6),
        ("Sa 22:00-04:00", 6, 4),
        ("Sa 22:00-04:00", 0, 0),
    ],
)
def test_hours_are_read(text, weekday, hours):
    assert open_hours(text, weekday) == hours


def test_public_holidays_have_their_own_hours():
    assert open_hours("Mo-Su 08:00-18:00; PH off", 0, holiday=True) == 0
    assert open_hours("Mo-Su 08:00-18:00; JF fermé", 0, holiday=True) == 0
    assert open_hours("Mo-Su 08:00-18:00; PH 10:00-12:00", 0, holiday=True) == 2
    assert open_hours("Mo-Su 08:00-18:00", 0, holiday=True) == 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "Mo-Fr",
        "Mo-Fr 8-",
        "Xx 08:00-10:00",
        "Mo 25:00-26:00",
        "Mo 08:00-60:00",
        "Mo off",
        ";;",
        "Mo-Fr 08:00–18:00 maybe",
    ],
)
def test_what_says_no_hours_is_refused(text):
    with pytest.raises(BadOpening, match="does not say opening hours"):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_gives_hours_or_one_sentence(text):
    try:
        read = parse(text)
    except BadOpening:
        return
    assert any(any(read.open_slots(day)) for day in range(7))
