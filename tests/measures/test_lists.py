"""The matrix, the filters and the call-down list; the database and the rules filter alike."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from vigie import times
from vigie.measures import actions, queries
from vigie.measures.call_sheet import CHIPS, Row, wears
from vigie.measures.models import Posture, Task
from vigie.measures.moves import STATES
from vigie.measures.queries.lists import wearing


@pytest.mark.parametrize("chip", CHIPS)
def test_the_database_filters_as_the_rules_do(raised, chip):
    """Every state × told × answered × due, once through each."""
    now = times.now()
    pattern = Task.objects.filter(owner="o-mall").first()
    made = []
    for state in STATES:
        for told in (False, True):
            for due in (-1, 1):
                for answered in (None, -2, 0):
                    pattern.pk = f"task-900-{len(made)}"
                    pattern.owner, pattern.ladder = f"o-{len(made)}", "X"
                    pattern.state, pattern.told, pattern.reason = state, told, "why"
                    pattern.due = now + timedelta(hours=due)
                    pattern.answered_at = None if answered is None else now + timedelta(hours=answered)
                    pattern.save(force_insert=True)
                    made.append(
                        Row(pattern.pk, "M", pattern.owner, "", state, pattern.due, pattern.answered_at, told)
                    )
    chosen = set(
        Task.objects.filter(wearing(chip, now), id__startswith="task-900-").values_list("id", flat=True)
    )
    assert chosen == {row.task for row in made if wears(row, chip, now)}


def test_totals_count_each_filter(raised, owners, link):
    actions.answer(link("o-mall"), "done")
    totals = queries.totals()
    assert totals.open == Task.objects.count()
    assert totals.chips["done"] == totals.acknowledged == Task.objects.filter(owner="o-mall").count()
    assert totals.chips["not-answered"] == totals.open - totals.acknowledged
    assert queries.totals("posture-999").open == 0


def test_the_matrix_has_each_owner_once_by_name_and_a_cell_where_they_are_asked(raised):
    found = queries.matrix()
    assert [row.name for row in found.rows] == sorted((row.name for row in found.rows), key=str.casefold)
    mall = next(row for row in found.rows if row.owner == "o-mall")
    shown = {cell.measure for cell in mall.cells if cell}
    assert shown == set(Task.objects.filter(owner="o-mall").values_list("measure", flat=True))
    assert all(len(row.cells) == len(found.measures) for row in found.rows)


def test_who_has_not_acknowledged_one_measure_is_one_question(raised, link):
    actions.answer(link("o-mall"), "acknowledged")
    asked = {row.owner for row in queries.matrix(chip="not-answered", measure="BAT 22-01").rows}
    assert asked == set(Task.objects.filter(measure="BAT 22-01").values_list("owner", flat=True)) - {"o-mall"}


def test_the_matrix_asks_few_questions_of_the_database_however_many_owners_there_are(raised):
    pattern = Task.objects.filter(owner="o-mall").first()
    made = []
    for number in range(1_200):
        made.append(copy(pattern))
        made[-1].pk, made[-1].owner = f"task-900-{number}", f"o-{number}"
    Task.objects.bulk_create(made)
    with CaptureQueriesContext(connections["record"]) as seen:
        queries.matrix()
        queries.totals()
    assert len(seen) <= 12


def test_an_owners_own_list_shows_closed_tasks_too(raised, owners, level):
    cause = level("VIG")
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], cause)
        actions.take_down(owners["watch"], "o-mall", "stopped", via="phone")
    assert {row.state for row in queries.rows(owner="o-mall")} == {"stopped"}
    assert queries.rows(measure="INS-19") == []
    mall = next(row for row in queries.matrix(measure="BAT 22-01").rows if row.owner == "o-rail")
    assert mall.cells[0].state == "stop_asked"


def test_a_measure_counts_as_on_since_it_was_first_switched(raised, owners):
    first = Posture.objects.get()
    with times.held(times.now() + timedelta(days=10)):
        actions.switch(
            owners["prime-minister"], first.cause, on=["INS-20"], reason="A market opens this week."
        )
    now = Posture.objects.get(ended_at=None)
    since = queries.on_since(now)
    assert since["BAT 22-01"] == first.set_at
    assert since["INS-20"] == now.set_at


def test_a_measure_past_its_review_is_listed_and_its_burden_and_ground_are_said_to_be_unknown(
    raised, sign_in
):
    row = Posture.objects.get()
    with times.held(times.now() + timedelta(days=91)):
        assert set(queries.past_review(row)) == {name for name in row.active if not name.startswith("IMD")}
        said = sign_in("audit").get(f"/measures/postures/{row.id}/").content.decode()
    assert "past its review" in said
    assert "not sourced" in said
    assert "not known" in said
