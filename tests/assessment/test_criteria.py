"""Criteria as data."""

import pytest

from vigie.assessment import criteria
from vigie.assessment.criteria import BadCriteria, UnknownCriterion
from vigie.schemes import reader


@pytest.mark.parametrize(("scheme", "level"), criteria.all_levels())
def test_every_shipped_file_names_a_level_its_scheme_has_and_where_its_words_were_read(scheme, level):
    read = criteria.load(scheme, level)
    assert (read.scheme, read.level) == (scheme, level)
    assert level in {each.code for each in reader.load(scheme).levels}
    assert read.confidence in {"high", "medium"}
    assert {given for source in read.sources for given in source.gives} == {each.id for each in read.criteria}
    for criterion in read.criteria:
        assert {"fr", "en"} <= set(criterion.words)
        assert all({"fr", "en"} <= set(need.ask) for need in criterion.needs)


def test_the_french_maximum_knows_its_criteria_and_precaution_as_an_override():
    read = criteria.load("fr-vigipirate-2016", "UA")
    assert [c.id for c in read.criteria] == ["aftermath", "identified-group", "imminent"]
    assert [o.id for o in read.overrides] == ["precaution"]


def test_a_level_without_criteria_is_refused_naming_those_there_are():
    with pytest.raises(UnknownCriterion, match=r"No criteria are known for VIG.*fr-vigipirate-2016 UA"):
        criteria.load("fr-vigipirate-2016", "VIG")


def test_a_path_is_not_a_level():
    with pytest.raises(UnknownCriterion):
        criteria.load("../criteria/fr-vigipirate-2016", "UA")


def test_an_unknown_criterion_or_override_is_refused_with_the_known_ones():
    read = criteria.load("fr-vigipirate-2016", "UA")
    with pytest.raises(UnknownCriterion, match="aftermath, identified-group, imminent"):
        read.criterion("fear")
    with pytest.raises(UnknownCriterion, match="precaution"):
        read.override("fear")


def written(tmp_path, text):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return file


HEAD = "scheme: xx\nlevel: '3'\nconfidence: high\nsources: []\n"
ONE = "criteria:\n- {id: a, words: {en: A}, needs: [{id: n, ask: {en: N}}]}\n"


def test_an_adopter_may_read_criteria_of_its_own(tmp_path):
    assert criteria.read_file(written(tmp_path, HEAD + ONE)).criterion("a").needs[0].id == "n"


@pytest.mark.parametrize(
    "text",
    [
        "scheme: xx\n" + ONE,
        HEAD + "criteria: []\n",
        HEAD + "criteria:\n- {id: a, words: {en: A}, needs: []}\n",
        HEAD + ONE + "- {id: a, words: {en: B}, needs: [{id: n, ask: {en: N}}]}\n",
    ],
    ids=["no level", "no criterion", "a criterion that asks nothing", "an id used twice"],
)
def test_a_faulty_file_is_refused_by_name(tmp_path, text):
    with pytest.raises(BadCriteria, match=r"own\.yaml"):
        criteria.read_file(written(tmp_path, text))
