"""What measures cost in all: only what is said is summed, and what is not said is counted."""

import msgspec
import pytest
from hypothesis import given, strategies as st

from vigie.measures.burdens import load_of
from vigie.measures.catalogue import Burden, UnknownMeasure

AMOUNT = st.none() | st.integers(0, 5_000)


def weighed(small, *burdens):
    """A catalogue whose first measures have these burdens."""
    told = dict(zip((m.id for m in small.measures), burdens, strict=False))
    measures = tuple(msgspec.structs.replace(m, burden=told.get(m.id, Burden())) for m in small.measures)
    return msgspec.structs.replace(small, measures=measures), list(told)


def test_what_nobody_has_said_is_no_sum_at_all(small):
    load = load_of(small, [m.id for m in small.measures])
    assert (load.hours.known, load.euros.known, load.teams.known, load.inconvenienced) == (
        None,
        None,
        None,
        (),
    )
    assert load.hours.unsaid == load.hours.of == load.unsaid_whom == len(small.measures)


def test_a_sum_counts_what_is_said_and_says_for_how_many_it_is_not(small):
    catalogue, names = weighed(small, Burden(hours_per_week=3, teams=2), Burden(hours_per_week=4), Burden())
    load = load_of(catalogue, names)
    assert (load.hours.known, load.hours.unsaid, load.hours.of) == (7, 1, 3)
    assert (load.teams.known, load.teams.unsaid) == (2, 2)


def test_nought_is_an_answer_and_not_silence(small):
    catalogue, names = weighed(small, Burden(euros_per_month=0))
    assert (load_of(catalogue, names).euros.known, load_of(catalogue, names).euros.unsaid) == (0, 0)


def test_whoever_is_inconvenienced_by_two_measures_is_named_once(small):
    queues = {"en": "Visitors, who queue."}
    catalogue, names = weighed(small, Burden(inconvenienced=queues), Burden(inconvenienced=queues))
    assert load_of(catalogue, names).inconvenienced == (queues,)


def test_a_measure_the_catalogue_does_not_know_is_refused(small):
    with pytest.raises(UnknownMeasure):
        load_of(small, ["NO SUCH"])


@given(hours=st.lists(AMOUNT, min_size=1, max_size=3))
def test_the_order_of_the_measures_changes_no_sum(small, hours):
    catalogue, names = weighed(small, *(Burden(hours_per_week=h) for h in hours))
    assert load_of(catalogue, names) == load_of(catalogue, names[::-1])
