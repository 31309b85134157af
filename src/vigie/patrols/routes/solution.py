"""What a solver of a route game answers, and when it may stop."""

from dataclasses import dataclass

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray


@dataclass(frozen=True)
class Stop:
    """When to stop: as soon as bound - value <= gap x |bound|, and after about `seconds` in any case.

    gap: >= 0, or None for 1e-7 in games of up to 2,000 cells times teams and 1e-3 beyond.
    seconds: > 0, or None for a limit that grows with sites x slots x teams, 30 s to 20 min.
    """

    gap: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, eq=False)
class Proof:
    """What proves a limit, (sites, slots) each; certificate.py says how.

    chances: the attacker's, of each cell, >= 0, adding up to 1. prices: of one team in each cell, >= 0; None when the
    limit stands on all joint schedules of a tiny game: none of them loses less against these chances.
    """

    chances: FloatArray
    prices: FloatArray | None


@dataclass(frozen=True, eq=False)
class RouteSolution:
    """A mix of joint schedules and what it is worth.

    mix: pairs of a chance, adding up to 1, and one route per team, (length, 2) each: site, slot, in order.
    value: the defender's: minus the loss at the worst cell, recomputed from the mix. attacker_value: that loss.
    attacked: the worst cell, (site, slot). bound: no mix is worth more than this; proof: why. seconds: time the solver took.
    """

    mix: tuple[tuple[float, tuple[IntArray, ...]], ...]
    value: float
    attacker_value: float
    attacked: tuple[int, int]
    bound: float
    proof: Proof
    seconds: float
