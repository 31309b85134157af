"""What a solver of a game answers: a cover, what it is worth, and the limit that is proven."""

from dataclasses import dataclass

from vigie.patrols.game import FloatArray


@dataclass(frozen=True, eq=False)
class Solution:
    """A cover and what it is worth.

    coverage: (n,), the chance that each site is covered, within floors, ceilings and resources.
    value: the defender's expected payoff when the attacker breaks ties as the defender likes.
    value_pessimistic: the same when ties are broken against the defender.
    attacker_value: the attacker's expected payoff at the best site.
    attacked: index of the site attacked when ties go to the defender.
    bound: no cover of this game is worth more than this to the defender; found apart from the solver.
    seconds: time the solver took, the bound included.
    """

    coverage: FloatArray
    value: float
    value_pessimistic: float
    attacker_value: float
    attacked: int
    bound: float
    seconds: float
