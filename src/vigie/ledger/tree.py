"""The Merkle tree of RFC 6962 (section 2): leaf and node hashes, the growing edge, proofs and their checks.

A tree over n leaves splits at the largest power of two below n; leaves are prefixed with 0x00 and nodes with
0x01 so that neither can be taken for the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY = sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""Gives the hash of the perfect subtree of a height (0: a leaf) at a place, counted from the left at that height."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry as a leaf: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees as a node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Edge:
    """The right edge of a growing tree: the roots of its perfect subtrees, from the largest to the smallest.

    size: number of leaves; hashes: one 32-byte root for each bit set in `size`.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Grow by one leaf (its hash, 32 bytes): equal neighbours merge like carries in binary addition."""
        self.hashes.append(leaf)
        carry = self.size
        while carry & 1:
            right = self.hashes.pop()
            self.hashes[-1] = node_hash(self.hashes[-1], right)
            carry >>= 1
        self.size += 1

    def join(self, right: "Edge") -> None:
        """Grow by the leaves of another edge at once. Raises ValueError unless a tree of ours splits where it begins."""
        if right.hashes and self.size & (1 << right.size.bit_length() - 1) - 1:
            raise ValueError(f"{right.size} leaves cannot be joined to {self.size}: no subtree begins there")
        for (height, _), top in zip(_peaks(right.size), right.hashes, strict=True):
            while self.size >> height & 1:
                top = node_hash(self.hashes.pop(), top)  # noqa: PLW2901 - it carries, as in binary addition
                self.size -= 1 << height
                height += 1  # noqa: PLW2901
            self.hashes.append(top)
            self.size += 1 << height

    def root(self) -> bytes:
        """Give the root hash, 32 bytes; of an empty tree, the hash of nothing."""
        if not self.hashes:
            return EMPTY
        *rest, top = self.hashes
        for left in reversed(rest):
            top = node_hash(left, top)
        return top

    def packed(self) -> bytes:
        """Write the hashes one after the other, 32 bytes each."""
        return b"".join(self.hashes)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Edge":
        """Read back what `packed` wrote. Raises ValueError when it does not fit `size`."""
        if len(packed) != 32 * size.bit_count():
            raise ValueError(
                f"an edge of {size} leaves has {size.bit_count()} hashes, not {len(packed) / 32:g}"
            )
        return cls(size, [packed[i : i + 32] for i in range(0, len(packed), 32)])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over leaf hashes."""
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf)
    return edge.root()


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Give the hashes of all perfect subtrees over leaf hashes, by height and place: the nodes `root_at` and proofs ask for."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = iter(levels[-1])
        levels.append(
            [sha256(b"\x01" + left + right).digest() for left, right in zip(below, below, strict=False)]
        )
    return levels


def edge_of(levels: Sequence[Sequence[bytes]]) -> Edge:
    """Give the right edge of the tree whose perfect subtrees these are."""
    size = len(levels[0])
    return Edge(size, [levels[height][place] for height, place in _peaks(size)])


def _peaks(size: int, start: int = 0) -> list[tuple[int, int]]:
    """List the perfect subtrees a tree of `size` leaves is made of, from the left, each as (height, place at it).

    start: number of leaves before it, a multiple of the largest of them.
    """
    peaks = []
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            peaks.append((height, start >> height))
            start += 1 << height
    return peaks


def _joined(node: Node, peaks: Sequence[tuple[int, int]]) -> bytes:
    *rest, last = peaks
    top = node(*last)
    for peak in reversed(rest):
        top = node_hash(node(*peak), top)
    return top


def root_at(node: Node, size: int) -> bytes:
    """Give the root of the tree of the first `size` leaves from its nodes."""
    return _joined(node, _peaks(size)) if size else EMPTY


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """Give the audit path of leaf `index` in the tree of `size` leaves (RFC 6962 section 2.1.1), from the leaf upwards.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    peaks = _peaks(size)
    own = next(n for n, (height, place) in enumerate(peaks) if index >> height == place)
    path = [node(height, index >> height ^ 1) for height in range(peaks[own][0])]
    if peaks[own + 1 :]:
        path.append(_joined(node, peaks[own + 1 :]))
    return path + [node(*peak) for peak in reversed(peaks[:own])]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows that `leaf` is leaf `index` of the tree of `size` leaves under `root`.

    The loop of RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    fn, sn, top = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            top = node_hash(step, top)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            top = node_hash(top, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and top == root


def consistency_proof(node: Node, older: int, size: int) -> list[bytes]:
    """Give the proof that the tree of the first `older` leaves is a prefix of that of `size` (RFC 6962 section 2.1.2).

    Raises IndexError unless 0 < older <= size.
    """
    if not 0 < older <= size:
        raise IndexError(f"no earlier tree of {older} in a tree of {size}")
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while older != end:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if older <= middle:
            proof.append(_joined(node, _peaks(end - middle, middle)))
            end = middle
        else:
            proof.append(_joined(node, _peaks(middle - start, start)))
            start, whole = middle, False
    if not whole:
        proof.append(_joined(node, _peaks(end - start, start)))
    return proof[::-1]


def check_consistency(older: int, older_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether `proof` shows that the tree of `older` leaves is a prefix of the tree of `size` leaves.

    The loop of RFC 9162 section 2.1.4.2.
    """
    if not 0 < older <= size:
        return False
    if older == size:
        return not proof and older_root == root
    path = list(proof)
    if older & (older - 1) == 0:
        path.insert(0, older_root)
    if not path:
        return False
    fn, sn = older - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(step, first), node_hash(step, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == older_root and second == root
