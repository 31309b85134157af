"""The tree in tiles, and the files made of it."""

from hashlib import sha256

import pytest
from hypothesis import given, settings, strategies as st
from pymerkle import InmemoryTree

from vigie.errors import BadInput
from vigie.ledger import tiles, tree

ENTRIES = [str(n).encode() for n in range(1500)]
LEAVES = [tree.leaf_hash(entry) for entry in ENTRIES]
GROWN = tiles.grown(LEAVES)


@pytest.fixture(scope="module")
def oracle():
    other = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        other.append_entry(entry)
    return other


@settings(deadline=None)
@given(size=st.integers(1, 1500), data=st.data())
def test_proofs_from_tiles_are_those_an_independent_library_gives(oracle, size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(GROWN.node, index, size)
    assert (
        proof == [bytes.fromhex(p) for p in oracle.prove_inclusion(index + 1, size).serialize()["path"]][1:]
    )
    assert tree.check_inclusion(LEAVES[index], index, size, proof, oracle.get_root(size))


@settings(deadline=None)
@given(size=st.integers(1, 1499), data=st.data())
def test_any_earlier_tree_is_shown_to_be_a_prefix(oracle, size, data):
    older = data.draw(st.integers(1, size))
    proof = tree.consistency_proof(GROWN.node, older, size)
    assert tree.check_consistency(older, oracle.get_root(older), size, oracle.get_root(size), proof)
    assert not tree.check_consistency(older, oracle.get_root(size + 1), size, oracle.get_root(size), proof)


@given(st.lists(st.integers(0, 300), max_size=6))
def test_a_tree_taken_up_again_from_its_kept_tiles_is_the_same(steps):
    kept, size = {}, 0
    for step in steps:
        growing = tiles.Tiles(size, lambda *key, kept=kept: bytes(kept.get(key, b"")))
        for leaf in LEAVES[size : size + step]:
            growing.add(leaf)
        kept |= {key: bytes(growing.tile(*key)) for key in growing.changed}
        size = growing.size
    whole = tiles.grown(LEAVES[:size])
    assert kept == {key: bytes(whole.tile(*key)) for key in whole.changed}


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 512, 70_000])
def test_the_tiles_of_a_size_are_those_the_format_asks_for(size):
    wanted = []
    for level in range(3):
        count = size // 256**level
        wanted += [(level, n, 256) for n in range(count // 256)]
        wanted += [(level, count // 256, count % 256)] if count % 256 else []
    assert list(tiles.spans(size)) == wanted


def test_each_hash_of_a_tile_is_the_root_of_what_it_spans():
    for level, place, width in tiles.spans(1500):
        data = tiles.own_hashes(GROWN.tile(level, place), width)
        wide = 256**level
        first = place * 256
        assert data == b"".join(
            tree.root_of(LEAVES[n * wide : (n + 1) * wide]) for n in range(first, first + width)
        )


@pytest.mark.parametrize("width", range(257))
def test_a_kept_tile_tells_its_width(width):
    assert tiles.width_of(tiles.grown(LEAVES[:width]).tile(0, 0)) == width


@pytest.mark.parametrize("size", [1, 31, 33, 64, 160])
def test_bytes_that_are_no_tile_are_refused(size):
    with pytest.raises(ValueError, match=f"no tile is kept in {size} bytes"):
        tiles.width_of(b"\0" * size)


def test_a_node_that_is_not_there_yet_is_refused():
    with pytest.raises(IndexError, match="no node of height 2 at 1"):
        tiles.grown(LEAVES[:7]).node(2, 1)


@pytest.mark.parametrize(
    ("place", "width", "path"),
    [
        (0, 256, "000"),
        (7, 3, "007.p/3"),
        (999, 256, "999"),
        (1000, 256, "x001/000"),
        (1234067, 256, "x001/x234/067"),
        (1234067, 1, "x001/x234/067.p/1"),
    ],
)
def test_files_are_named_as_the_format_asks(place, width, path):
    assert tiles.name(place, width) == path


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_back(entries):
    data = tiles.bundle(entries)
    assert tiles.unbundled(data) == entries


def test_a_bundle_cut_short_is_refused():
    data = tiles.bundle([b"one", b"two"])
    for end in (len(data) - 1, len(data) - 4):
        with pytest.raises(ValueError, match="ends inside"):
            tiles.unbundled(data[:end])


def test_an_entry_too_long_for_a_bundle_is_refused():
    tiles.bundle([b"x" * 65_535])
    with pytest.raises(BadInput, match="65536 bytes does not fit"):
        tiles.bundle([b"x" * 65_536])


def test_a_leaf_is_hashed_as_the_standard_says():
    assert GROWN.node(0, 3) == sha256(b"\x00" + ENTRIES[3]).digest()
