"""A level reaches the hour that was signed with it, or by which two others had to countersign it."""

from vigie.alert import kinds, queries
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By


@recorded
def note_expiries() -> list[str]:
    """Note every level that reached the hour a person set for it, or was not countersigned in time. Gives their ids.

    No right is asked: the hour was decided and signed with the level; this only writes down that it came.
    """
    clock = By(person="", office="", via="clock")
    lapsed = [row.id for row in queries.lapsing()]
    for decision in lapsed:
        append(clock, kinds.GLASS_LAPSED, kinds.GlassLapsed(decision=decision), subjects=[decision])
    ended = [row.id for row in queries.ended_by_the_clock()]
    for level in ended:
        append(clock, kinds.EXPIRED, kinds.Expired(level=level), subjects=[level])
    return [*lapsed, *ended]
