"""Flows of teams through a graph, as rows and columns of a linear programme.

Columns: teams that start, stay, settle and travel; then, of each cell, pieces for its first, second, … team. Rows,
each at least zero: what comes to an arrival less what settles there; what comes to a presence less what leaves it;
what stands in a cell less its pieces; and, last, the teams that start. A team may stand down anywhere.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from vigie.patrols.game import FloatArray
from vigie.patrols.linear import Sparse
from vigie.patrols.routes.game import IntArray
from vigie.patrols.routes.graph import BoolArray, Graph

Entries = tuple[IntArray, IntArray, float | FloatArray]


class Flow:
    """Numbers of rows and columns, and the entries of the rows. Trips come last: `trip` are those chosen, in order.

    stays, cells: node numbers that the columns `stay` and the rows `standing` belong to. pieces: one run of columns
    per piece, a column per cell; none when `many` is 0. team: the row of the teams that start.
    """

    def __init__(self, graph: Graph, chosen: BoolArray, many: int) -> None:
        self.graph = graph
        count, dwell = graph.shape[1], graph.game.min_dwell
        comes, here = np.flatnonzero(graph.comes), np.flatnonzero(graph.here)
        self.comes, self.stays, self.cells = comes, np.flatnonzero(graph.stays), np.flatnonzero(graph.matters)
        tails, heads = graph.tails[chosen], graph.heads[chosen]
        arrival, presence = _numbered(graph, comes, 0), _numbered(graph, here, len(comes))
        through = _numbered(graph, self.cells, len(comes) + len(here))
        self.standing = through[self.cells]
        self.team = len(comes) + len(here) + len(self.cells)
        self.rows = self.team + 1
        runs = [len(graph.starts), len(self.stays), len(comes), *[len(self.cells)] * many, len(tails)]
        ends = np.cumsum([0, *runs])
        self.start, self.stay, self.settle, *self.pieces, self.trip = (
            np.arange(low, high) for low, high in pairwise(ends)
        )
        self.columns = int(ends[-1])
        self.entries: list[Entries] = [
            (arrival[graph.starts], self.start, 1.0),
            (np.full(len(self.start), self.team), self.start, 1.0),
            (presence[self.stays], self.stay, 1.0),
            (presence[self.stays - count], self.stay, -1.0),
            (through[self.stays], self.stay, 1.0),
            (arrival[comes], self.settle, -1.0),
            (presence[comes + (dwell - 1) * count], self.settle, 1.0),
            *((through[comes + k * count], self.settle, 1.0) for k in range(dwell)),
            *((self.standing, piece, -1.0) for piece in self.pieces),
            (presence[tails], self.trip, -1.0),
            (arrival[heads], self.trip, 1.0),
        ]

    def sparse(self, more: Iterable[Entries] = (), rows: int = 0, columns: int = 0) -> Sparse:
        """Give the entries and `more`, which may lie in so many further rows and columns."""
        every = [*self.entries, *more]
        row = np.concatenate([one for one, _, _ in every])
        column = np.concatenate([one for _, one, _ in every])
        value = np.concatenate([np.broadcast_to(one, at.shape) for at, _, one in every])
        there = row >= 0
        return Sparse(row[there], column[there], value[there], (self.rows + rows, self.columns + columns))

    def mean(self, teams: FloatArray) -> FloatArray:
        """Give how many teams stand in each cell, (slots, kept sites), when `teams` (columns,) flow."""
        dwell, count = self.graph.game.min_dwell, self.graph.shape[1]
        stand = np.zeros(self.graph.matters.size)
        np.add.at(stand, self.stays, teams[self.stay])
        for k in range(dwell):
            np.add.at(stand, self.comes + k * count, teams[self.settle])
        return stand.reshape(self.graph.shape)


def _numbered(graph: Graph, nodes: IntArray, first: int) -> IntArray:
    """Give the row of each node, -1 where it has none."""
    row = np.full(graph.matters.size, -1, dtype=np.int64)
    row[nodes] = first + np.arange(len(nodes))
    return row
