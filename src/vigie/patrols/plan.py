"""A plan: for each half day, the exact cover of the sites by the teams there are, and what it guarantees.

Each half day is a static zero-sum game: an attack at a site costs the people expected there, and nothing where
a team stands. The guarantee of the week is that of its worst half day, since an attacker chooses when.

Numbers that go on the record are whole: cover in millionths of a team, people in thousandths. They are rounded
against us: what remains exposed upwards, what no plan can avoid downwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vigie.errors import BadInput
from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve
from vigie.patrols.presence import HalfDay, Presence
from vigie.patrols.sampling import WHOLE, in_millionths

THOUSANDTHS = 1_000
MOST_TEAMS = 500


class BadPlan(BadInput):
    """A plan that cannot be: no team, or more teams than sites."""


@dataclass(frozen=True)
class Cover:
    """The cover of one half day.

    cover: millionths of a team at each site, in the order of the sites.
    exposed: thousandths of people that the best-informed attacker still expects at the worst site.
    least: thousandths of people below which no plan with these teams can bring that (proven).
    """

    cover: tuple[int, ...]
    exposed: int
    least: int


@dataclass(frozen=True)
class Plan:
    """The covers of all half days, and the guarantee of the whole: that of the worst half day."""

    teams: int
    covers: tuple[Cover, ...]

    @property
    def exposed(self) -> int:
        """Thousandths of people that an attacker who knows the plan still expects at the best place and time."""
        return max(cover.exposed for cover in self.covers)

    @property
    def least(self) -> int:
        """Thousandths of people below which no plan can bring that."""
        return max(cover.least for cover in self.covers)


def make(presence: Presence, teams: int) -> Plan:
    """Find the best cover of every half day by `teams` teams on duty at once.

    Raises BadPlan when there is no team, or more teams than sites.
    """
    sites = len(presence.sites)
    if teams < 1:
        raise BadPlan("{teams} teams cannot be anywhere. Give at least one.", teams=teams)
    if teams > min(sites, MOST_TEAMS):
        raise BadPlan(
            "{teams} teams for {sites} sites: no two teams are sent to one site. Give at most {most} teams, or add sites.",
            teams=teams,
            sites=sites,
            most=min(sites, MOST_TEAMS),
        )
    return Plan(teams, tuple(_cover(half, teams) for half in presence.halves))


def exposed(values: Sequence[float], cover: Sequence[int]) -> float:
    """Give the people that an attacker expects at the worst site: values (people) less what is covered."""
    return float((np.asarray(values) * (1 - np.asarray(cover) / WHOLE)).max())


def _cover(half: HalfDay, teams: int) -> Cover:
    solution = solve(StaticGame.zero_sum(half.middle, teams))
    parts = in_millionths(solution.coverage, teams)
    return Cover(
        tuple(parts),
        # What the rounded cover gives, not what the solver gave before rounding.
        exposed=math.ceil(exposed(half.middle, parts) * THOUSANDTHS),
        least=max(0, math.floor(-solution.bound * THOUSANDTHS)),
    )
