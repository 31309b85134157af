"""Kinds of entries."""

import pytest

from vigie.errors import BadInput
from vigie.ledger.kinds import KINDS, OPENED, BadBody, Body, Kind, Opened, UnknownKind, kind_of


def test_an_unknown_kind_is_refused_with_the_way_out():
    with pytest.raises(UnknownKind, match="Use the version that wrote it"):
        kind_of("alert.level.invented/1")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"instance": "a", "exercise": False}, "verifier"),
        ({"instance": "a", "exercise": "no", "verifier": "v"}, "exercise"),
        ({"instance": "a", "exercise": False, "verifier": "v", "more": 1}, "more"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(value, said):
    with pytest.raises(BadBody, match=said):
        OPENED.read(value)


def test_a_kind_cannot_be_listed_twice_with_another_body():
    class Other(Body):
        pass

    with pytest.raises(BadInput, match="listed twice"):
        Kind(OPENED.name, OPENED.version, Other)
    assert KINDS[OPENED.tag].body is Opened


def test_a_body_of_another_kind_is_refused():
    class Other(Body):
        pass

    with pytest.raises(BadBody, match="takes a Opened, not a Other"):
        OPENED.plain(Other())
