"""The best mix of given joint schedules by an interior point method, for thousands of cells and schedules.

    minimise L   over p >= 0, sum p = 1:   losses p + s = L, s >= 0;   prices y >= 0 of the cells, sum y = 1

Predictor and corrector steps (S. Mehrotra, SIAM J. Optimization 2, 1992) on dense normal equations in p. The prices
lie in the middle of all best ones, which brings better new schedules than a corner's (J. Gondzio, P. Gonzalez-Brevis,
P. Munari, EJOR 2013). Whatever p and y come out, the worst loss of p is what it is: nothing is taken on trust.
"""

import numpy as np

from vigie.patrols.game import FloatArray

_MOST_STEPS = 60
_BACK, _TINY = 0.99, 1e-12


def middle(losses: FloatArray, close: float = 1e-6) -> tuple[FloatArray, FloatArray]:
    """Give shares of the schedules and chances of the cells, each adding up to 1, > 0.

    losses: (cells, schedules), what an attack on a cell costs under a schedule, >= 0. close: difference of the two
    sides, relative to the level, at which to stop.
    """
    scale = float(losses.max(initial=0.0)) or 1.0
    point = _Point(losses / scale)
    for _ in range(_MOST_STEPS):
        if point.apart() <= close or not point.step():
            break
    return point.p / point.p.sum(), point.y / point.y.sum()


class _Point:
    """Where the method stands. p, y: shares and chances; s, z: what they leave; level, team: what both sides reach."""

    def __init__(self, table: FloatArray) -> None:
        cells, many = table.shape
        self.table = table
        self.p, self.y = np.full(many, 1.0 / many), np.full(cells, 1.0 / cells)
        mean, price = table @ self.p, table.T @ self.y
        self.level, self.team = 1.1 * float(mean.max()) + 1e-3, 0.9 * float(price.min()) - 1e-3
        self.s, self.z = self.level - mean, price - self.team

    def apart(self) -> float:
        """Give how far the two sides are apart, relative to the level."""
        above = float((self.table @ self.p).max()) / float(self.p.sum())
        below = float((self.table.T @ self.y).min()) / float(self.y.sum())
        return (above - below) / max(above, _TINY)

    def step(self) -> bool:
        """Go a step; False when rounding lets none be taken."""
        table, p, y, s, z = self.table, self.p, self.y, self.s, self.z
        self.weight = y / s
        rooted = table * np.sqrt(self.weight)[:, None]
        normal = rooted.T @ rooted
        normal[np.diag_indices(len(p))] += z / p
        even = 1.0 / np.sqrt(normal.diagonal())
        try:
            inverse = np.linalg.inv(normal * even * even[:, None]) * even * even[:, None]
        except np.linalg.LinAlgError:
            return False
        self.normal, self.inverse = normal, inverse
        self.off_s, self.off_z = self.level - table @ p - s, table.T @ y - self.team - z
        self.sides = self._solved(np.stack([table.T @ self.weight, np.ones(len(p))], axis=1))
        both = len(p) + len(y)
        apart = (y @ s + p @ z) / both
        dp, ds, dy, dz, *_ = self._direction(-y * s, -p * z)
        a, b = _reach((p, dp), (s, ds)), _reach((y, dy), (z, dz))
        then = ((y + b * dy) @ (s + a * ds) + (p + a * dp) @ (z + b * dz)) / both
        centre = apart * (then / apart) ** 3
        dp, ds, dy, dz, level, team = self._direction(centre - y * s - dy * ds, centre - p * z - dp * dz)
        a, b = _BACK * _reach((p, dp), (s, ds)), _BACK * _reach((y, dy), (z, dz))
        if not (np.isfinite(a) and np.isfinite(b) and max(a, b) > _TINY):
            return False
        self.p, self.s, self.level = p + a * dp, s + a * ds, self.level + a * level
        self.y, self.z, self.team = y + b * dy, z + b * dz, self.team + b * team
        return True

    def _solved(self, right: FloatArray) -> FloatArray:
        first = self.inverse @ right
        refined: FloatArray = first + self.inverse @ (right - self.normal @ first)
        return refined

    def _direction(
        self, aim_s: FloatArray, aim_z: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, float, float]:
        """Give the Newton step to y s = y s + aim_s, p z = p z + aim_z, with all sums and sides made right.

        ds = dL - T dp + off_s, dz = T' dy - du + off_z, y ds + s dy = aim_s, z dp + p dz = aim_z.
        """
        table, weight, sides, p, y, s, z = self.table, self.weight, self.sides, self.p, self.y, self.s, self.z
        fixed = (aim_s - y * self.off_s) / s
        base = self._solved(aim_z / p - self.off_z - table.T @ fixed)
        system = np.array(
            [
                [sides[:, 0].sum(), sides[:, 1].sum()],
                [weight @ (table @ sides[:, 0]) - weight.sum(), weight @ (table @ sides[:, 1])],
            ]
        )
        short = np.array([1.0 - p.sum() - base.sum(), 1.0 - y.sum() - fixed.sum() - weight @ (table @ base)])
        level, team = np.linalg.lstsq(system, short)[0]
        dp = base + sides[:, 0] * level + sides[:, 1] * team
        ds = level - table @ dp + self.off_s
        return dp, ds, (aim_s - y * ds) / s, (aim_z - z * dp) / p, float(level), float(team)


def _reach(*pairs: tuple[FloatArray, FloatArray]) -> float:
    """Give how far, at most 1 / _BACK, all values may go along their changes without passing zero."""
    most = 1.0 / _BACK
    for values, changes in pairs:
        falls = changes < 0
        if falls.any():
            most = min(most, float((-values[falls] / changes[falls]).min()))
    return most
