"""Owners planned together get what each would have got alone."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from vigie.measures.alike import Holder, planned
from vigie.measures.answering import Answerer
from vigie.measures.posture import default
from vigie.measures.tasking import Live, Planner

SITES = [f"s-{number}" for number in range(4)]
KINDS = st.sampled_from(["station", "shopping", "school"])
TASKS = st.tuples(
    st.sampled_from(["BAT 21-01", "BAT 22-01", "SHOP", "SCHOOL", "GONE"]),
    st.sampled_from(["FR", "FR-IDF"]),
    st.lists(st.sampled_from(SITES), unique=True).map(tuple),
    st.sampled_from([(True, False), (False, False), (False, True)]),
)


@st.composite
def holders(draw):
    found = []
    for number in range(draw(st.integers(1, 6))):
        places = draw(st.lists(st.sampled_from(SITES), unique=True, max_size=3))
        owner = Answerer(
            f"o-{number}",
            draw(st.sampled_from(["operator", "town-hall"])),
            tuple((place, draw(KINDS)) for place in sorted(places)),
        )
        live, halted = [
            [
                Live(f"task-{number}-{list_}-{n}", measure, zone, sites, told, unsent, measure)
                for n, (measure, zone, sites, (told, unsent)) in enumerate(draw(st.lists(TASKS, max_size=3)))
            ]
            for list_ in (0, 1)
        ]
        found.append(Holder(owner, draw(st.sampled_from(["en", "fr"])), live, halted))
    return found


def spelt_out(alike, row):
    """Give a shared part as it reads for one of its owners."""
    part = alike.part
    return (
        alike.language,
        [
            (
                line.kind,
                line.measure,
                line.before,
                tuple(row.sites[int(site)] for site in line.sites),
                row.tasks[int(line.task)] if line.task else line.task,
            )
            for line in part.lines
        ],
        *([row.tasks[int(task)] for task in tasks] for tasks in (part.replaced, part.stop, part.ended)),
    )


def alone(planner, holder):
    plan = planner.plan(holder.owner, holder.live, halted=holder.halted)
    lines = [(line.kind, line.measure, line.before, line.sites, line.task) for line in plan.lines]
    told = (holder.language, lines, list(plan.replaced), list(plan.stop), list(plan.ended))
    return told if plan.does_something else None


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("level", ["VIG", "SRRA", "UA"])
def test_whoever_is_planned_together_gets_what_each_gets_alone(small, level, data):
    each = data.draw(holders())
    together = {
        row.owner: spelt_out(alike, row)
        for alike in planned(Planner(small, default(small, level), "FR"), each)
        for row in alike.rows
    }
    one_by_one = {h.owner.id: alone(Planner(small, default(small, level), "FR"), h) for h in each}
    assert together == {owner: told for owner, told in one_by_one.items() if told}


def test_owners_of_one_kind_with_places_of_one_kind_are_planned_once(small):
    each = [Holder(Answerer(f"o-{n}", "operator", ((f"s-{n}", "station"),)), "en") for n in range(9)]
    (alike,) = planned(Planner(small, default(small, "UA"), "FR"), each)
    assert [row.owner for row in alike.rows] == [f"o-{n}" for n in range(9)]


def test_owners_written_to_in_two_languages_are_told_apart(small):
    each = [Holder(Answerer("a", "operator", (("s", "station"),)), language) for language in ("en", "fr")]
    assert len(planned(Planner(small, default(small, "UA"), "FR"), each)) == 2


def test_a_task_asked_to_stop_gives_way_when_its_ladder_is_asked_for_again(small, mall):
    halted = [Live("t-1", "SHOP", "FR", ("s-mall",), told=True, ladder="SHOP")]
    plan = Planner(small, default(small, "UA"), "FR").plan(mall, [], halted=halted)
    assert plan.replaced == ("t-1",)


def test_what_was_never_sent_just_ends(small, mall):
    live = [Live("t-1", "SHOP", "FR", ("s-mall",), told=False, unsent=True)]
    plan = Planner(small, default(small, "VIG"), "FR").plan(mall, live)
    assert (plan.stop, plan.ended) == ((), ("t-1",))


def test_an_end_that_was_never_heard_of_is_said_again_by_the_next_message(small, mall):
    halted = [Live("t-9", "SHOP", "FR-IDF", ("s-mall",), told=False, ladder="SHOP")]
    plan = Planner(small, default(small, "SRRA"), "FR").plan(mall, [], halted=halted)
    assert ("ended", "SHOP", "t-9") in [(line.kind, line.measure, line.task) for line in plan.lines]
