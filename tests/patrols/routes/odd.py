"""Small games of odd shapes: zero trips, detours that are faster, no way back, late starts."""

import numpy as np

from vigie.patrols.routes.game import RouteGame


def odd(seed, **more):
    """Give a game of 3 sites and 5 slots; every third has a trip that is faster over another site."""
    chance = np.random.default_rng(seed)
    travel = chance.integers(0, 4, (3, 3)).astype(object)
    if seed % 3 == 0:
        travel[0, 2], travel[0, 1], travel[1, 2] = 4, 0, 0
    if seed % 4 == 1:
        travel[2, 1] = None
    given = {
        "value": chance.integers(0, 10, (3, 5)),
        "travel": travel.tolist(),
        "teams": 2,
        "min_dwell": int(chance.integers(1, 4)),
        "start": [None, None, 0][seed % 3],
        "detection": [1.0, 0.6][seed % 2],
    }
    return RouteGame(**(given | more))
