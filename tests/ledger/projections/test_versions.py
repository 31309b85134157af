"""Every version of a kind that became another is still made into rows."""

from vigie.ledger.kinds import KINDS
from vigie.ledger.projections import _FORGETTINGS, _PROJECTIONS


def test_a_room_that_hears_the_newest_version_of_a_kind_hears_the_ones_before_it():
    for kind in KINDS.values():
        if kind.upcast is None:
            continue
        newest = max(
            (each for each in KINDS.values() if each.name == kind.name), key=lambda each: each.version
        )
        assert _PROJECTIONS.get(kind.tag) == _PROJECTIONS.get(newest.tag), kind.tag
        assert _FORGETTINGS.get(kind.tag) == _FORGETTINGS.get(newest.tag), kind.tag
