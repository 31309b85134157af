from datetime import date, timedelta

import pytest
from hypothesis import given, settings as limits, strategies as st

from vigie.exposure import calendar, events, feasts, phrases, schools, shipped
from vigie.exposure.dated import OutOfCalendar

D = date.fromisoformat

# Our own table of 2024, written down from public pages and almanacs: first day, last day, begins on the eve.
FEASTS_2024 = {
    "palm-sunday": ("2024-03-24", "2024-03-24", False),
    "maundy-thursday": ("2024-03-28", "2024-03-28", False),
    "good-friday": ("2024-03-29", "2024-03-29", False),
    "easter": ("2024-03-31", "2024-03-31", False),
    "ascension": ("2024-05-09", "2024-05-09", False),
    "pentecost": ("2024-05-19", "2024-05-19", False),
    "assumption": ("2024-08-15", "2024-08-15", False),
    "orthodox-good-friday": ("2024-05-03", "2024-05-03", False),
    "orthodox-easter": ("2024-05-05", "2024-05-05", False),
    "ramadan": ("2024-03-11", "2024-04-09", True),
    "laylat-al-qadr": ("2024-04-05", "2024-04-05", False),
    "eid-al-fitr": ("2024-04-10", "2024-04-10", True),
    "eid-al-adha": ("2024-06-16", "2024-06-16", True),
    "islamic-new-year": ("2024-07-07", "2024-07-07", True),
    "ashura": ("2024-07-16", "2024-07-16", True),
    "mawlid": ("2024-09-15", "2024-09-15", True),
    "purim": ("2024-03-24", "2024-03-24", True),
    "pesach": ("2024-04-23", "2024-04-30", True),
    "yom-hashoah": ("2024-05-06", "2024-05-06", True),
    "yom-haatzmaut": ("2024-05-14", "2024-05-14", True),
    "lag-baomer": ("2024-05-26", "2024-05-26", True),
    "shavuot": ("2024-06-12", "2024-06-13", True),
    "tisha-bav": ("2024-08-13", "2024-08-13", True),
    "rosh-hashanah": ("2024-10-03", "2024-10-04", True),
    "yom-kippur": ("2024-10-12", "2024-10-12", True),
}
HOLIDAYS_2024 = {
    "2024-01-01", "2024-04-01", "2024-05-01", "2024-05-08", "2024-05-09", "2024-05-20",
    "2024-07-14", "2024-08-15", "2024-11-01", "2024-11-11", "2024-12-25",
}  # fmt: skip
SCHOOL_2024 = {
    ("C", "2024-02-10", "2024-02-25"), ("A", "2024-02-17", "2024-03-03"), ("B", "2024-02-24", "2024-03-10"),
    ("C", "2024-04-06", "2024-04-21"), ("A", "2024-04-13", "2024-04-28"), ("B", "2024-04-20", "2024-05-05"),
    ("ABC", "2024-05-09", "2024-05-12"), ("ABC", "2024-07-06", "2024-09-01"), ("ABC", "2024-10-19", "2024-11-03"),
}  # fmt: skip


def of(start, end, *where, **kwargs):
    return calendar.entries(D(start), D(end), where or ("FR",), **kwargs)


def ids(found):
    return {entry.id for entry in found}


@pytest.mark.parametrize("name", FEASTS_2024)
def test_feasts_of_2024_are_exact(name):
    (found,) = [f for f in feasts.of_year(2024) if f.id == f"{name}-2024"]
    assert (found.start.isoformat(), found.end.isoformat(), found.eve) == FEASTS_2024[name]


def test_days_that_wait_for_the_moon_carry_their_doubt_and_the_others_none():
    doubtful = {f.id.removesuffix("-2024") for f in feasts.of_year(2024) if f.uncertainty_days}
    assert doubtful == {
        "ramadan",
        "laylat-al-qadr",
        "eid-al-fitr",
        "eid-al-adha",
        "islamic-new-year",
        "ashura",
        "mawlid",
    }


@pytest.mark.parametrize(
    ("year", "shoah", "atzmaut"),
    # Years in which the rule of moving away from the day of rest did and did not act.
    [
        (2021, "2021-04-08", "2021-04-15"),
        (2022, "2022-04-28", "2022-05-05"),
        (2023, "2023-04-18", "2023-04-26"),
        (2025, "2025-04-24", "2025-05-01"),
    ],
)
def test_modern_days_move_by_their_own_rules(year, shoah, atzmaut):
    by_id = {f.id: f.start.isoformat() for f in feasts.of_year(year)}
    assert (by_id[f"yom-hashoah-{year}"], by_id[f"yom-haatzmaut-{year}"]) == (shoah, atzmaut)


@pytest.mark.parametrize(("year", "day"), [(2022, "2022-08-07"), (2023, "2023-07-27"), (2025, "2025-08-03")])
def test_a_fast_gives_way_to_the_day_of_rest(year, day):
    (found,) = [f for f in feasts.of_year(year) if f.id.startswith("tisha")]
    assert found.start.isoformat() == day


def test_a_feast_of_the_shorter_calendar_may_come_twice_in_a_year():
    assert [f.start.isoformat() for f in feasts.of_year(2030) if f.id == "ramadan-2030"] == [
        "2030-01-05",
        "2030-12-26",
    ]


def test_french_public_holidays_of_2024_are_exact():
    found = {
        e.start.isoformat()
        for e in of("2024-01-01", "2024-12-31")
        if e.kind == "public-holiday" and e.areas == ("FR",)
    }
    assert found == HOLIDAYS_2024


def test_good_friday_is_off_in_alsace_and_moselle_alone():
    def off(area):
        return {
            e.start.isoformat() for e in of("2024-03-29", "2024-03-29", area) if e.kind == "public-holiday"
        }

    assert off("FR-67") == off("FR-68") == off("FR-57") == {"2024-03-29"}
    assert off("FR-75") == off("FR-54") == set()


def test_school_holidays_of_2024_are_exact_with_the_ascension_bridge():
    found = {(e.zone, e.start.isoformat(), e.end.isoformat()) for e in schools.french(2024)}
    assert found >= SCHOOL_2024
    assert {span[0] for span in found - SCHOOL_2024} == {"ABC"}  # Christmas alone is left


def test_paris_sees_its_own_zone():
    assert {e.zone for e in of("2024-04-01", "2024-04-30", "FR-75") if e.kind == "school"} == {"C"}
    assert schools.zone_of("FR-13") == "B"
    assert schools.zone_of("FR-IDF") == "C"
    assert schools.zone_of("FR-OCC") == "C"
    assert schools.zone_of("FR") == "ABC"
    assert schools.zone_of("FR-2A") == schools.zone_of("FR-974") == schools.zone_of("BE") == ""


def test_every_mainland_department_has_one_school_zone():
    from vigie.exposure import areas

    for department in areas.parts("FR", "department"):
        expected = 0 if department.kind == "overseas" or department.code in {"FR-2A", "FR-2B"} else 1
        assert len(schools.zone_of(department.code)) == expected, department


def test_easter_weekend_of_2024_neighbours_are_off_and_french_schools_are_not():
    kinds = {e.kind for e in of("2024-03-30", "2024-03-30", "FR")}
    assert "neighbour-school" in kinds
    assert "school" not in kinds
    assert "ramadan-2024" in ids(of("2024-03-30", "2024-03-30"))


def test_neighbours_of_2024_are_exact():
    found = {
        (e.areas[0], e.start.isoformat(), e.end.isoformat())
        for e in schools.neighbours("FR")
        if e.start.year == 2024
    }
    assert found == {
        ("ES-AN", "2024-03-25", "2024-03-31"), ("ES-AR", "2024-03-28", "2024-04-07"), ("ES-AS", "2024-03-23", "2024-04-01"),
        ("IT", "2024-03-28", "2024-04-02"), ("IT-23", "2024-03-28", "2024-04-01"),
    }  # fmt: skip


def test_what_was_not_yet_public_is_not_shown():
    register = events.shipped_register()
    before = ids(of("2024-08-20", "2024-09-10", as_known=D("2024-03-25"), events=register))
    after = ids(of("2024-08-20", "2024-09-10", as_known=D("2024-05-03"), events=register))
    assert "paralympic-relay-eure-2024" not in before
    assert "paralympic-relay-eure-2024" in after
    assert "paralympic-games-2024" in before


def test_a_surprise_vote_is_a_trap_an_as_known_view_does_not_fall_into():
    vote = events.of(
        {"en": "Snap elections", "start": D("2024-06-30"), "areas": ["FR"], "known_on": D("2024-06-09")}
    )
    posture = events.of(
        {"en": "Summer posture", "start": D("2024-05-07"), "areas": ["FR"], "known_on": D("2024-05-07")}
    )
    seen = of("2024-03-25", "2024-08-21", as_known=D("2024-03-25"), events=(vote, posture))
    assert not {vote.id, posture.id} & ids(seen)
    assert {vote.id, posture.id} <= ids(
        of("2024-03-25", "2024-08-21", as_known=D("2024-06-09"), events=(vote, posture))
    )


def test_school_years_not_ordered_yet_are_expected_and_never_known():
    (spring,) = [e for e in schools.french(2031) if "Spring" in e.name("en") and e.zone == "C"]
    assert spring.basis == "expected"
    assert spring.id not in ids(of("2031-04-01", "2031-05-15", as_known=D("2026-01-01")))
    assert spring.id in ids(of("2031-04-01", "2031-05-15"))


def test_an_eve_and_a_doubt_reach_beyond_the_day_itself():
    assert "eid-al-fitr-2024" in ids(of("2024-04-08", "2024-04-08"))
    assert "eid-al-fitr-2024" in ids(of("2024-04-11", "2024-04-11"))
    assert "eid-al-fitr-2024" not in ids(of("2024-04-12", "2024-04-12"))
    assert "pesach-2024" in ids(of("2024-04-22", "2024-04-22"))
    assert "pesach-2024" not in ids(of("2024-04-21", "2024-04-21"))


def test_what_the_calendar_does_not_hold_is_said():
    def said(lang, *span_and_areas):
        start, end, *where = span_and_areas
        return [phrases.limit(limit, lang) for limit in calendar.limits(D(start), D(end), where)]

    assert said("en", "2016-01-01", "2016-12-31", "FR", "FR-2A") == [
        "French school holidays before Friday 1 September 2017 are not kept.",
        "School holidays of Corsica and overseas are set there and are not kept.",
        "School holidays of Spain and Italy are not kept for these days.",
    ]
    assert said("en", "2024-03-25", "2024-04-02", "FR-75") == []
    assert said("fr", "2024-01-01", "2024-01-02", "BE") == [
        "Les vacances scolaires ne sont tenues que pour la France."
    ]


def test_every_country_we_know_has_a_calendar_of_public_holidays():
    import holidays

    countries = {row.split(",")[0] for row in shipped.text("areas.csv").splitlines() if ",country," in row}
    assert len(countries) > 240
    assert countries <= set(holidays.list_supported_countries())


def test_another_country_has_its_own_holidays():
    assert any(
        e.start == D("2024-07-21") for e in of("2024-07-01", "2024-07-31", "BE") if e.kind == "public-holiday"
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [("1925-12-31", "1926-01-02"), ("2075-12-30", "2076-01-01"), ("2024-02-02", "2024-02-01")],
)
def test_days_out_of_reach_or_upside_down_are_refused(start, end):
    with pytest.raises(OutOfCalendar):
        of(start, end)


@pytest.mark.parametrize("year", range(2015, 2035))
def test_ten_years_either_way_are_sane(year):
    found = of(f"{year}-01-01", f"{year}-12-31")
    national = [
        e for e in found if e.kind == "public-holiday" and e.areas == ("FR",) and e.start.year == year
    ]
    assert len({e.start for e in national}) in {10, 11}  # Ascension falls on 1 or 8 May in some years
    (easter,) = [e for e in found if e.id == f"easter-{year}"]
    (orthodox,) = [e for e in found if e.id == f"orthodox-easter-{year}"]
    assert easter.start.weekday() == orthodox.start.weekday() == 6
    assert timedelta(0) <= orthodox.start - easter.start <= timedelta(days=35)
    for entry in found:
        assert entry.start <= entry.end
        assert len(entry.names["en"]) > 2
    if year >= 2018:
        assert {z for e in found if e.kind == "school" for z in e.zone} == set("ABC")


@limits(max_examples=30, deadline=None)
@given(st.dates(date(2015, 1, 1), date(2034, 12, 1)), st.integers(0, 60))
def test_a_longer_window_never_loses_an_entry(start, days):
    near = ids(calendar.entries(start, start + timedelta(days=days), ("FR-75",)))
    far = ids(calendar.entries(start - timedelta(days=3), start + timedelta(days=days + 10), ("FR-75",)))
    assert near <= far
