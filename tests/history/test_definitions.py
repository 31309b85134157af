"""What counts as carried out, failed, foiled: named definitions, and the counts under them."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from vigie.history.beside import beside, counted
from vigie.history.definitions import (
    STATUSES,
    NoDefinition,
    definition,
    definitions,
    said_under,
    tally,
)
from vigie.history.figures import figures
from vigie.history.incidents import register, sure, window

MARCH_2024 = window("2015-01", "2024-03-25")


def incident(**given):
    return replace(register()[0], **given)


def test_every_definition_says_what_it_counts_in_two_languages_and_only_the_registers_own_has_no_page():
    for each in definitions():
        assert set(each.name) == set(each.words) == {"en", "fr"}
        assert bool(each.sources) == (each.id != "register")


def test_definitions_name_only_incidents_and_figures_that_are_shipped():
    ids = {each.id for each in register()}
    said = {(each.said_by, each.as_of.text) for each in figures(low=True)}
    for each in definitions():
        assert set(each.readings) <= ids
        assert set().union(*each.joined) <= ids
        assert set(each.readings.values()) <= set(STATUSES)
        assert each.said <= said


def test_no_figure_was_said_by_two_definitions():
    every = [pair for each in definitions() for pair in each.said]
    assert len(every) == len(set(every))


def test_the_register_counts_each_act_by_itself_and_the_services_join_two_of_january_2015():
    found = {each.definition.id: each for each in counted("FR", MARCH_2024).under}
    assert found["register"].said("completed") == "22"
    assert found["services-2018"].said("completed") == "21"


def test_acts_that_are_joined_count_even_when_only_one_of_them_is_in_the_window():
    assert (
        tally(
            [each for each in sure() if each.id == "fr-2015-01-09-paris"], definition("services-2018")
        ).most["completed"]
        == 1
    )


def test_an_act_that_hurt_people_and_killed_none_failed_for_the_services_and_was_carried_out_for_the_minister():
    act = incident(id="x", status="failed", deaths="0", injured="2-3")
    assert definition("services-2018").statuses(act) == {"failed"}
    assert definition("hurt-2021").statuses(act) == {"completed"}


def test_an_act_whose_injured_are_not_sourced_makes_the_count_a_range():
    act = incident(id="x", status="failed", deaths="0", injured="")
    found = tally([act], definition("hurt-2021"))
    assert (found.said("completed"), found.said("failed")) == ("0–1", "0–1")
    assert found.as_dict()["least"]["completed"] == 0


def test_an_act_known_to_have_hurt_nobody_stays_failed():
    assert definition("hurt-2021").statuses(incident(id="x", status="failed", deaths="0", injured="0")) == {
        "failed"
    }


def test_a_figure_is_compared_under_the_definition_it_was_said_by():
    assert said_under("Prime Minister", "2018-03-27").id == "services-2018"
    assert said_under("Prime Minister", "2024-03-25").id == "register"
    wide = next(f for f in figures("FR") if f.as_of.text == "2021-09-08" and f.what == ("carried out",))
    assert beside(wide).definition.id == "hurt-2021"


def test_an_unknown_definition_is_refused_with_those_there_are():
    with pytest.raises(NoDefinition, match="register, services-2018, hurt-2021, ministers-2015"):
        definition("mine")


@given(st.lists(st.sampled_from(register()), unique=True), st.sampled_from(definitions()))
def test_a_count_never_hangs_on_order_and_has_bounds_around_every_act(listed, under):
    found, turned = tally(listed, under), tally(listed[::-1], under)
    assert found == turned
    assert sum(found.least.values()) <= len(listed)
    assert all(found.least[status] <= found.most[status] for status in STATUSES)
