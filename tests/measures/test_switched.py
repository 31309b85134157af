"""What a switch does, from plans to the entry and back."""

from vigie.measures import kinds
from vigie.measures.alike import Holder, planned
from vigie.measures.answering import Answerer
from vigie.measures.posture import default
from vigie.measures.switched import bodies, told
from vigie.measures.tasking import Live, Planner


def holders(count, live=()):
    return [
        Holder(
            Answerer(f"o-{n}", "operator", ((f"s-{n}", "shopping"), (f"t-{n}", "station"))), "en", live=live
        )
        for n in range(count)
    ]


def raised(small, count):
    return planned(Planner(small, default(small, "UA"), "FR"), holders(count))


def test_tasks_and_messages_are_numbered_through_all_owners_of_an_entry(small):
    (body,) = bodies("posture-1", "", raised(small, 3), small)
    every = list(told(7, body))
    assert [made.id for one in every for made in one.given] == [f"task-7-{n}" for n in range(6)]
    assert [one.message for one in every] == [0, 1, 2]
    assert [(line["measure"], line["sites"], line["task"]) for line in every[1].lines] == [
        ("BAT 22-01", ["s-1", "t-1"], "task-7-2"),
        ("SHOP", ["s-1"], "task-7-3"),
        ("BAT 10-01", ["s-1", "t-1"], None),
    ]


def test_what_one_entry_cannot_hold_goes_on_in_the_next(small):
    plans = raised(small, 50)
    whole = [
        (one.owner, one.lines[0]["sites"]) for body in bodies("p", "", plans, small) for one in told(1, body)
    ]
    cut = list(bodies("p", "", plans, small, most=1_000))
    assert len(cut) > 1
    assert all(len(kinds.SWITCHED.packed(body)) < 1_100 for body in cut)
    assert [(one.owner, one.lines[0]["sites"]) for body in cut for one in told(1, body)] == whole


def test_an_entry_of_fifty_thousand_owners_holds_them_all(small):
    assert len(list(bodies("posture-1", "", raised(small, 50_000), small))) == 1


def test_who_is_told_nothing_gets_no_message(small):
    """A task whose sending failed is asked to stop; of its end nobody who never heard of it is told."""
    live = [Live("task-1-0", "SHOP", "FR", ("s-0",), told=False)]
    plans = planned(Planner(small, default(small, "VIG"), "FR"), holders(1, live))
    (body,) = bodies("posture-1", "", plans, small)
    (one,) = told(7, body)
    assert (one.message, one.lines, one.stop) == (None, [], ["task-1-0"])


def test_an_entry_reads_back_as_it_was_written(small):
    (body,) = bodies("posture-1", "2024-01-01T00:00:00Z", raised(small, 3), small)
    data = kinds.SWITCHED.packed(body)
    assert kinds.SWITCHED.unpacked(data) == body
