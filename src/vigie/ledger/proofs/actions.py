"""Keeping the tiles up with the entries."""

from vigie.ledger import tiles, tree
from vigie.ledger.actions import recorded
from vigie.ledger.models import Entry, Tile
from vigie.ledger.proofs.queries import kept, spanned
from vigie.ledger.queries import newest_edge

_MOST = 8192
"""Entries taken in one transaction: others write in between."""


def keep_tiles() -> int:
    """Let the kept tiles span every entry. Gives how many entries were taken.

    Tiles that do not give the record's root are dropped, and all are made again.
    """
    taken = 0
    while more := _take():
        taken += more
    if not _agree():
        _drop()
        taken = 0
        while more := _take():
            taken += more
    return taken


@recorded
def _take() -> int:
    try:
        first = spanned()
    except ValueError:
        return 0  # `_agree` says so too
    growing = tiles.Tiles(first, kept)
    leaves = Entry.objects.filter(seq__gte=first, seq__lt=first + _MOST).order_by("seq")
    for leaf in leaves.values_list("leaf", flat=True):
        growing.add(bytes(leaf))
    rows = [
        Tile(id=f"{level}/{place}", level=level, place=place, nodes=bytes(growing.tile(level, place)))
        for level, place in sorted(growing.changed)
    ]
    Tile.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=["nodes"])
    return growing.size - first


@recorded
def _agree() -> bool:
    edge, _last_at = newest_edge()
    try:
        size = spanned()
        return size == edge.size and tree.root_at(tiles.Tiles(size, kept).node, size) == edge.root()
    except (IndexError, ValueError):
        return False


@recorded
def _drop() -> None:
    Tile.objects.all()._raw_delete("record")  # noqa: SLF001 - no row hangs on them
