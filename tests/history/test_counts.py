"""«Which time is this?»: a count with its definition."""

import pytest

from vigie.history.changes import changes
from vigie.history.counts import BadScope, as_dict, chosen, counts, left_out
from vigie.history.levels import LATEST, instant
from vigie.schemes.reader import UnknownLevel, load

FRANCE = "fr-vigipirate-2016"


def count(scheme, code, at=None, scope="national", *, merge=True, **more):
    when = instant(load(scheme), at) if at else LATEST
    return chosen(counts(scheme, code, when, **more), scope, merge_renewals=merge)


def test_by_25_march_2024_the_french_maximum_was_set_four_times_for_the_country():
    found = count(FRANCE, "UA", "2024-03-25")
    assert found.number == 4
    assert [str(one.change.date) for one in found.times] == [
        "2018-12-11",
        "2020-10-29",
        "2023-10-13",
        "2024-03-24",
    ]
    assert "since 2016-12-01" in found.definition.words()


def test_the_day_before_it_was_three():
    assert count(FRANCE, "UA", "2024-03-23").number == 3


def test_each_activation_tells_how_long_it_lasted():
    assert [str(one.length) for one in count(FRANCE, "UA").times] == [
        "3 days",
        "127 days",
        "94 days",
        "at least 652 days",
    ]


def test_counting_confirmations_gives_more_and_says_so():
    found = count(FRANCE, "UA", merge=False)
    assert found.number == 7
    assert "each confirmation counted too" in found.definition.words()
    assert [one.renewal for one in found.times] == [False] * 4 + [True] * 3


def test_the_unsure_activation_is_never_counted_and_is_named():
    assert count(FRANCE, "UA", scope="any").number == 4
    assert [str(row.date) for row in left_out(FRANCE, "UA", LATEST)] == ["2018-03-23"]


def test_every_definition_stands_beside_the_others():
    found = counts(FRANCE, "UA", LATEST, all_editions=True)
    assert len(found) == 8
    assert len({each.definition for each in found}) == 8
    whole_plan = [each for each in found if len(each.definition.editions) > 1]
    assert {each.definition.scope: each.number for each in whole_plan if each.definition.merge_renewals} == {
        "national": 5,
        "any": 10,
    }


def test_editions_are_not_crossed_unless_asked_nor_for_a_lower_level():
    assert len(counts(FRANCE, "UA", LATEST)) == 4
    assert len(counts(FRANCE, "SRRA", LATEST, all_editions=True)) == 4


def test_parts_count_only_when_asked_and_a_return_is_no_new_time():
    assert count("be-ocam", "4").number == 1
    assert count("be-ocam", "4", scope="any").number == 3
    threes = count("be-ocam", "3", scope="any")
    assert all(one.change.zones == ("BE",) for one in threes.times)


def test_one_decision_for_three_zones_is_one_time():
    assert count("fr-vigipirate-2003", "ECARLATE", scope="any").number == 1


def test_a_level_never_set_counts_none():
    assert count(FRANCE, "VIG").number == 0
    assert count("se-sapo", "5").number == 0


def test_an_unknown_level_or_scope_is_refused():
    with pytest.raises(UnknownLevel):
        counts(FRANCE, "RED", LATEST)
    with pytest.raises(BadScope, match="national or any"):
        count(FRANCE, "UA", scope="regional")


def test_a_count_as_json_opens_each_time_to_its_page():
    body = as_dict(count(FRANCE, "UA", "2024-03-25"))
    assert body["count"] == 4
    assert all(each["source"].startswith("http") and each["confidence"] == "high" for each in body["times"])


@pytest.mark.parametrize("scope", ["national", "any"])
def test_narrower_definitions_never_count_more(scope):
    for scheme in ("fr-vigipirate-2016", "be-ocam", "gb-it-2006", "nl-dtn", "us-hsas"):
        for level in load(scheme).levels:
            merged, renewed = (count(scheme, level.code, scope=scope, merge=m).number for m in (True, False))
            assert merged <= renewed <= len(changes(scheme))
            assert count(scheme, level.code).number <= count(scheme, level.code, scope="any").number
