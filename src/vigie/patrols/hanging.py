"""What a plan hangs on: how much of it is assumed, and what it is worth should the assumptions be off.

Figures that a site brings itself stay as they are; those assumed from its kind or capacity go all together to
the low, then to the high end of their ranges. The regret is what the plan exposes then, against what a plan
made for those figures would.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve
from vigie.patrols.plan import THOUSANDTHS, Plan, exposed
from vigie.patrols.presence import HalfDay, Presence


@dataclass(frozen=True)
class Scenario:
    """Thousandths of people exposed at the worst place and time: by the plan, and by a plan made for the scenario."""

    plan: int
    best: int

    @property
    def regret(self) -> int:
        """Thousandths of the best that the plan loses by not having known."""
        return round((self.plan - self.best) * 1000 / self.best) if self.best else 0


@dataclass(frozen=True)
class Hanging:
    """assumed_share: thousandths of all people expected that are assumed; low, high: the two scenarios."""

    assumed_share: int
    low: Scenario
    high: Scenario


def hangs(presence: Presence, plan: Plan) -> Hanging:
    """Say how far `plan` hangs on what is assumed of the people expected."""
    total = sum(sum(half.middle) for half in presence.halves)
    assumed = sum(
        middle
        for half in presence.halves
        for middle, is_so in zip(half.middle, half.assumed, strict=True)
        if is_so
    )
    return Hanging(
        round(assumed * 1000 / total) if total else 0,
        _scenario(plan, [_at_end(half, half.low) for half in presence.halves]),
        _scenario(plan, [_at_end(half, half.high) for half in presence.halves]),
    )


def _at_end(half: HalfDay, end: Sequence[int]) -> list[float]:
    return [e if is_so else middle for e, middle, is_so in zip(end, half.middle, half.assumed, strict=True)]


def _scenario(plan: Plan, values: list[list[float]]) -> Scenario:
    ours = max(exposed(value, cover.cover) for value, cover in zip(values, plan.covers, strict=True))
    best = max(solve(StaticGame.zero_sum(value, plan.teams)).attacker_value for value in values)
    return Scenario(math.ceil(ours * THOUSANDTHS), math.ceil(best * THOUSANDTHS))
