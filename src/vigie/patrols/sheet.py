"""A team's sheet for one half day: where to be, from when to when, and the codes to note it by.

A sheet belongs to a team, not to its members: it holds no name, no position, no judgement of anyone's work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from vigie.errors import NotFound
from vigie.patrols.drawing import IN_RESERVE, TURNS, turns

# No vowels, no 0/O, 1/I/L: a code is read over a radio and copied by hand, and spells no word.
_SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
_LENGTH = 4


class NoSuchSheet(NotFound):
    """No team of that number, or no half day of that plan."""


@dataclass(frozen=True)
class Stop:
    """One stop. start, end: minutes of the day; site: id, or "" in reserve; arrive, leave: codes to note it by."""

    start: int
    end: int
    site: str
    name: str
    arrive: str
    leave: str

    @property
    def hours(self) -> str:
        """The hours in words, 06:00-09:00."""
        return f"{self.start // 60:02d}:{self.start % 60:02d}\u2013{self.end // 60:02d}:{self.end % 60:02d}"


@dataclass(frozen=True)
class Sheet:
    """What one team (1 to the number of teams) does in one half of one day."""

    team: int
    day: date
    half: str
    stops: tuple[Stop, ...]


def sheet(
    draws: Sequence[Sequence[int]],
    halves: Sequence[tuple[date, str]],
    sites: Sequence[str],
    names: Sequence[str],
    *,
    day: date,
    half: str,
    team: int,
    secret: str,
) -> Sheet:
    """Give a team's sheet; turns drawn at the same site one after the other are one stop.

    draws: as `drawing.drawn` gives them; secret: what makes this plan's codes its own (its commitment).
    Raises NoSuchSheet.
    """
    if (day, half) not in halves:
        raise NoSuchSheet("The plan has no {day} {half}.", day=day, half=half)
    first = list(halves).index((day, half)) * TURNS
    if not 1 <= team <= len(draws[first]):
        raise NoSuchSheet(
            "There is no team {team}. The teams are 1 to {last}.", team=team, last=len(draws[first])
        )
    stops: list[Stop] = []
    for turn, (start, end) in enumerate(turns()[half]):
        index = draws[first + turn][team - 1]
        site, name = ("", "") if index == IN_RESERVE else (sites[index], names[index])
        if stops and stops[-1].site == site:
            last = stops.pop()
            stops.append(Stop(last.start, end, site, name, last.arrive, last.leave))
            continue
        mark = f"{secret}/{day}/{half}/{turn}/{team}"
        stops.append(Stop(start, end, site, name, _code(mark + "/arrive"), _code(mark + "/leave")))
    return Sheet(team, day, half, tuple(stops))


def _code(mark: str) -> str:
    number = int.from_bytes(sha256(mark.encode()).digest()[:8], "big")
    signs = []
    for _ in range(_LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)
