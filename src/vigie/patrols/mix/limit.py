"""A second look at the limit of a route game, by other code than what found it: plain forward passes over the game itself.

Any chances q of the attacker and any prices r of a team in a cell prove, with w = q v and f(k) = 1 - (1 - d)^k,

    loss >= sum w - sum max_k (w f(k) - r k) - teams * (most that one route collects of r).

The route is looked for forwards, over all sites and all trips as the game gives them. Where no prices are given, all
joint schedules of a tiny game are gone through instead, as far as a sum of single routes does not rule them out.
"""

from math import fsum

import numpy as np

from vigie.errors import VigieError
from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import RouteGame
from vigie.patrols.routes.solution import Proof

_MOST_ROUTES = 20_000


class LimitNotProven(VigieError):
    """A proof that is none: chances that are no chances, tables of another size, a game too large to go through."""


def proven(game: RouteGame, proof: Proof) -> float:
    """Give the loss that `proof` shows no mix to go below, >= 0. Raises LimitNotProven when it is no proof."""
    for table in (proof.chances, proof.prices):
        if table is not None and (
            table.shape != game.value.shape or not ((table >= 0) & (table < np.inf)).all()
        ):
            raise LimitNotProven(
                "The proof is no table of the game's sites and slots with numbers of 0 or more."
            )
    total = fsum(proof.chances.ravel().tolist())
    if not total > 0:
        raise LimitNotProven("The chances of the proof are all zero.")
    stake = proof.chances / total * game.value
    whole = fsum(stake.ravel().tolist())
    if proof.prices is None:
        return max(whole - _most_jointly(game, stake), 0.0)
    prices = proof.prices / total
    kept = fsum(
        max(0.0, _most_beyond(float(w), float(r), game.detection, game.teams))
        for w, r in zip(stake.ravel(), prices.ravel(), strict=True)
        if w > 0
    )
    return max(whole - kept - game.teams * most_of(game, prices), 0.0)


def _most_beyond(stake: float, price: float, detection: float, teams: int) -> float:
    """Give the most that whole teams in a cell cover of its stake, beyond what they pay: each further one brings less."""
    gain = 0.0
    for k in range(teams):
        more = stake * detection * (1.0 - detection) ** k - price
        if more <= 0:
            break
        gain += more
    return gain


def most_of(game: RouteGame, prices: FloatArray) -> float:
    """Give the most that one route collects of `prices` (sites, slots), >= 0."""
    sites, slots = game.value.shape
    summed = np.concatenate([np.zeros((sites, 1)), np.cumsum(prices, axis=1)], axis=1)
    # comes[t]: collected by a team whose stay begins in slot t; best: by one whose stay is long enough, slot t included.
    comes = np.full((slots + 1, sites), -np.inf)
    if game.start is None:
        comes[:slots] = 0.0
    else:
        comes[0, game.start] = 0.0
    best, most = np.full(sites, -np.inf), 0.0
    reach = np.minimum(game.travel, slots)
    for t in range(slots):
        best = best + prices[:, t]
        first = t + 1 - game.min_dwell
        if first >= 0:
            best = np.maximum(best, comes[first] + summed[:, t + 1] - summed[:, first])
        most = max(most, float(best.max()))
        for i in np.flatnonzero(best > -np.inf):
            then = t + 1 + reach[i]
            to = np.flatnonzero((then < slots) & (np.arange(sites) != i))
            at = then[to], to
            comes[at] = np.maximum(comes[at], best[i])
    return most


def _most_jointly(game: RouteGame, stake: FloatArray) -> float:
    """Give the most that all teams of a tiny game cover of `stake` together."""
    routes = _routes(game)
    worth = np.array([sum(float(stake[cell]) for cell in route) for route in routes]) * game.detection
    order = np.argsort(-worth, kind="stable")
    missed = np.ones(game.value.shape)
    best = 0.0

    def take(first: int, left: int, so_far: float) -> None:
        nonlocal best
        best = max(best, so_far)
        for k in range(first, len(order)):
            if left == 0 or so_far + left * worth[order[k]] <= best:
                return
            cells = tuple(np.array(routes[order[k]]).T)
            gain = float((stake[cells] * missed[cells]).sum()) * game.detection
            before = missed[cells].copy()
            missed[cells] = before * (1.0 - game.detection)
            take(k, left - 1, so_far + gain)
            missed[cells] = before

    take(0, game.teams, 0.0)
    return best


def _routes(game: RouteGame) -> list[tuple[tuple[int, int], ...]]:
    """Give all routes of a tiny game that stay on to the end of the day."""
    found: set[tuple[tuple[int, int], ...]] = set()

    def stay(cells: tuple[tuple[int, int], ...], site: int, slot: int) -> None:
        if len(found) > _MOST_ROUTES:
            raise LimitNotProven(
                "The game has more than {most} routes; without prices its limit is not checked again.",
                most=_MOST_ROUTES,
            )
        for last in range(slot + game.min_dwell - 1, game.slots):
            here = (*cells, *((site, t) for t in range(slot, last + 1)))
            if last + 1 == game.slots:
                found.add(here)
            for then in range(game.sites):
                arrives = last + 1 + int(game.travel[site, then])
                if then != site and arrives + game.min_dwell <= game.slots:
                    stay(here, then, arrives)

    for site in range(game.sites) if game.start is None else [game.start]:
        stay((), site, 0)
    return sorted(found)
