"""Random route games for benchmarks and tests: sites in a square, heavy-tailed values, one daily peak each."""

import numpy as np

from vigie.patrols.routes.game import RouteGame


def drawn(
    seed: int, *, sites: int, slots: int, teams: int, min_dwell: int = 1, detection: float = 1.0
) -> RouteGame:
    """Give the game of `seed`: the same numbers on every machine with the same numpy.

    Site values are Pareto (shape 1.5) around 1; each has one peak in the day, of random place and width; a trip
    takes a slot, and another per third of the square's side.
    """
    rng = np.random.default_rng(seed)
    base = 1.0 + rng.pareto(1.5, sites)
    peak, width = rng.uniform(0, slots, sites), rng.uniform(slots / 8, slots / 2, sites)
    away = (np.arange(slots) - peak[:, None]) / width[:, None]
    value = base[:, None] * (0.2 + np.exp(-(away**2)))
    place = rng.uniform(0, 1, (sites, 2))
    far = np.linalg.norm(place[:, None] - place[None], axis=2)
    return RouteGame(
        value=value,
        travel=1 + np.floor(3 * far).astype(np.int64),
        teams=teams,
        min_dwell=min_dwell,
        detection=detection,
    )
