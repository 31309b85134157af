from hypothesis import example, given, strategies as st

from vigie.measures.runs import folded, unfolded

NAMES = st.one_of(
    st.builds("task-{}-{}".format, st.integers(1, 12), st.integers(0, 12)),
    st.text(st.sampled_from("task-0123."), max_size=9).filter(lambda name: ".." not in name),
)


@given(st.lists(NAMES))
@example(["task-1-09", "task-1-10", "task-1-11"])
@example(["", "0", "1", "-1", "-2"])
def test_ids_written_as_runs_are_the_same_ids_in_the_same_order(ids):
    assert list(unfolded(folded(ids))) == ids


def test_ids_that_count_on_are_one_run_and_others_stand_alone():
    ids = ["task-3-8", "task-3-9", "task-3-10", "task-4-11", "task-4-13", "task-4-12"]
    assert folded(ids) == ["task-3-8..10", "task-4-11", "task-4-13", "task-4-12"]


def test_a_hundred_thousand_ids_in_order_are_one():
    assert folded(f"task-7-{number}" for number in range(100_000)) == ["task-7-0..99999"]
