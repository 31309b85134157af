"""What a solver of a route game answers, and when it may stop."""

from dataclasses import dataclass

from vigie.patrols.routes.game import IntArray


@dataclass(frozen=True)
class Stop:
    """When to stop: as soon as bound - value <= gap x |bound|, and after about `seconds` in any case.

    seconds: > 0, or None for a limit that grows with sites x slots x teams, 25 s to 10 min.
    """

    gap: float = 1e-4
    seconds: float | None = None


@dataclass(frozen=True, eq=False)
class RouteSolution:
    """A mix of joint schedules and what it is worth.

    mix: pairs of a chance, adding up to 1, and one route per team, (length, 2) each: site, slot, in order.
    value: the defender's: minus the loss at the worst cell, recomputed from the mix. attacker_value: that loss.
    attacked: the worst cell, (site, slot). bound: no mix is worth more than this. seconds: time the solver took.
    """

    mix: tuple[tuple[float, tuple[IntArray, ...]], ...]
    value: float
    attacker_value: float
    attacked: tuple[int, int]
    bound: float
    seconds: float
