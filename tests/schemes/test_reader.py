"""The shipped schemes: what stands in them, and what they refuse."""

import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from vigie.schemes.reader import (
    SHAPES,
    UnknownLevel,
    UnknownScheme,
    UnknownZone,
    all_ids,
    digest,
    load,
    read_file,
)
from vigie.schemes.scheme import EXPIRIES, RULES
from vigie.schemes.text import BadScheme


def shipped(scheme_id: str) -> str:
    return (files("vigie.schemes") / "data" / f"{scheme_id}.yaml").read_text(encoding="utf-8")


def test_every_national_scheme_of_the_library_loads_and_none_is_missing():
    assert len(all_ids()) == 32
    countries = {load(each).country for each in all_ids()}
    assert countries == {
        "FR",
        "GB",
        "US",
        "BE",
        "NL",
        "LU",
        "ES",
        "IT",
        "DE",
        "IE",
        "DK",
        "SE",
        "NO",
        "AU",
        "NZ",
        "CA",
        "EU",
        None,
    }


def test_the_french_levels_carry_their_official_words_to_the_letter():
    levels = load("fr-vigipirate-2016").levels
    assert [(level.code, level.printed, level.word("fr")) for level in levels] == [
        ("VIG", "1/3", "Vigilance"),
        ("SRRA", "2/3", "Sécurité renforcée - risque attentat"),
        ("UA", "3/3", "Urgence attentat"),
    ]


@pytest.mark.parametrize(
    "scheme_id", ["fr-vigipirate-2014", "fr-vigipirate-2016", "gb-national-2019", "be-ocam", "us-ntas"]
)
def test_no_colour_is_invented_where_none_is_published(scheme_id):
    assert all(level.colour is None for level in load(scheme_id).levels)


def test_a_published_colour_names_its_source():
    colours = [level.colour for each in all_ids() for level in load(each).levels if level.colour]
    assert {colour.name for colour in colours} >= {"green", "blue", "yellow", "orange", "red", "scarlet"}
    assert all(colour.source.startswith("https://") for colour in colours)


def test_the_gravest_italian_level_prints_one_and_ranks_highest():
    italy = load("it-viminale")
    assert [level.number for level in italy.levels] == ["3", "2", "1"]
    assert italy.levels[-1].printed == "3/3"


def test_a_state_outside_the_levels_ranks_below_them():
    assert next((level.code, level.rank) for level in load("us-ntas").levels) == ("NONE", 0)
    assert load("fr-vigipirate-2003").level("BLANC").printed == "0/4"


def test_a_country_without_levels_says_so_and_why():
    germany = load("de-none")
    assert (germany.kind, germany.levels) == ("none", ())
    assert any("feed insecurity" in note for note in germany.notes)
    with pytest.raises(UnknownLevel, match="by policy"):
        germany.level("1")


@pytest.mark.parametrize("scheme_id", all_ids())
def test_shapes_run_from_circle_to_octagon_and_never_back(scheme_id):
    levels = load(scheme_id).levels
    places = [SHAPES.index(level.shape) for level in levels]
    assert places == sorted(set(places))
    if levels:
        assert (levels[0].shape, levels[-1].shape) == ("circle", "octagon")


@pytest.mark.parametrize("scheme_id", all_ids())
def test_every_scheme_says_where_it_comes_from_and_nothing_from_memory(scheme_id):
    text = shipped(scheme_id)
    head = text.splitlines()[:3]
    assert all(line.startswith("#") for line in head)
    assert "Source:" in head[1]
    assert "Licence" in head[2]
    assert not re.search(r"from memory|unsourced|recollection|confidence: low", text)
    scheme = load(scheme_id)
    assert scheme.id == scheme_id
    assert scheme.sources
    assert scheme.rule in {*RULES, None}
    assert scheme.expiry in {*EXPIRIES, None}


@pytest.mark.parametrize("scheme_id", all_ids())
def test_predecessors_are_schemes_of_the_same_country(scheme_id):
    scheme = load(scheme_id)
    if scheme.predecessor:
        assert load(scheme.predecessor).country == scheme.country


def test_levels_and_codes_are_those_of_the_collected_facts(shared):
    facts = yaml.safe_load((shared / "facts/schemes.yaml").read_text(encoding="utf-8"))["schemes"]
    assert {fact["id"] for fact in facts} == set(all_ids())
    for fact in facts:
        wanted = [
            (level["code"], level["order"])
            for level in sorted(fact["levels"], key=lambda level: level["order"])
        ]
        assert [(level.code, level.rank) for level in load(fact["id"]).levels] == wanted


def test_a_response_scheme_suggests_and_a_small_raise_changes_nothing():
    table = load("gb-response").suggests["gb-national-2019"]
    assert table["SUBSTANTIAL"] == table["SEVERE"] == "HEIGHTENED"


def test_an_unknown_level_is_refused_with_the_levels_there_are():
    with pytest.raises(UnknownLevel, match=r"no level 'RED'. Its levels are: VIG \(Vigilance\), SRRA"):
        load("fr-vigipirate-2016").level("RED")


def test_an_unknown_scheme_is_refused_with_the_schemes_there_are():
    with pytest.raises(UnknownScheme, match=r"no scheme '\.\./text'. Schemes: au-ntpal"):
        load("../text")


@pytest.mark.parametrize("zone", ["FR", "FR-IDF", "FR-75", "FR-2A", "FR-973"])
def test_a_zone_of_the_scheme_is_taken(zone):
    assert load("fr-vigipirate-2016").check_zone(zone) == zone


@pytest.mark.parametrize("zone", ["DE", "FR-ZZ", "fr", "", "FR-", "FRA", "FR-75-1"])
def test_a_zone_outside_is_refused_as_not_in_the_scheme(zone):
    with pytest.raises(UnknownZone, match="zone not in the scheme"):
        load("fr-vigipirate-2016").check_zone(zone)


def test_a_scheme_with_one_level_for_all_refuses_a_part():
    with pytest.raises(UnknownZone, match="no level for parts"):
        load("gb-national-2019").check_zone("GB-ENG")


def test_the_scheme_of_a_part_is_for_that_part_alone():
    assert load("gb-nirt-ni").check_zone("GB-NIR") == "GB-NIR"
    with pytest.raises(UnknownZone):
        load("gb-nirt-ni").check_zone("GB")


def test_regions_cover_their_departments_as_they_were_then():
    then, now = load("fr-vigipirate-2003").zones, load("fr-vigipirate-2016").zones
    assert then.covers("FR-N", "FR-31")
    assert not then.covers("FR-N", "FR-11")
    assert now.covers("FR-OCC", "FR-11")
    assert now.covers("FR", "FR-11")
    assert not now.covers("FR-11", "FR-OCC")
    assert now.covers("FR-69", "FR-69")


def test_listed_regions_hold_all_96_departments_of_the_mainland_once():
    departments = {f"FR-{n:02}" for n in range(1, 96) if n != 20} | {"FR-2A", "FR-2B"}
    for scheme_id in ("fr-vigipirate-2003", "fr-vigipirate-2016"):
        tree = load(scheme_id).zones.tree
        for department in departments:
            regions = [region for region, inside in tree.items() if department in inside]
            twice_named = {"FR-2A", "FR-2B"} if scheme_id.endswith("2016") else set(tree["FR-J"])
            assert len(regions) == (2 if department in twice_named else 1), department


def test_the_digest_tells_editions_apart():
    assert len({digest(each) for each in all_ids()}) == 32


def test_a_file_of_ones_own_is_read(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text((files("vigie.schemes") / "blank.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    own = read_file(file)
    assert own.codes == ("LOW", "HIGH")


def test_norway_is_not_false(tmp_path):
    file = tmp_path / "no.yaml"
    file.write_text(shipped("no-pst").replace('"NO"', "NO"), encoding="utf-8")
    assert read_file(file).country == "NO"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "line 1: not UTF-8"),
        (b"id: x\n  y: [", "line 2: not YAML"),
        (b"a: &a [x]\nb: *a\n", "line 2: YAML aliases"),
        (b"[" * 50_000, "nested deeper"),
        (b"- one\n", "not a scheme"),
        (b"", "not a scheme"),
        (b"#" * 1_000_001, "at most 1000000"),
        (b"id: xx-a\n", "missing required field"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "line 2: YAML aliases"),
        (b"a: &a {x: y}\nb: {<<: *a}\n", "line 2: YAML aliases"),
        (b"--- {a: b}\n--- {a: b}\n", "not YAML"),
        (b"a: !!python/object/apply:os.system [x]\n", "missing required field|unknown field"),
        (b"a: \x00\n", "not YAML"),
    ],
)
def test_what_is_no_scheme_is_refused_in_one_sentence(tmp_path, content, said):
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    with pytest.raises(BadScheme, match=said):
        read_file(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadScheme, match=r"none\.yaml cannot be opened"):
        read_file(tmp_path / "none.yaml")


def test_a_file_without_an_end_is_not_read_to_it():
    with pytest.raises(BadScheme, match="too big"):
        read_file(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("scheme_id", "code", "day", "name", "meaning"),
    [
        ("au-nttas", "PROBABLE", "2015-11-26", "Probable", "Intent and capability"),
        ("au-nttas", "PROBABLE", "2023-12-31", "Probable", "Intent and capability"),
        ("au-nttas", "PROBABLE", "2024-08-05", "Probable", "Better than even chance"),
        ("no-pst", "5", "2022-06-25", "Ekstraordinær", "Attack near"),
        ("no-pst", "5", "2022-12-31", "Ekstraordinær", "Attack near"),
        ("no-pst", "5", "2023-01-01", "Kritisk", "Attack near"),
        ("gb-nirt-ni", "SUBSTANTIAL", "2019-07-22", "SUBSTANTIAL", "Attack a strong possibility"),
        ("gb-nirt-ni", "SUBSTANTIAL", "2019-07-23", "SUBSTANTIAL", "Attack likely"),
        ("gb-nirt-ni", "LOW", "2012-01-01", "LOW", "Attack unlikely"),
        ("gb-nirt-ni", "CRITICAL", "1999-01-01", "CRITICAL", "Attack expected imminently"),
    ],
)
def test_a_level_reads_as_it_did_at_a_day(scheme_id, code, day, name, meaning):
    level = load(scheme_id).at(date.fromisoformat(day)).level(code)
    assert level.word("") == name
    assert level.meaning["en"].startswith(meaning)


@pytest.mark.parametrize("scheme_id", all_ids())
def test_at_no_day_does_a_scheme_gain_lose_or_reorder_a_level(scheme_id):
    scheme = load(scheme_id)
    for year in range(1975, 2030, 3):
        then = scheme.at(date(year, 7, 1))
        assert [(level.code, level.rank, level.shape) for level in then.levels] == [
            (level.code, level.rank, level.shape) for level in scheme.levels
        ]


def test_no_meaning_tells_years_apart_in_its_own_sentence():
    for scheme_id in all_ids():
        for level in load(scheme_id).levels:
            for said in level.meaning.values():
                assert not re.search(r"(since|depuis) (19|20)\d\d|(19|20)\d\d ?:", said), (scheme_id, said)


def test_where_a_scheme_states_how_often_it_is_reviewed_a_machine_can_tell_when():
    start = datetime(2024, 8, 31, 12, tzinfo=UTC)
    assert load("es-naa").review_due(start) == datetime(2024, 9, 7, 12, tzinfo=UTC)
    assert load("gb-national-2019").review_due(start) == datetime(2025, 2, 28, 12, tzinfo=UTC)
    assert load("dk-pet").review_due(start) == datetime(2025, 8, 31, 12, tzinfo=UTC)
    assert load("be-ocam").review_due(start) is None
    said = {each for each in all_ids() if load(each).review_every}
    assert said == {
        "ca-nttl", "dk-pet", "es-naa", "gb-it-2006", "gb-national-2019", "nl-dtn", "no-pst", "nz-nttl", "se-sapo",
    }  # fmt: skip
