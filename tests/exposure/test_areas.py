import itertools

import pytest
from hypothesis import given, strategies as st

from vigie.exposure import areas
from vigie.exposure.areas import UnknownArea

CODES = [
    "FR",
    "FR-IDF",
    "FR-75",
    "FR-N",
    "FR-V",
    "FR-OCC",
    "FR-ARA",
    "FR-11",
    "FR-974",
    "GB",
    "GB-GBN",
    "GB-NIR",
    "BE-BRU",
    "NZ",
]


def test_france_has_eighteen_regions_and_a_hundred_and_one_departments():
    assert len(areas.parts("FR", "region")) == 18
    assert len(areas.parts("FR", "department")) == 101


@pytest.mark.parametrize(
    ("given_code", "written"),
    [("fr-75", "FR-75C"), ("FR-75C", "FR-75C"), (" fr ", "FR"), ("uk", "GB"), ("RE", "FR-974")],
)
def test_a_code_is_written_one_way(given_code, written):
    assert areas.check(given_code) == written


@pytest.mark.parametrize(
    "wrong", ["", "FRANCE", "FR-7S", "ZZ", "EU", "FR-IDF+FR-06", "75056", "FR-", "é", "FR\n"[:2] + "-XX"]
)
def test_what_is_no_area_is_refused(wrong):
    with pytest.raises(UnknownArea, match="is not an area"):
        areas.check(wrong)


def test_a_refusal_names_parts_of_the_country_meant():
    with pytest.raises(UnknownArea, match="FR-01"):
        areas.check("FR-7S")


@pytest.mark.parametrize(
    ("outer", "inner", "held"),
    [
        ("FR", "FR-IDF", True),
        ("FR", "FR-75", True),
        ("FR-IDF", "FR-75", True),
        ("FR-IDF", "FR", False),
        ("FR-75", "FR-IDF", False),
        ("FR-OCC", "FR-N", True),  # Midi-Pyrénées lies whole in Occitanie
        ("FR-N", "FR-31", True),
        ("FR-N", "FR-11", False),  # Aude was Languedoc
        ("FR-N", "FR-OCC", False),
        ("FR", "FR-V", True),
        ("GB-GBN", "GB-SCT", True),
        ("GB-GBN", "GB-NIR", False),
        ("GB", "GB-GBN", True),
        ("FR", "BE", False),
        ("NZ", "NZ", True),
    ],
)
def test_which_area_holds_which(outer, inner, held):
    assert areas.contains(outer, inner) is held


def test_old_and_new_regions_that_share_departments_overlap():
    assert areas.overlaps("FR-V", "FR-ARA")
    assert not areas.overlaps("FR-V", "FR-N")


@given(st.sampled_from(list(itertools.product(CODES, CODES, CODES))))
def test_holding_is_an_order(three):
    a, b, c = three
    assert areas.contains(a, a)
    if areas.contains(a, b) and areas.contains(b, c):
        assert areas.contains(a, c)
    if areas.contains(a, b) and areas.contains(b, a):
        assert areas.check(a) == areas.check(b)


def test_countries_are_named_in_the_language_asked_for():
    assert areas.name("DE", "fr") == "Allemagne"
    assert areas.name("DE", "en") == "Germany"
    assert areas.name("DE", "xx") == "Germany"
    assert areas.name("FR-BFC", "en") == "Bourgogne-Franche-Comté"


@pytest.mark.parametrize(
    ("insee", "code"), [("75056", "FR-75C"), ("13055", "FR-13"), ("2A004", "FR-2A"), ("97411", "FR-974")]
)
def test_a_commune_lies_in_its_department(insee, code):
    assert areas.of_commune(insee) == code


@pytest.mark.parametrize("wrong", ["", "7505", "99999", "750560", "Paris"])
def test_what_is_no_commune_code_is_refused(wrong):
    with pytest.raises(UnknownArea):
        areas.of_commune(wrong)


def test_a_point_blunder_is_seen_and_a_border_is_not_judged():
    assert areas.holds_point("FR-75", 48.8566, 2.3522)
    assert not areas.holds_point("FR-75", 2.3522, 48.8566)
    assert areas.holds_point("FR", -21.1, 55.5)  # La Réunion
    assert areas.holds_point("NZ", 0, 0)  # no box is kept: nothing is claimed


@pytest.mark.parametrize(
    ("zone", "area", "held"),
    [
        ("FR-IDF", "FR-75", True),
        ("FR-75", "FR-IDF", False),
        ("FR", "FR-XX9", True),
        ("FR-XX9", "FR-XX9", True),
        ("FR", "FRA", False),
        ("ZZ", "ZZ-1", True),
    ],
)
def test_a_zone_covers_parts_that_the_list_of_areas_does_not_know(zone, area, held):
    assert areas.covers(zone, area) is held
