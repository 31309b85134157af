"""The best cover against several types of attackers: exact when all attacks can be looked through, else with a limit."""

from time import perf_counter

from vigie.patrols import optimum
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.solution import BayesianSolution, worth
from vigie.patrols.bayes.tree import search

_SECONDS = 60.0


def solve(game: BayesianGame, seconds: float = _SECONDS) -> BayesianSolution:
    """Give a strong Stackelberg equilibrium: ties of each type go as the defender likes.

    seconds: after about so long the best cover so far is given, and the bound says how far it can be from the best.
    One type is a static game and is solved as one.
    """
    began = perf_counter()
    if len(game.types) == 1:
        alone = optimum.solve(game.types[0][1])
        coverage, chance = alone.coverage, game.types[0][0]
        bound = max(chance * alone.bound, worth(game, coverage).value)
    else:
        best = search(game, until=began + seconds)
        coverage, bound = best.coverage, best.bound
    found = worth(game, coverage)
    return BayesianSolution(
        value=found.value,
        value_pessimistic=found.value_pessimistic,
        attacker_value=found.attacker_value,
        attacked=found.attacked,
        coverage=coverage,
        bound=bound,
        seconds=perf_counter() - began,
    )
