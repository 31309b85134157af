"""What a level takes the place of, and at which hour: what stands there then, and what was signed there for later still.

The newest signature is the whole of what is meant for a place: a level signed for tomorrow falls away where another is signed
for now, so that no hour signed before an attack lowers what was raised after it.
"""

from collections.abc import Sequence
from datetime import datetime

from vigie import times
from vigie.alert import queries, scope
from vigie.alert.scope import Standing
from vigie.errors import Conflict
from vigie.schemes.reader import Scheme


class Overtaken(Conflict):
    """A newer level stands there already: the older one cannot end it."""


def standing_then(plan: Scheme, zone: str, effective: datetime) -> list[Standing]:
    """List what will stand for exactly this zone when the level takes effect; what stands now, if it has already."""
    return scope.covered_by(plan, queries.standing(max(effective, times.now())), zone)


def for_later(plan: Scheme, zone: str, effective: datetime) -> list[Standing]:
    """List what is signed or received for exactly this zone and begins only after the level would."""
    after = max(effective, times.now())
    return [s for s in scope.covered_by(plan, queries.coming(), zone) if s.since > after]


def check_newest(what: str, effective: datetime, standing: Sequence[Standing]) -> None:
    """Raise Overtaken when one of these took effect later than this level would."""
    newer = max((s for s in standing if s.since > effective), key=lambda s: (s.since, s.id), default=None)
    if newer:
        raise Overtaken(
            "{what} would be in effect from {at}, and {newer} has been since {since} there: an older level does not end a newer one. "
            "Give a later time; or, if it is over, the time it ended, and it is kept as history.",
            what=what,
            at=times.text(effective),
            newer=newer.id,
            since=times.text(newer.since),
        )
