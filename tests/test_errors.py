"""The tree of errors."""

import copy
import pickle

import pytest

from vigie import errors


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.BadInput, 400, 2), (errors.Refused, 403, 3), (errors.NotFound, 404, 4), (errors.Conflict, 409, 5),
        (errors.RecordBroken, 500, 6), (errors.OutOfRoom, 507, 7),
    ],
)  # fmt: skip
def test_each_kind_has_its_status_and_exit_code(kind, status, code):
    assert (kind.status, kind.exit_code) == (status, code)


def test_a_sentence_is_filled_with_its_fields_and_can_be_said_in_another_language():
    fault = errors.BadInput("{scheme} has no level {given!r}.", scheme="fr", given="X")
    assert str(fault) == "fr has no level 'X'."
    assert (
        fault.said({"{scheme} has no level {given!r}.": "{scheme} n'a pas de niveau {given!r}."}.get)
        == "fr n'a pas de niveau 'X'."
    )


def test_a_sentence_without_fields_may_hold_braces():
    assert str(errors.BadInput("Write {} there.")) == "Write {} there."


def test_an_error_survives_the_way_to_another_process():
    fault = errors.Conflict("{a} moved.", a=1)
    for again in (pickle.loads(pickle.dumps(fault)), copy.copy(fault)):
        assert (type(again), str(again)) == (errors.Conflict, "1 moved.")
