"""A check of a mix of joint schedules that uses nothing of what made it: plain loops over the game's own lists.

Every route is walked slot by slot, every coverage added up as a chance, every statement compared; the limit is proven
once more by limit.py.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import fsum

from vigie.errors import VigieError
from vigie.patrols.mix.limit import proven
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.solution import RouteSolution

_AGREES = 1e-9
Cell = tuple[int, int]


class MixNotProven(VigieError):
    """A mix does not hold what it says: a route that cannot be walked, a wrong value, a bound not proven."""


def check(game: RouteGame, solution: RouteSolution) -> float:
    """Recompute what a solution states and give its gap: bound less value, >= 0.

    Raises MixNotProven naming the first thing that does not hold.
    """
    if (
        not all(0 < p <= 1 + _AGREES for p, _ in solution.mix)
        or abs(fsum(p for p, _ in solution.mix) - 1) > _AGREES
    ):
        raise MixNotProven("The chances of the mix are not positive or do not add up to 1.")
    losses = _losses(game, solution)
    worst = max(losses.values())
    room = _AGREES * max(float(game.value.max()), worst)
    for name, stated, true in (
        ("value", solution.value, -worst),
        ("attacker_value", solution.attacker_value, worst),
        ("loss at the attacked cell", losses[solution.attacked], worst),
    ):
        if abs(stated - true) > room:
            raise MixNotProven(
                "The {name} is stated as {stated:.12g} and comes out as {found:.12g}.",
                name=name,
                stated=stated,
                found=true,
            )
    if solution.value > solution.bound + room:
        raise MixNotProven(
            "The value {value:.12g} is above its proven limit {bound:.12g}.",
            value=solution.value,
            bound=solution.bound,
        )
    limit = proven(game, solution.proof)
    if -solution.bound > limit + room:
        raise MixNotProven(
            "The limit {bound:.12g} is not proven: the proof shows no more than {found:.12g}.",
            bound=solution.bound,
            found=-limit,
        )
    return max(solution.bound - solution.value, 0.0)


def _losses(game: RouteGame, solution: RouteSolution) -> dict[Cell, float]:
    """Give what an attack on each cell costs under the mix."""
    left = [[0.0] * game.slots for _ in range(game.sites)]
    for chance, teams in solution.mix:
        if len(teams) != game.teams:
            raise MixNotProven(
                "A schedule has {given} teams and the game {teams}.", given=len(teams), teams=game.teams
            )
        missed: dict[Cell, float] = {}
        for route in teams:
            for cell in walked(game, [(int(site), int(slot)) for site, slot in route]):
                missed[cell] = missed.get(cell, 1.0) * (1.0 - game.detection)
        for (site, slot), miss in missed.items():
            left[site][slot] += chance * (1.0 - miss)
    return {
        (site, slot): float(game.value[site, slot]) * (1.0 - left[site][slot])
        for site in range(game.sites)
        for slot in range(game.slots)
    }


def walked(game: RouteGame, route: Sequence[Cell]) -> Iterable[Cell]:
    """Give the cells of a route that a team can walk. Raises MixNotProven naming the step that it cannot."""
    if not route:
        raise MixNotProven("A route holds no cell.")
    for site, slot in route:
        if not (0 <= site < game.sites and 0 <= slot < game.slots):
            raise MixNotProven("A route leaves the game at site {site}, slot {slot}.", site=site, slot=slot)
    if game.start is not None and tuple(route[0]) != (game.start, 0):
        raise MixNotProven("A route does not begin at site {site} in slot 0.", site=game.start)
    stay = 1
    for (site, slot), (then, later) in pairwise(route):
        if site == then and later == slot + 1:
            stay += 1
            continue
        if site == then or later != slot + 1 + int(game.travel[site, then]) or stay < game.min_dwell:
            raise MixNotProven(
                "A route goes from site {site}, slot {slot} to site {then}, slot {later}: no such trip, or the stay was too short.",
                site=site,
                slot=slot,
                then=then,
                later=later,
            )
        stay = 1
    if stay < game.min_dwell:
        raise MixNotProven("A route ends with a stay shorter than {dwell} slots.", dwell=game.min_dwell)
    return route
