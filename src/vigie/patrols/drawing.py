"""The drawn days: each half day is cut into turns, and every turn is drawn anew from the half day's cover.

Drawn from the sealed seed alone: whoever has the plan and the revealed seed draws the same days again.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from vigie.errors import BadInput
from vigie.exposure.crowding import HALVES
from vigie.patrols.sampling import draw
from vigie.patrols.seal import Seal

TURNS = 3
IN_RESERVE = -1


class NotRedrawn(BadInput):
    """The seed does not draw the days that the plan says were drawn."""


def turns() -> dict[str, tuple[tuple[int, int], ...]]:
    """Give the turns of each half day as minutes of the day (first, last excluded), all equally long."""
    spans = {}
    for name, (first, last) in HALVES.items():
        edges = [(first + (last - first) * k // TURNS) * 30 for k in range(TURNS + 1)]
        spans[name] = tuple(pairwise(edges))
    return spans


def drawn(
    halves: Sequence[tuple[date, str]], covers: Sequence[Sequence[int]], teams: int, seal: Seal
) -> list[list[int]]:
    """Draw every turn of every half day: for each turn, the site of each team (an index), or -1 in reserve.

    halves: day and half of each cover; covers: millionths at each site.
    """
    return [
        [IN_RESERVE if site is None else site for site in draw(cover, teams, seal.stream(purpose))]
        for cover, purposes in zip(covers, _purposes(halves), strict=True)
        for purpose in purposes
    ]


def check_redrawn(
    halves: Sequence[tuple[date, str]],
    covers: Sequence[Sequence[int]],
    teams: int,
    seal: Seal,
    stated: Sequence[Sequence[int]],
) -> int:
    """Draw again and compare. Gives the number of turns compared; raises NotRedrawn naming the first that differs."""
    again = drawn(halves, covers, teams, seal)
    labels = [purpose for purposes in _purposes(halves) for purpose in purposes]
    if len(stated) != len(again):
        raise NotRedrawn(
            "The plan states {stated} turns and {again} follow from it.", stated=len(stated), again=len(again)
        )
    for label, one, other in zip(labels, stated, again, strict=True):
        if list(one) != other:
            raise NotRedrawn("The turn {label} as drawn does not follow from the revealed seed.", label=label)
    return len(again)


def _purposes(halves: Sequence[tuple[date, str]]) -> Iterator[list[str]]:
    for day, half in halves:
        yield [f"{day.isoformat()}/{half}/{turn}" for turn in range(TURNS)]
