"""What must not get into the record, and keys that are another's: refused before anything is written."""

from typing import Any

import pytest

from vigie.ledger import actions, canonical, keys
from vigie.ledger.kinds import KINDS, Body, By, Kind
from vigie.ledger.models import PayloadKey
from vigie.ledger.queries import head, verify

BY = By(person="p-1", office="watch", via="console")


class Loose(Body):
    """A body whose shape lets anything through: the canonical form must still hold it up."""

    held: Any


@pytest.fixture
def loose():
    kind = Kind("test.loose.held", 1, Loose, erasable=True)
    yield kind
    del KINDS[kind.tag]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (1.5, "body.held is a float"),
        ({"clé": 1}, "keys are ASCII text"),
        ({"a": [{"b": 2**53 + 1}]}, r"body\.held\.a\[0\]\.b is"),
        ("null \0 inside", "null character"),
        ("\ud800", "cannot be written as UTF-8"),
        (float("nan"), "is a float"),
    ],
)
def test_a_body_outside_the_canonical_profile_is_refused_and_nothing_of_its_act_stays(
    home, loose, held, said
):
    before = head()
    with pytest.raises(canonical.NotCanonical, match=said), actions.recording():
        actions.append(BY, loose, Loose(held="kept"))
        actions.append(BY, loose, Loose(held=held))
    assert head() == before
    assert verify(tables=False).verified


def test_under_a_sealing_key_that_is_not_the_records_nothing_is_sealed(home, loose):
    with actions.recording():
        actions.append(BY, loose, Loose(held="first"))
    own = (home.keys / "sealing.key").read_text()
    before = head()
    (home.keys / "sealing.key").write_text("ab" * 32 + "\n")
    with pytest.raises(keys.BadKey, match="does not open what this record holds sealed"), actions.recording():
        actions.append(BY, loose, Loose(held="second"))
    assert head() == before
    (home.keys / "sealing.key").write_text(own)
    with actions.recording():
        actions.append(BY, loose, Loose(held="second"))
    assert PayloadKey.objects.count() == 2
    assert verify(tables=False).verified


def test_under_a_signing_key_that_is_not_the_records_nothing_is_signed(home, loose):
    own = (home.keys / "signing.key").read_text()
    before = head()
    (home.keys / "signing.key").write_text("ab" * 32 + "\n")
    with pytest.raises(keys.BadKey, match="not the one this record is signed with"), actions.recording():
        actions.append(BY, loose, Loose(held="first"))
    assert head() == before
    (home.keys / "signing.key").write_text(own)
    assert verify(tables=False).verified
