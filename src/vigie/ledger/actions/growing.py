"""The edge of the tree within a transaction: found once, written back at the end."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.homes import Home
from vigie.ledger import edge_mac, keys, statements
from vigie.ledger.batch import Batch, Found
from vigie.ledger.queries import edge_of
from vigie.ledger.tree import Edge


def edge(opened: Batch) -> Edge:
    """Give the edge the batch appends to, read inside its transaction the first time it is asked for. Raises NoRecord."""
    if opened.edge is None:
        row = opened.run(statements.EDGE).fetchone()
        opened.edge, opened.last_at = edge_of(row)
        opened.found = Found(row[0], bytes(row[1]), row[2], bytes(row[3]))
    return opened.edge


def unsealed(home: Home, opened: Batch, edge: Edge) -> bool:
    """Write the edge back without a checkpoint. Does nothing and gives False where it was not this home that wrote it before.

    Raises BadKey.
    """
    key = keys.signing(home.keys)
    ours = opened.found is not None and edge_mac.holds(key, *opened.found)
    if ours:
        grow(key, opened, edge)
    return ours


def grow(signing: Ed25519PrivateKey, opened: Batch, edge: Edge) -> None:
    """Write the edge back as it has grown, in the name of who holds the key."""
    packed = edge.packed()
    mac = edge_mac.of(signing, edge.size, packed, opened.last_at)
    opened.run(statements.GROW, (edge.size, packed, opened.last_at, mac))
