"""Whom to page about what waits for a second person: holders at once, deputies when nobody acted, no one too often."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST = 3
"""Times one person is tried about one thing."""


@dataclass(frozen=True)
class Second:
    """A person who may be the second. deputy: their office only stands in for the one the right belongs to."""

    person: str
    office: str
    deputy: bool


@dataclass(frozen=True)
class Tried:
    """A page that was sent, or could not be."""

    person: str
    at: datetime
    delivered: bool


def due(
    seconds: Sequence[Second],
    tried: Iterable[Tried],
    reachable: Mapping[str, str],
    *,
    since: datetime,
    now: datetime,
    deputies_after: timedelta,
) -> list[Second]:
    """List who is to be paged now, each person once, holders before deputies.

    since: from when it waits. reachable: addresses by person; who has none cannot be paged. Deputies are paged once
    `deputies_after` has passed, and at once when no holder was reached. What failed is tried again after the same
    time, MOST times in all.
    """
    history = list(tried)
    holders = {second.person for second in seconds if not second.deputy and second.person in reachable}
    unheard = {t.person for t in history if not t.delivered} - {t.person for t in history if t.delivered}
    wanted = [second for second in seconds if not second.deputy]
    if now >= since + deputies_after or not holders - unheard:
        wanted += [second for second in seconds if second.deputy]
    chosen: dict[str, Second] = {}
    for second in wanted:
        mine = [t for t in history if t.person == second.person]
        waits_again = not mine or (
            not any(t.delivered for t in mine)
            and len(mine) < MOST
            and now >= max(t.at for t in mine) + deputies_after
        )
        if second.person in reachable and waits_again:
            chosen.setdefault(second.person, second)
    return list(chosen.values())
