import pytest

from vigie.console.queries import waiting
from vigie.measures.queries import Totals

CHIPS = {"not-reached": 0, "not-answered": 0, "late": 0, "cannot": 0, "done": 0}


@pytest.fixture
def late(monkeypatch):
    def some(count: int) -> None:
        monkeypatch.setattr(waiting, "totals", lambda: Totals(count, CHIPS | {"late": count}, 0, 0))

    return some


def test_owners_who_are_late_wait_for_whoever_may_take_their_answers(people, late):
    late(50)
    (wait,) = waiting.waits_for(people["watch"])
    assert wait.title == "Call whoever is late: 50 tasks"
    assert wait.href == "/measures/calls/late/"
    assert wait.late
    assert waiting.waits_for(people["cabinet"]) == []


def test_one_late_task_is_said_as_one(people, late):
    late(1)
    assert waiting.waits_for(people["watch"])[0].title == "Call whoever is late: 1 task"


def test_nobody_late_leaves_nothing_waiting(people, late):
    late(0)
    assert waiting.waits_for(people["watch"]) == []
