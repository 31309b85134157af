"""The time-expanded graph of a route game, of only what an attacker could be drawn by.

Cells worth no more than a proven level never tempt an attacker: no weight is put on them, and what lies between
cells that matter is shortened to the fastest way. Nothing that a route can collect is lost:

    site     kept when it matters in some slot; ways over other sites become one trip, their shortest stays included
    arrival  (j, t), a stay begins: from the slot that just reaches the site's first cell that matters; a team that
             would come earlier comes at that slot (standing there meanwhile is what it does)
    presence (i, t), the stay is long enough to leave: until the site's last cell that matters
    stay     presence (i, t) to (i, t + 1); settling: arrival (i, t) to presence (i, t + min_dwell - 1)
    trip     presence (i, t) to arrival (j, t + 1 + travel)
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vigie.patrols.game import FloatArray
from vigie.patrols.routes.game import IntArray, RouteGame

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes and trips. Tables are (slots, kept sites); a node's number is slot x kept sites + place of the site.

    level: the proven loss that cells must be worth more than. sites: (k,) the sites kept, in the game's numbers.
    matters: cells above the level. comes, here: which arrivals and presences there are. stays: presences that are
    reached from the slot before. tails, heads: (trips,) node numbers of presence and arrival, in order of tails.
    legs: (sites, sites) slots of the fastest way between any two sites of the game.
    """

    game: RouteGame
    level: float
    sites: IntArray
    matters: BoolArray
    comes: BoolArray
    here: BoolArray
    stays: BoolArray
    tails: IntArray
    heads: IntArray
    legs: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        """Slots and kept sites."""
        slots, count = self.matters.shape
        return slots, count

    @cached_property
    def starts(self) -> IntArray:
        """Arrivals where a route may begin, node numbers."""
        count = len(self.sites)
        if self.game.start is not None:
            return np.flatnonzero(self.sites == self.game.start)
        first = np.where(self.comes.any(axis=0), self.comes.argmax(axis=0), -1)
        return np.asarray(np.flatnonzero(first >= 0) + first[first >= 0] * count, dtype=np.int64)

    def of(self, cells: FloatArray) -> FloatArray:
        """Give a table of the game's (sites, slots) as this graph's (slots, kept sites)."""
        return np.ascontiguousarray(cells[self.sites].T)

    def back(self, table: FloatArray) -> FloatArray:
        """Give a table of this graph as the game's (sites, slots), zero at sites not kept."""
        cells = np.zeros(self.game.value.shape)
        cells[self.sites] = table.T
        return cells

    def walk(self, nodes: IntArray) -> IntArray:
        """Give the cells of a route through `nodes`, (length, 2): site, slot, with stays on the way and early arrivals."""
        travel, dwell = self.game.travel, self.game.min_dwell
        slots_of, places = np.divmod(nodes, len(self.sites))
        cells: list[tuple[int, int]] = []
        for site, t in zip(self.sites[places].tolist(), slots_of.tolist(), strict=True):
            if cells:
                here, slot = cells[-1]
                while here != site and travel[here, site] > self.legs[here, site]:
                    over = travel[here] + dwell + self.legs[:, site] == self.legs[here, site]
                    via = int(np.flatnonzero(over)[0])
                    comes = slot + 1 + int(travel[here, via])
                    cells += [(via, comes + k) for k in range(dwell)]
                    here, slot = cells[-1]
                first = slot + 1 if here == site else slot + 1 + int(travel[here, site])
                cells += [(site, k) for k in range(first, t)]
            cells.append((site, t))
        return np.array(cells, dtype=np.int64)


def fastest(game: RouteGame) -> IntArray:
    """Give slots of the fastest way between any two sites, shortest stays on the way included; (sites, sites)."""
    legs = np.array(game.travel)
    dwell, most = game.min_dwell, game.slots + 1
    linked = legs < most
    if not linked.any() or 2 * int(legs[linked].min()) + dwell >= int(
        legs[~np.eye(game.sites, dtype=bool)].max()
    ):
        return legs
    for k in range(game.sites):
        np.minimum(legs, legs[:, k, None] + dwell + legs[None, k], out=legs)
    legs = np.minimum(legs, most)
    np.fill_diagonal(legs, most)
    return legs


def above(game: RouteGame, level: float, legs: IntArray | None = None) -> Graph:
    """Give the graph of the cells worth more than `level`, >= 0, which must be a loss that no mix goes below."""
    slots, dwell = game.slots, game.min_dwell
    matters = np.asarray(game.value > level)
    keep = np.asarray(matters.any(axis=1))
    if game.start is not None:
        keep[game.start] = True
    if not keep.any():
        keep[0] = True
    sites = np.flatnonzero(keep)
    legs = fastest(game) if legs is None else legs
    between = legs[np.ix_(sites, sites)]
    matter = matters[sites].T
    count = len(sites)
    some = matter.any(axis=0)
    last = np.where(some, slots - 1 - matter[::-1].argmax(axis=0), 0)
    first = np.where(some, np.maximum(matter.argmax(axis=0) - dwell + 1, 0), 0)
    if game.start is not None:
        first[sites == game.start] = 0
    final = np.minimum(last, slots - dwell)
    slot = np.arange(slots)[:, None]
    comes = (slot >= first) & (slot <= final)
    here = (slot >= first + dwell - 1) & (slot <= np.maximum(last, final + dwell - 1))
    stays = here & (slot > first + dwell - 1) & (slot <= last)
    tails, heads = [], []
    for t in range(slots - 1):
        there = np.flatnonzero(here[t])
        if not there.size:
            continue
        arrives = t + 1 + between[there]
        early = arrives < first
        fits = (arrives <= final) & (~early | (t >= last[there])[:, None])
        row, to = np.nonzero(fits)
        tails.append(t * count + there[row])
        heads.append(np.maximum(arrives, first)[row, to] * count + to)
    none = np.zeros(0, dtype=np.int64)
    return Graph(
        game, level, sites, matter, comes, here, stays,
        np.concatenate([none, *tails]), np.concatenate([none, *heads]), legs,
    )  # fmt: skip
