from datetime import date

import pytest

from vigie.exposure import events, phrases
from vigie.exposure.ahead import MAX_DAYS, TooFar, ahead
from vigie.exposure.areas import UnknownArea
from vigie.exposure.dated import Attendance, Dated, OutOfCalendar

START = date(2024, 3, 25)


@pytest.fixture(scope="module")
def spring():
    return ahead(START, 150, "FR", as_known=START, events=events.shipped_register())


def test_the_way_to_the_games_is_seen_as_known_then(spring):
    seen = {entry.id for entry in spring.entries}
    assert {
        "easter-2024",
        "ramadan-2024",
        "eid-al-fitr-2024",
        "pesach-2024",
        "olympic-games-2024",
        "olympic-opening-2024",
    } <= seen
    assert {e.zone for e in spring.entries if e.kind == "school"} == {"A", "B", "C", "ABC"}


def test_every_days_weight_is_the_sum_of_the_terms_shown(spring):
    assert len(spring.days) == 150
    for day in spring.days:
        assert day.weight == sum(term.points for term in day.terms)
        assert 0 <= day.heat <= 4
        assert (day.heat == 0) == (not day.terms)


def test_heat_never_falls_when_weight_grows(spring):
    ranked = sorted(spring.days, key=lambda d: d.weight)
    assert [d.heat for d in ranked] == sorted(d.heat for d in ranked)


def test_five_drivers_are_said_in_words(spring):
    drivers = spring.drivers()
    assert len(drivers) == 5
    assert [d.entry.id for d in drivers] == [
        "olympic-opening-2024",
        "olympic-flame-lands-2024",
        "olympic-games-2024",
        "easter-2024",
        "eid-al-fitr-2024",
    ]
    assert drivers[2].words("en").startswith("Olympic Games: Friday 26 July 2024 to Sunday 11 August 2024")
    assert "Eid al-Fitr: Wednesday 10 April 2024; from sunset the evening before; may move by ±1 day." in [
        d.words() for d in spring.drivers(20)
    ]
    assert drivers[2].words("fr").startswith("Jeux olympiques : du vendredi 26 juillet 2024")


def test_a_public_holiday_that_is_a_feast_too_counts_once(spring):
    (day,) = [d for d in spring.days if d.day == date(2024, 5, 9)]
    assert [t.entry.kind for t in day.terms if "Ascension" in t.entry.name("en")] == [
        "public-holiday",
        "school",
    ]


def test_a_neighbour_counts_once_however_many_of_its_regions_are_off(spring):
    (day,) = [d for d in spring.days if d.day == date(2024, 3, 28)]
    off = sorted(t.entry.areas[0] for t in day.terms if t.entry.kind == "neighbour-school")
    assert [area[:2] for area in off] == ["ES", "IT"]
    assert off[1] == "IT"  # the country, not one of its regions


def test_a_local_holiday_weighs_less_than_a_national_one(spring):
    def points(day, area="FR"):
        seen = ahead(day, 1, area)
        return max(t.points for t in seen.days[0].terms if t.entry.kind == "public-holiday")

    assert points(date(2024, 3, 29)) < points(date(2024, 4, 1))
    assert points(date(2024, 3, 29), "FR-67") == points(date(2024, 4, 1))


def test_a_day_only_an_eve_reaches_counts_half_and_says_so(spring):
    by_day = {d.day: {t.entry.id: t for t in d.terms} for d in spring.days}
    eve, day = by_day[date(2024, 4, 22)]["pesach-2024"], by_day[date(2024, 4, 23)]["pesach-2024"]
    assert eve.points == day.points / 2
    assert eve.doubtful
    assert not day.doubtful


def test_more_people_never_weigh_less():
    def weight(high):
        event = Dated(
            "e", "event", START, START, {"en": "E"}, areas=("FR",), attendance=Attendance(None, high)
        )
        return ahead(START, 1, "FR", events=(event,)).days[0].weight

    weights = [weight(n) for n in (None, 500, 5_000, 50_000, 500_000)]
    assert weights == sorted(weights)
    assert weights[0] < weights[-1]


def test_peaks_come_by_date_and_hold_the_heaviest_day(spring):
    peaks = spring.peaks(3)
    assert [p.day for p in peaks] == sorted(p.day for p in peaks)
    assert max(spring.days, key=lambda d: d.weight).weight in {p.weight for p in peaks}


@pytest.mark.parametrize(("days", "refusal"), [(0, TooFar), (-3, TooFar), (MAX_DAYS + 1, TooFar)])
def test_a_span_that_cannot_be_is_refused(days, refusal):
    with pytest.raises(refusal):
        ahead(START, days, "FR")


def test_an_unknown_area_or_century_is_refused():
    with pytest.raises(UnknownArea):
        ahead(START, 5, "Atlantis")
    with pytest.raises(OutOfCalendar):
        ahead(date(2074, 1, 1), 3000, "FR")
    with pytest.raises(OutOfCalendar):
        ahead(date.max, 5, "FR")


@pytest.mark.parametrize(
    ("attendance", "said"),
    [
        (Attendance(), ""),
        (Attendance(1000, 2000), "1,000 to 2,000 people expected"),
        (Attendance(None, 600000), "at most 600,000 people expected"),
        (Attendance(50, None), "at least 50 people expected"),
    ],
)
def test_attendance_is_said_as_the_range_it_is(attendance, said):
    assert phrases.people(attendance) == said


def test_days_are_never_all_digits():
    assert phrases.day(date(2024, 4, 1), "fr") == "lundi 1er avril 2024"
    assert phrases.day(date(2024, 4, 1), "en") == "Monday 1 April 2024"
