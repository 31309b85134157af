"""A plan as people read it: lines of people and shares, made from the whole numbers of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vigie.patrols.drawing import IN_RESERVE, TURNS
from vigie.patrols.plan import THOUSANDTHS
from vigie.patrols.predict import best_guess
from vigie.patrols.sampling import WHOLE


@dataclass(frozen=True)
class SiteLine:
    """One site in one half day. share: chance of a team, per cent; left: people exposed there on average."""

    site: str
    name: str
    low: int
    high: int
    assumed: bool
    share: float
    left: int


@dataclass(frozen=True)
class HalfLine:
    """One half day.

    exposed, least: people, rounded against us; in_reserve: teams not needed, on average; guessed: per cent of
    places named rightly by who knows the plan and names as many as there are teams.
    """

    day: date
    half: str
    exposed: int
    least: int
    in_reserve: float
    guessed: float


@dataclass(frozen=True)
class RivalLine:
    """Another way to use the same teams: people it leaves exposed, and how many times this plan's figure that is."""

    code: str
    exposed: int
    times: float


@dataclass(frozen=True)
class TeamLine:
    """A team's turns in one half day: a site's name each, "" in reserve."""

    team: int
    places: tuple[str, ...]


def people_up(thousandths: int) -> int:
    """Give whole people, rounded up: what stays exposed is never understated."""
    return -(-thousandths // THOUSANDTHS)


def people_down(thousandths: int) -> int:
    """Give whole people, rounded down: what no plan can avoid is never overstated."""
    return thousandths // THOUSANDTHS


def half_lines(halves: Sequence[Mapping[str, Any]], teams: int) -> list[HalfLine]:
    """Give the week, half day by half day."""
    return [
        HalfLine(
            date.fromisoformat(half["day"]),
            half["half"],
            people_up(half["exposed"]),
            people_down(half["least"]),
            teams - sum(half["cover"]) / WHOLE,
            best_guess(half["cover"], teams) / 10,
        )
        for half in halves
    ]


def site_lines(half: Mapping[str, Any], sites: Sequence[str], names: Sequence[str]) -> list[SiteLine]:
    """Give the sites of one half day, the most covered first."""
    assumed = set(half["assumed"])
    lines = [
        SiteLine(
            site,
            name,
            low,
            high,
            i in assumed,
            cover * 100 / WHOLE,
            # Halves of people and millionths of a team, in whole numbers: rounded up exactly.
            -(-(low + high) * (WHOLE - cover) // (2 * WHOLE)),
        )
        for i, (site, name, low, high, cover) in enumerate(
            zip(sites, names, half["low"], half["high"], half["cover"], strict=True)
        )
    ]
    return sorted(lines, key=lambda line: (-line.share, line.name, line.site))


def rival_lines(exposed: int, rivals: Mapping[str, int]) -> list[RivalLine]:
    """Give the rivals beside the plan's own `exposed` (thousandths of people), the nearest first."""
    lines = [
        RivalLine(code, people_up(theirs), theirs / exposed if exposed else 0.0)
        for code, theirs in rivals.items()
    ]
    return sorted(lines, key=lambda line: line.times)


def team_lines(draws: Sequence[Sequence[int]], index: int, names: Sequence[str]) -> list[TeamLine]:
    """Give every team's turns in the half day at `index`."""
    turns = draws[index * TURNS : (index + 1) * TURNS]
    return [
        TeamLine(team, tuple("" if i == IN_RESERVE else names[i] for i in places))
        for team, places in enumerate(zip(*turns, strict=True), start=1)
    ]
