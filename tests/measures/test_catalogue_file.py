from importlib import resources

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from vigie.measures.catalogue import BadCatalogue, NoOwner, UnknownMeasure
from vigie.measures.catalogue_file import load, read, shipped
from vigie.schemes.reader import load as scheme


@pytest.fixture(scope="module")
def french():
    found = shipped("fr-vigipirate-2016")
    assert found is not None
    return found


def changed(text, where, **fields):
    data = yaml.safe_load(text)
    entry = next(m for m in data["measures"] if m["id"] == where)
    entry.update(fields)
    for name in [name for name, value in fields.items() if value is ...]:
        del entry[name]
    return yaml.safe_dump(data).encode()


def test_the_shipped_catalogue_holds_the_sourced_measures_and_instructions(french):
    assert sum(" " in measure.id for measure in french.measures) == 11
    assert sum(measure.id.startswith("INS-") for measure in french.measures) == 28


def test_every_shipped_measure_says_where_it_was_read_and_in_both_languages(french):
    for measure in french.measures:
        assert measure.source.startswith("http")
        assert set(measure.words) == {"en", "fr"}
        assert measure.burden.hours_per_week is None, "no burden was sourced"


def test_no_measure_known_only_partly_is_on_by_default(french):
    partly = [measure for measure in french.measures if measure.confidence == "partly"]
    assert len(partly) == 4
    assert all(measure.default_from is None and not measure.permanent for measure in partly)


def test_the_catalogue_speaks_of_the_levels_of_its_scheme_in_their_order(french):
    assert french.levels == scheme(french.scheme).codes


def test_a_scheme_without_a_shipped_catalogue_gives_none():
    assert shipped("nl-dtn") is None


def test_permanence_and_ladder_come_from_the_code(small):
    assert small.measure("BAT 10-01").permanent
    assert (small.measure("BAT 22-01").ladder, small.measure("BAT 22-01").rung) == ("BAT 2-01", 2)


def test_a_catalogue_keeps_the_digest_of_its_file(small_text):
    one, two = read(small_text.encode(), "a"), read(small_text.encode() + b"\n", "a")
    assert len(one.digest) == 64
    assert one.digest != two.digest


def test_a_measure_that_names_no_owner_is_refused_by_its_name(small_text):
    with pytest.raises(
        NoOwner, match=r"mine\.yaml: measure 'SCHOOL' names no owner.*everyone, manager, mayor"
    ):
        read(changed(small_text, "SCHOOL", owners=[]), "mine.yaml")
    with pytest.raises(NoOwner, match="'SCHOOL'"):
        read(changed(small_text, "SCHOOL", owners=...), "mine.yaml")


@pytest.mark.parametrize(
    ("where", "fields", "said"),
    [
        ("SCHOOL", {"owners": ["king"]}, "names the owner 'king'"),
        ("SCHOOL", {"domain": "moon"}, "names the domain 'moon'"),
        ("SCHOOL", {"default_from": "RED"}, "names the level 'RED'"),
        ("SCHOOL", {"seen_at": ["RED"]}, "names the level 'RED'"),
        ("SCHOOL", {"words": {"en": " "}}, "has no words in: en"),
        ("SCHOOL", {"confidence": "recalled"}, "measure 'SCHOOL'"),
        ("SCHOOL", {"colour": "red"}, "measure 'SCHOOL'.*colour"),
        ("SCHOOL", {"id": "SHOP"}, "'SHOP' stands twice"),
        ("BAT 23-01", {"default_from": "UA"}, "known only partly"),
        ("BAT 21-01", {"permanent": True}, "says otherwise than its code"),
        ("BAT 21-01", {"domain": "other"}, "says otherwise than its code"),
        ("BAT 21-01", {"id": "BAT 2101"}, "'BAT 2101' is not the code of a measure"),
        ("BAT 21-01", {"places": ["school"]}, "rungs of one ladder and name other owners or places"),
        ("SCHOOL", {"step": {"ladder": "BAT 2-01", "rung": 2}}, "same rung 2 of ladder"),
    ],
)
def test_a_faulty_measure_is_named_with_its_fault(small_text, where, fields, said):
    with pytest.raises(BadCatalogue, match=said):
        read(changed(small_text, where, **fields), "mine.yaml")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no list called measures"),
        (b"[1, 2]", "no list called measures"),
        (b"measures: 3", "no list called measures"),
        (b"measures: []\n", "mine.yaml"),
        (b"a: [", "is not YAML"),
        (b"\xff\xfe\x00", "is not YAML"),
        (b"x" * 8_000_001, "at most 8000000"),
        (b"measures: !!python/object/apply:os.system [ls]", "is not YAML"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_one_sentence(raw, said):
    with pytest.raises(BadCatalogue, match=said):
        read(raw, "mine.yaml")


def test_an_empty_list_of_measures_is_refused(small_text):
    data = yaml.safe_load(small_text) | {"measures": []}
    with pytest.raises(BadCatalogue, match="list of measures is empty"):
        read(yaml.safe_dump(data).encode(), "mine.yaml")


def test_hours_to_answer_are_given_for_every_level(small_text):
    data = yaml.safe_load(small_text) | {"answer_within_hours": {"UA": 1}}
    with pytest.raises(BadCatalogue, match="answer_within_hours"):
        read(yaml.safe_dump(data).encode(), "mine.yaml")


def test_kinds_of_owner_go_with_the_reach_that_uses_them(small_text):
    data = yaml.safe_load(small_text)
    data["owners"]["mayor"]["kinds"] = []
    with pytest.raises(BadCatalogue, match="owner 'mayor'"):
        read(yaml.safe_dump(data).encode(), "mine.yaml")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadCatalogue, match=r"none\.yaml cannot be read"):
        load(tmp_path / "none.yaml")


def test_an_adopter_may_load_a_catalogue_of_their_own(tmp_path, small_text):
    file = tmp_path / "mine.yaml"
    file.write_text(small_text.replace("numbering: fr-vigipirate", "numbering: own"), encoding="utf-8")
    mine = load(file)
    assert not mine.measure("BAT 10-01").permanent, "with own numbering, a code says nothing by itself"


def test_an_unknown_measure_is_said_so(small):
    with pytest.raises(UnknownMeasure, match="small has no measure 'BAT 99-99'"):
        small.measure("BAT 99-99")


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_read_or_be_refused(raw):
    with pytest.raises(BadCatalogue):
        read(raw, "noise")


def test_every_data_file_of_the_room_is_one_that_the_room_reads():
    names = {entry.name for entry in resources.files("vigie.measures").joinpath("data").iterdir()}
    assert names == {"contrast.yaml", "fr-vigipirate.catalogue.yaml", "phrases.yaml"}
