"""Where the record stands: its size, the edge of its tree, its length at an instant."""

from bisect import bisect_right
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections

from vigie import times
from vigie.errors import RecordBroken, VigieError
from vigie.homes import Home
from vigie.ledger import batch, edge_mac, keys, statements, tree
from vigie.ledger.models import Edge, Entry


class NoRecord(RecordBroken):
    """There is no record to add to, or its edge cannot be read."""


def head() -> tuple[int, bytes]:
    """Give the size of the record and the root of its tree."""
    edge, _last_at = newest_edge()
    return edge.size, edge.root()


def newest_edge() -> tuple[tree.Edge, str]:
    """Give the edge the next entry is added to, and the time of the last one. Raises NoRecord.

    Inside a recording it is the edge as it has grown by then, else the one the database holds.
    """
    under_way = batch.current.get()
    if under_way is not None and under_way.edge is not None:
        return tree.Edge(under_way.edge.size, list(under_way.edge.hashes)), under_way.last_at
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.EDGE)
        return edge_of(cursor.fetchone())


def edge_of(row: tuple[Any, ...] | None) -> tuple[tree.Edge, str]:
    """Read what `statements.EDGE` gives. Raises NoRecord."""
    if row is None:
        raise NoRecord(
            "This home has no record yet, or the edge of its tree was taken away. Check it with: vigie record verify"
        )
    try:
        return tree.Edge.unpacked(row[0], bytes(row[1])), row[2]
    except (ValueError, TypeError):
        raise NoRecord(
            "The edge of the record's tree was changed: nothing can be added. Find what else was, with: vigie record verify"
        ) from None


def position(known: datetime) -> int:
    """Give how many entries the record held at an instant. Times never decrease, so the place is found by halving."""
    wanted, size = times.text(known), newest_edge()[0].size
    with connections["record"].cursor() as cursor:

        def at(seq: int) -> str:
            cursor.execute(statements.AT, [seq])
            return str(cursor.fetchone()[0])

        return bisect_right(range(size), wanted, key=at)


def root_at(size: int) -> bytes:
    """Give the root of the tree over the first `size` entries, read from the entries themselves."""
    rows = Entry.objects.filter(seq__lt=size).order_by("seq").values_list("envelope", flat=True)
    return tree.root_of(tree.leaf_hash(bytes(envelope)) for envelope in rows.iterator())


def is_ours(row: Edge) -> bool:
    """Say whether this home wrote the edge, so that the entries after the last checkpoint are its own and wait for theirs."""
    home: Home = settings.VIGIE_HOME
    try:
        key = keys.signing(home.keys)
        return edge_mac.holds(key, row.size, bytes(row.hashes), row.last_at, bytes(row.mac))
    except (VigieError, AttributeError, TypeError):
        return False  # a row that was changed by hand may hold anything
