"""The tree in tiles: what is kept of it so that proofs are quick, and the static files an outsider reads.

A tile spans 256 neighbours of one level; each hash of a tile one level up is the root of a full tile below (C2SP
tlog-tiles). Kept tiles hold the nodes inside too, in the order in which a growing tree completes them: a leaf, then
every subtree it closes. So a tile grows at its end alone, and any node of it is found by arithmetic.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from struct import pack, unpack_from

from vigie.errors import BadInput
from vigie.ledger.tree import node_hash

WIDTH = 256
_HEIGHT = 8
_HASH = 32
WIDEST_ENTRY = 2**16 - 1
"""Bytes of the longest entry a bundle holds: its length is two bytes."""

Fetch = Callable[[int, int], bytes]
"""Gives what is kept of the tile of a level at a place; nothing where there is none yet."""


def _before(leaf: int) -> int:
    """Give how many nodes of a tile are complete before its hash number `leaf` is added."""
    return 2 * leaf - leaf.bit_count()


def width_of(nodes: bytes | bytearray) -> int:
    """Give how many hashes of its own level a kept tile spans. Raises ValueError when no width gives that length."""
    count = len(nodes) // _HASH
    width = next((w for w in range(count // 2, min(count, WIDTH) + 1) if _before(w) == count), None)
    if width is None or len(nodes) % _HASH:
        raise ValueError(f"no tile is kept in {len(nodes)} bytes")
    return width


def own_hashes(nodes: bytes | bytearray, width: int) -> bytes:
    """Give the first `width` hashes of a kept tile's own level, one after the other: the file of that tile."""
    return b"".join(nodes[at : at + _HASH] for at in (_before(place) * _HASH for place in range(width)))


class Tiles:
    """A tree that grows tile by tile, and gives any node of it.

    size: leaves so far; fetch: where tiles that are not in memory are kept. changed: tiles that grew since.
    """

    def __init__(self, size: int = 0, fetch: Fetch = lambda _level, _place: b"") -> None:
        self.size = size
        self.changed: set[tuple[int, int]] = set()
        self._fetch = fetch
        self._held: dict[tuple[int, int], bytes | bytearray] = {}

    def tile(self, level: int, place: int) -> bytes | bytearray:
        """Give what is kept of one tile."""
        held = self._held.get((level, place))
        if held is None:
            held = self._held[level, place] = self._fetch(level, place)
        return held

    def add(self, leaf: bytes) -> None:
        """Grow by one leaf (its hash)."""
        self._add(0, self.size, leaf)
        self.size += 1

    def _add(self, level: int, place: int, top: bytes) -> None:
        key = (level, place // WIDTH)
        nodes = self.tile(*key)
        if not isinstance(nodes, bytearray):
            nodes = self._held[key] = bytearray(nodes)
        self.changed.add(key)
        nodes += top
        carry, height = place % WIDTH, 0
        while carry & 1:
            # The left neighbour was complete before the first leaf of this subtree came.
            first = (place % WIDTH >> height) - 1
            at = (_before(((first + 1) << height) - 1) + height) * _HASH
            top = node_hash(bytes(nodes[at : at + _HASH]), top)
            nodes += top
            carry, height = carry >> 1, height + 1
        if height == _HEIGHT:
            self._add(level + 1, place // WIDTH, top)

    def node(self, height: int, place: int) -> bytes:
        """Give the hash of a perfect subtree. Raises IndexError where the tree has not grown that far, or a tile is not kept."""
        level, inner = divmod(height, _HEIGHT)
        tile, first = divmod(place << inner, WIDTH)
        at = (_before(first + (1 << inner) - 1) + inner) * _HASH
        found = bytes(self.tile(level, tile)[at : at + _HASH])
        if len(found) != _HASH:
            raise IndexError(f"the tree has no node of height {height} at {place}, or its tile is not kept")
        return found


def grown(leaves: Iterable[bytes]) -> Tiles:
    """Give the tree over leaf hashes, held in memory."""
    tiles = Tiles()
    for leaf in leaves:
        tiles.add(leaf)
    return tiles


def name(place: int, width: int = WIDTH) -> str:
    """Name a tile's file inside its level's folder: `x001/x234/067`, with `.p/<width>` where it is not full."""
    digits = f"{place:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[n : n + 3] for n in range(0, len(digits), 3)]
    path = "/".join([*("x" + part for part in parts[:-1]), parts[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def spans(size: int) -> Iterator[tuple[int, int, int]]:
    """List the tiles of a tree of `size` leaves: (level, place, width), empty ones left out."""
    level = 0
    while size:
        for place in range(size // WIDTH):
            yield level, place, WIDTH
        if size % WIDTH:
            yield level, size // WIDTH, size % WIDTH
        level, size = level + 1, size // WIDTH


def tile_name(level: int | str, place: int, width: int) -> str:
    """Name a tile's file from the log's own folder; level `entries` for the entries themselves."""
    return f"tile/{level}/{name(place, width)}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Write up to 256 entries as one file: each after its length in two bytes. Raises BadInput for one too long."""
    for entry in entries:
        if len(entry) > WIDEST_ENTRY:
            raise BadInput(
                "An entry of {size} bytes does not fit a bundle. At most {most} fit.",
                size=len(entry),
                most=WIDEST_ENTRY,
            )
    return b"".join(pack(">H", len(entry)) + entry for entry in entries)


def unbundled(data: bytes) -> list[bytes]:
    """Read a bundle back. Raises ValueError when it ends inside an entry."""
    entries, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("the bundle ends inside an entry's length")
        (length,) = unpack_from(">H", data, at)
        at += 2 + length
        if at > len(data):
            raise ValueError("the bundle ends inside an entry")
        entries.append(data[at - length : at])
    return entries
