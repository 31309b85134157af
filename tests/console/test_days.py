from datetime import date, timedelta

from vigie.console.days import told_once
from vigie.exposure.ahead import Day, Term
from vigie.exposure.dated import Dated

START = date(2015, 6, 26)


def term(name: str, points: float = 1) -> Term:
    return Term(Dated(name, "feast", START, START + timedelta(days=9), {"en": name}), points, doubtful=False)


def names(strip) -> list[list[str]]:
    return [[term.entry.id for term in terms] for _, terms in strip]


def test_what_goes_on_is_told_on_its_first_day_alone():
    long = term("long")
    days = [Day(START, (long,)), Day(START + timedelta(days=1), (long, term("short")))]
    assert names(told_once(days)) == [["long"], ["short"]]


def test_what_found_no_room_on_its_first_day_is_told_on_the_next():
    terms = (term("a", 3), term("b", 2), term("c", 1))
    assert names(told_once([Day(START, terms), Day(START, terms)])) == [["a", "b"], ["c"]]


def test_every_day_stays_in_the_strip_with_its_weight():
    days = [Day(START, ()), Day(START + timedelta(days=1), (term("a", 5),))]
    assert [day.heat for day, _ in told_once(days)] == [0, 3]
