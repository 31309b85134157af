"""The best mix of given joint schedules, and the attacker's weights that make it the best: one linear programme.

    minimise L   over mixes p:   value_c * sum_k p_k (1 - coverage_kc) <= L   for every cell c

The prices of the rows are the attacker's mix. The interior point without crossover gives prices in the middle of
all best ones, which make stabler proofs than a corner's (J. Gondzio, P. Gonzalez-Brevis, P. Munari, EJOR 2013).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigie.patrols.game import FloatArray
from vigie.patrols.linear import Method, least


@dataclass(frozen=True, eq=False)
class Mixed:
    """Shares of the joint schedules (k,), the attacker's weights (cells,), and the worst loss of the mix."""

    shares: FloatArray
    weights: FloatArray
    loss: float


def mix(
    losses: FloatArray, *, level: float = 0.0, method: Method = "simplex", seconds: float = np.inf
) -> Mixed | None:
    """Give the mix whose worst loss is least; None when the time was up.

    losses: (k, cells), what an attack on each cell costs under each joint schedule, >= 0. level: a loss that no mix
    goes below: cells that never cost more are left out. seconds: limit of time.
    """
    many, cells = losses.shape
    scale = float(losses.max(initial=0.0))
    if scale <= 0:
        return Mixed(np.full(many, 1.0 / many), np.full(cells, 1.0 / cells), 0.0)
    rows_kept = np.flatnonzero(losses.max(axis=0) > max(level * (1 - 1e-9), scale * 1e-12))
    rows = np.zeros((rows_kept.size + 1, many + 1))
    rows[:-1, :many] = losses[:, rows_kept].T / scale
    rows[:-1, many] = -1.0
    rows[-1, :many] = 1.0
    low, high = np.full(rows_kept.size + 1, -np.inf), np.zeros(rows_kept.size + 1)
    low[-1] = high[-1] = 1.0
    found = least(
        np.append(np.zeros(many), 1.0),
        rows,
        low,
        high,
        column_low=np.zeros(many + 1),
        column_high=np.full(many + 1, np.inf),
        method=method,
        seconds=seconds,
    )
    if found is None:
        return None
    shares = np.maximum(found.point[:many], 0.0)
    shares /= shares.sum()
    weights = np.zeros(cells)
    weights[rows_kept] = np.abs(found.prices[:-1])
    return Mixed(shares, weights, float((shares @ losses).max()))


def kept(shares: FloatArray, least_share: float = 1e-7) -> tuple[NDArray[np.intp], FloatArray]:
    """Drop joint schedules of hardly any share; give those that stay and their shares, adding up to 1."""
    stay = np.flatnonzero(shares > least_share)
    return stay, shares[stay] / shares[stay].sum()
