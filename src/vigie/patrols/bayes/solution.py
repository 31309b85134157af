"""What a solver of a game against several types answers, and what a cover is worth there."""

from dataclasses import dataclass

import numpy as np

from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.game import FloatArray

# How close two payoffs of one type stand when they tie, relative to the largest of them.
TIE = 1e-9


@dataclass(frozen=True, eq=False)
class Worth:
    """The defender's value with ties in favour and against, the attackers' mean value, and the site each type attacks."""

    value: float
    value_pessimistic: float
    attacker_value: float
    attacked: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class BayesianSolution(Worth):
    """A cover (n,), what it is worth, the proven limit on the value, and the seconds that the solver took."""

    coverage: FloatArray
    bound: float
    seconds: float


def worth(game: BayesianGame, coverage: FloatArray) -> Worth:
    """Give what `coverage` (n,) is worth when each type attacks where it is best for him."""
    value = against = gained = 0.0
    attacked = []
    for chance, one in game.types:
        attacker, defender = one.attacker_at(coverage), one.defender_at(coverage)
        best = float(attacker.max())
        ties = np.flatnonzero(attacker >= best - TIE * max(abs(best), float(np.abs(one.att_uncovered).max())))
        site = int(ties[defender[ties].argmax()])
        attacked.append(site)
        value += chance * float(defender[site])
        against += chance * float(defender[ties].min())
        gained += chance * best
    return Worth(value, against, gained, tuple(attacked))
