"""The plans people make without a computer, judged like ours: what each leaves exposed at its worst place and time."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.plan import THOUSANDTHS
from vigie.patrols.presence import Presence


@dataclass(frozen=True)
class Rivals:
    """Thousandths of people exposed when teams are spread evenly, by people expected, or fixed at the fullest sites."""

    uniform: int
    proportional: int
    fixed: int


def rivals(presence: Presence, teams: int) -> Rivals:
    """Judge the three rival plans with as many teams (at most as many as sites)."""
    return Rivals(*(_worst(presence, teams, cover) for cover in (uniform, proportional, fixed)))


def uniform(values: FloatArray, teams: int) -> FloatArray:
    """Cover every site alike: (n,) chances that add up to `teams`."""
    return np.full(len(values), teams / len(values))


def proportional(values: FloatArray, teams: int) -> FloatArray:
    """Cover sites by the people expected there, none more than wholly: (n,) chances that add up to `teams` at most."""
    cover = np.zeros(len(values))
    open_sites = values > 0
    while (left := teams - cover.sum()) > 1e-12 and open_sites.any():
        share = cover + np.where(open_sites, left * values / values[open_sites].sum(), 0.0)
        cover = np.minimum(share, 1.0)
        open_sites &= cover < 1
        if (share <= 1).all():
            break
    return cover


def fixed(values: FloatArray, teams: int) -> FloatArray:
    """Keep a team at each of the fullest sites, known to all: (n,) of 0 and 1."""
    cover = np.zeros(len(values))
    cover[np.argsort(-values, kind="stable")[:teams]] = 1.0
    return cover


def _worst(presence: Presence, teams: int, cover: Callable[[FloatArray, int], FloatArray]) -> int:
    def left(middle: Sequence[float]) -> float:
        values = np.asarray(middle)
        return float((values * (1 - cover(values, teams))).max())

    return math.ceil(max(left(half.middle) for half in presence.halves) * THOUSANDTHS)
