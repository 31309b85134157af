from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from vigie.console.lines import APART, lines

START = datetime(2015, 6, 26, 12, 0, tzinfo=UTC)


@dataclass
class By:
    office: str


@dataclass
class Entry:
    seq: int
    kind: str = "measures.message.delivered/1"
    by: By = field(default_factory=lambda: By("watch"))
    subjects: tuple[str, ...] = ()
    instant: datetime = START


def run(count: int, **how) -> list[Entry]:
    return [Entry(seq, **how) for seq in reversed(range(count))]


def test_a_run_of_the_same_act_is_one_line_with_its_count_and_its_ends():
    (line,) = lines(run(164))
    assert (line.kind, line.count, line.first, line.last) == ("measures.message.delivered", 164, 0, 163)


def test_another_act_or_another_office_begins_a_new_line():
    entries = [Entry(3), Entry(2, kind="alert.level.approved/1"), Entry(1), Entry(0, by=By("duty"))]
    assert [line.count for line in lines(entries)] == [1, 1, 1, 1]


def test_the_same_act_much_later_is_told_apart():
    late = START + APART + timedelta(seconds=1)
    assert [line.count for line in lines([Entry(1, instant=late), Entry(0)])] == [1, 1]
    assert [line.count for line in lines([Entry(1, instant=START + APART), Entry(0)])] == [2]


def test_owners_who_answer_one_after_another_are_one_line():
    (line,) = lines([Entry(1, by=By("owner:museums")), Entry(0, by=By("owner:stations"))])
    assert (line.office, line.count) == ("owner", 2)


def test_subjects_are_named_once_each_in_the_order_met():
    (line,) = lines([Entry(1, subjects=("b", "a")), Entry(0, subjects=("a", "c"))])
    assert line.subjects == ("b", "a", "c")


def test_nothing_gives_no_line():
    assert lines([]) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y"]))))
def test_no_entry_is_lost_or_told_twice(acts):
    entries = [Entry(seq, kind=f"{kind}/1", by=By(office)) for seq, (kind, office) in enumerate(acts)][::-1]
    drawn = lines(entries)
    assert sum(line.count for line in drawn) == len(entries)
    told = [seq for line in drawn for seq in range(line.last, line.first - 1, -1)]
    assert told == [entry.seq for entry in entries]
