from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from tests.warning.messages import SENT, after, info, message
from vigie.warning.cap import Reference
from vigie.warning.chain import Problem, chain_of

SOON = SENT + timedelta(hours=20)
FIRST = message("m-1")


def states(*messages, at=SOON):
    return {name: effect.state for (_, name), effect in chain_of(messages, at).effects.items()}


def problems(*messages, at=SOON):
    return {(p.kind, p.identifier, p.about) for p in chain_of(messages, at).problems}


def test_a_message_alone_is_active_until_it_runs_out():
    assert states(FIRST) == {"m-1": "active"}
    assert states(FIRST, at=SENT + timedelta(days=7)) == {"m-1": "expired"}
    assert chain_of([FIRST], SOON).effect(FIRST).stands


def test_one_language_that_runs_out_does_not_end_the_other():
    short, long = (
        info(expires=SENT + timedelta(hours=1)),
        info(language="fr-FR", expires=SENT + timedelta(days=30)),
    )
    assert states(message("m-1", infos=(short, long))) == {"m-1": "active"}


def test_an_info_without_end_never_runs_out():
    assert states(
        message("m-1", infos=(info(), info(language="fr-FR", expires=None))), at=SENT + timedelta(days=999)
    ) == {"m-1": "active"}


def test_an_update_supersedes_and_a_cancel_ends():
    update = after(FIRST, "m-2")
    cancel = after(update, "m-3", "Cancel")
    assert states(FIRST, update) == {"m-1": "superseded", "m-2": "active"}
    assert states(FIRST, update, cancel) == {"m-1": "superseded", "m-2": "cancelled", "m-3": "closing"}
    assert chain_of([FIRST, update], SOON).effect(FIRST).by == ("m-2",)


def test_what_is_cancelled_stays_cancelled_whoever_updates_it():
    update, cancel = after(FIRST, "m-2"), after(FIRST, "m-3", "Cancel")
    assert states(FIRST, update, cancel)["m-1"] == "cancelled"


def test_a_superseded_message_that_also_ran_out_is_superseded():
    update = after(FIRST, "m-2")
    assert states(FIRST, update, at=SENT + timedelta(days=30))["m-1"] == "superseded"


def test_two_updates_that_ignore_each_other_contradict_and_are_shown():
    one, other = after(FIRST, "m-2"), after(FIRST, "m-3", hours=2)
    assert states(FIRST, one, other) == {"m-1": "superseded", "m-2": "contradictory", "m-3": "contradictory"}
    assert problems(FIRST, one, other) == {("fork", "m-2", "m-1"), ("fork", "m-3", "m-1")}


def test_a_later_message_that_names_both_closes_the_fork():
    one, other = after(FIRST, "m-2"), after(FIRST, "m-3", hours=2)
    joined = after(other, "m-4", references=(one.reference, other.reference))
    assert states(FIRST, one, other, joined) == {
        "m-1": "superseded",
        "m-2": "superseded",
        "m-3": "superseded",
        "m-4": "active",
    }


def test_an_update_that_names_the_whole_line_makes_no_fork():
    one = after(FIRST, "m-2")
    other = after(one, "m-3", references=(FIRST.reference, one.reference))
    assert states(FIRST, one, other) == {"m-1": "superseded", "m-2": "superseded", "m-3": "active"}
    assert problems(FIRST, one, other) == set()


def test_of_two_rivals_the_one_that_ran_out_contradicts_no_more():
    one = after(FIRST, "m-2", infos=(info(expires=SENT + timedelta(hours=5)),))
    other = after(FIRST, "m-3", hours=2)
    assert states(FIRST, one, other) == {"m-1": "superseded", "m-2": "expired", "m-3": "active"}


def test_a_cancel_of_the_root_alone_contradicts_an_update_it_does_not_name():
    update, cancel = after(FIRST, "m-2"), after(FIRST, "m-3", "Cancel", hours=2)
    assert states(FIRST, update, cancel)["m-2"] == "contradictory"


def test_two_files_of_one_name_that_differ_contradict_and_move_nothing():
    cancel, forged = after(FIRST, "m-2", "Cancel"), after(FIRST, "m-2", "Cancel", note="other words")
    assert states(FIRST, cancel, forged) == {"m-1": "active", "m-2": "contradictory"}
    assert ("same-name", "m-2", "demo@example.org") in problems(FIRST, cancel, forged)


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        (after(FIRST, "m-2", "Cancel", sender="other@example.org"), "foreign"),
        (after(FIRST, "m-2", "Cancel", status="Exercise"), "crosses-worlds"),
        (after(FIRST, "m-2", "Cancel", hours=0), "backwards"),
        (after(FIRST, "m-2", "Cancel", hours=-1), "backwards"),
        (
            after(
                FIRST,
                "m-2",
                "Cancel",
                references=(Reference("demo@example.org", "m-1", "2026-05-24T20:30:00+02:00"),),
            ),
            "sent-differs",
        ),
        (
            after(
                FIRST,
                "m-2",
                "Cancel",
                references=(Reference("demo@example.org", "m-0", "2026-05-24T18:30:00-00:00"),),
            ),
            "dangling",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_reference_that_cannot_count_ends_nothing_and_is_shown(later, kind):
    assert states(FIRST, later)["m-1"] == "active"
    assert [p.kind for p in chain_of([FIRST, later], SOON).problems] == [kind]


def test_a_message_that_names_itself_ends_nothing():
    own = message("m-1", kind="Update", references=(FIRST.reference,))
    assert states(own) == {"m-1": "active"}


def test_problems_sort_and_say_what_about():
    assert chain_of([after(FIRST, "m-2")], SOON).problems == (Problem("dangling", "m-2", "m-1"),)


@st.composite
def sets(draw):
    """A set of messages that refer to one another at random, soundly or not."""
    made = [message("m-0")]
    for number in range(1, draw(st.integers(2, 7))):
        targets = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique=True))
        made.append(
            message(
                f"m-{draw(st.integers(number, number + 1)) if number > 4 else number}",
                kind=draw(st.sampled_from(["Update", "Cancel", "Alert"])),
                sent=SENT + timedelta(hours=draw(st.integers(0, 6))),
                status=draw(st.sampled_from(["Actual", "Actual", "Exercise"])),
                references=tuple(m.reference for m in targets),
                infos=(info(expires=SENT + timedelta(hours=draw(st.integers(1, 40)))),),
            )
        )
    return made


@given(sets(), st.data())
def test_the_order_and_the_repetition_of_messages_change_nothing(made, data):
    shuffled = data.draw(st.permutations(made + made[:2]))
    assert chain_of(made, SOON) == chain_of(shuffled, SOON)


@given(sets())
def test_every_message_has_an_effect_and_what_is_active_is_replaced_by_nothing_that_counts(made):
    result = chain_of(made, SOON)
    assert set(result.effects) == {(m.sender, m.identifier) for m in made}
    for effect in result.effects.values():
        assert bool(effect.by) == (effect.state in {"superseded", "cancelled", "contradictory"})


@given(sets())
def test_a_stranger_s_message_changes_no_effect_of_ours(made):
    stranger = message(
        "x-1",
        kind="Cancel",
        sender="x@example.net",
        sent=SENT + timedelta(hours=9),
        references=tuple({m.reference for m in made}),
    )
    before, with_stranger = chain_of(made, SOON).effects, chain_of([*made, stranger], SOON).effects
    assert {key: effect for key, effect in with_stranger.items() if key[1] != "x-1"} == before
