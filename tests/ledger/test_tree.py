"""The tree of RFC 6962."""

from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from vigie.ledger import tree
from vigie.ledger.tiles import grown

LEAVES = [tree.leaf_hash(bytes([n])) for n in range(40)]


def recursive_root(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + recursive_root(leaves[:k]) + recursive_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(40))
def test_the_growing_edge_gives_the_root_the_standard_defines(size):
    assert tree.root_of(LEAVES[:size]) == recursive_root(LEAVES[:size])


def test_the_root_is_the_one_an_independent_library_computes():
    from pymerkle import InmemoryTree

    oracle = InmemoryTree(algorithm="sha256")
    leaves = []
    for n in range(130):
        entry = str(n).encode()
        oracle.append_entry(entry)
        leaves.append(tree.leaf_hash(entry))
    assert oracle.get_root() == tree.root_of(leaves)


@given(size=st.integers(0, 40), height=st.integers(0, 5))
def test_stretches_of_a_power_of_two_joined_give_the_edge_that_grew_leaf_by_leaf(size, height):
    whole, joined, width = tree.Edge(), tree.Edge(), 1 << height
    for leaf in LEAVES[:size]:
        whole.add(leaf)
    for start in range(0, size, width):
        joined.join(tree.edge_of(tree.levels_of(LEAVES[start : min(start + width, size)])))
    assert (joined.size, joined.hashes) == (whole.size, whole.hashes)


def test_leaves_are_not_joined_where_no_subtree_begins():
    edge = tree.Edge()
    edge.add(LEAVES[0])
    with pytest.raises(ValueError, match="2 leaves cannot be joined to 1"):
        edge.join(tree.edge_of(tree.levels_of(LEAVES[1:3])))


@given(size=st.integers(1, 40), data=st.data())
def test_every_leaf_can_be_proven_and_no_other_leaf_with_its_proof(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    root, proof = tree.root_of(leaves), tree.inclusion_proof(grown(leaves).node, index, size)
    assert tree.check_inclusion(leaves[index], index, size, proof, root)
    assert not tree.check_inclusion(tree.leaf_hash(b"other"), index, size, proof, root)
    assert not tree.check_inclusion(leaves[index], index, size, [*proof, root], root)


@given(size=st.integers(1, 40), data=st.data())
def test_an_earlier_tree_is_shown_to_be_a_prefix_and_a_rewritten_one_is_not(size, data):
    older = data.draw(st.integers(1, size))
    leaves = LEAVES[:size]
    proof = tree.consistency_proof(grown(leaves).node, older, size)
    old_root, root = tree.root_of(leaves[:older]), tree.root_of(leaves)
    assert tree.check_consistency(older, old_root, size, root, proof)
    rewritten = tree.root_of([tree.leaf_hash(b"forged"), *leaves[1:older]])
    assert not tree.check_consistency(older, rewritten, size, root, proof)


@given(st.integers(0, 40))
def test_an_edge_read_back_goes_on_growing_as_if_never_written(size):
    edge = tree.Edge()
    for leaf in LEAVES[:size]:
        edge.add(leaf)
    again = tree.Edge.unpacked(size, edge.packed())
    edge.add(LEAVES[0])
    again.add(LEAVES[0])
    assert again.root() == edge.root()


def test_an_edge_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match="3 leaves has 2 hashes"):
        tree.Edge.unpacked(3, b"\0" * 32)


def test_there_is_no_proof_for_a_leaf_that_is_not_there():
    with pytest.raises(IndexError):
        tree.inclusion_proof(grown(LEAVES).node, 3, 3)
