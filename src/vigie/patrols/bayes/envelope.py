"""How much the defender can get from one type, given what that type gets: straight lines above the truth.

At attacker's value w, site j can be attacked only with c_j = (att_uncovered_j - w) / (its slope), which gives the
defender a payoff that falls with w. The pairs (w, defender's payoff) that can happen lie on one segment per site; every mix
of covers lies below the concave hull of their ends.
"""

from itertools import pairwise

import numpy as np

from vigie.patrols.game import FLAT, FloatArray, StaticGame


def lines(game: StaticGame) -> FloatArray:
    """Give lines (k, 2) of slope and height: defender's value <= slope * attacker's value + height, under every cover."""
    takes = game.att_uncovered - game.att_covered
    floor = float(game.att_covered.max())
    points = []
    for j in range(game.n):
        top, bottom = float(game.att_uncovered[j]), max(float(game.att_covered[j]), floor)
        if top < floor:
            continue
        bare, full = float(game.def_uncovered[j]), float(game.def_covered[j])
        most = min(1.0, game.resources)
        if takes[j] <= FLAT:
            points.append((top, bare + (full - bare) * most))
            continue
        cover = min((top - bottom) / float(takes[j]), most)
        points += [(top, bare), (top - float(takes[j]) * cover, bare + (full - bare) * cover)]
    return _upper_hull(points)


def _upper_hull(points: list[tuple[float, float]]) -> FloatArray:
    best: dict[float, float] = {}
    for x, y in points:
        best[x] = max(y, best.get(x, -np.inf))
    hull: list[tuple[float, float]] = []
    for x, y in sorted(best.items()):
        while len(hull) > 1 and _turn(hull[-2], hull[-1], (x, y)) >= 0:
            hull.pop()
        hull.append((x, y))
    found = [(0.0, max(y for _, y in hull))]
    for (x, y), (x2, y2) in pairwise(hull):
        # A step too steep for doubles bounds nothing.
        if x2 - x > 1e-7 * (abs(x) + abs(x2)):
            slope = (y2 - y) / (x2 - x)
            # Both ends stay below the line whatever was rounded.
            found.append((slope, max(y - slope * x, y2 - slope * x2)))
    lines_ = np.array(found)
    for x, y in hull:
        lines_[:, 1] += np.maximum(y - (lines_[:, 0] * x + lines_[:, 1]), 0.0)
    return lines_


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
