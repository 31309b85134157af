"""The proof of one entry, from tiles kept beside the entries."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connections

from vigie.errors import NotFound, RecordBroken
from vigie.ledger import note, statements, tiles, tree
from vigie.ledger.exports.queries import cosigned
from vigie.ledger.models import Checkpoint, Entry, Tile
from vigie.ledger.tlog_proof import BadProof, Proof
from vigie.ledger.witnesses.queries import chain


class NoSuchEntry(NotFound):
    """The record has no entry of that number under a checkpoint."""


def prove(seq: int) -> Proof:
    """Give the proof that entry `seq` stands under the newest checkpoint.

    Raises NoSuchEntry; RecordBroken when the entries do not give the root that was signed.
    """
    newest = Checkpoint.objects.order_by("-size").first()
    entry = Entry.objects.filter(seq=seq).first() if newest and 0 <= seq < newest.size else None
    if newest is None or entry is None:
        raise NoSuchEntry(
            "There is no entry {seq} to prove: the newest checkpoint is over {size} entries, numbered from 0. An entry just written has its own within a second.",
            seq=seq,
            size=newest.size if newest else 0,
        )
    signed = cosigned(newest)
    # What is kept may be damaged or gone: the entries decide, and a proof that does not hold is never given out.
    for made in (grown, from_entries):
        try:
            path = tree.inclusion_proof(made(newest.size).node, seq, newest.size)
            proof = Proof(bytes(entry.envelope), seq, path, signed)
            proof.check(_key(note.parse(signed).checkpoint), note.parse(signed).checkpoint.origin)
        except (IndexError, ValueError, BadProof):
            continue
        return proof
    raise RecordBroken(
        "Entry {seq} cannot be proven: the entries no longer give the root of checkpoint {size}. See: vigie record verify",
        seq=seq,
        size=newest.size,
    )


def consistency(older: int, newest: Checkpoint) -> list[bytes]:
    """Give the proof that the first `older` entries are a prefix of those under a checkpoint.

    Raises RecordBroken when the entries do not give the root that was signed.
    """
    if older in (0, newest.size):
        return []
    return tree.consistency_proof(_under(newest).node, older, newest.size)


def root_at(size: int, newest: Checkpoint) -> bytes:
    """Give the root of the first `size` entries, of those under a checkpoint. Raises RecordBroken as `consistency` does."""
    return tree.root_at(_under(newest).node, size)


def _under(newest: Checkpoint) -> tiles.Tiles:
    """Give the tree under a checkpoint, once it gives the root that was signed."""
    for made in (grown, from_entries):
        try:
            found = made(newest.size)
            if tree.root_at(found.node, newest.size) == bytes(newest.root):
                return found
        except (IndexError, ValueError):
            continue
    raise RecordBroken(
        "The entries no longer give the root of checkpoint {size}: nothing is shown to the witnesses. See: vigie record verify",
        size=newest.size,
    )


def grown(size: int) -> tiles.Tiles:
    """Give the tree over the first `size` entries at least: kept tiles, and the entries they do not span yet.

    Raises ValueError when a kept tile is damaged.
    """
    found = tiles.Tiles(spanned(), kept)
    _grow(found, size)
    return found


def from_entries(size: int) -> tiles.Tiles:
    """Give the tree over the first `size` entries from these alone."""
    found = tiles.Tiles()
    _grow(found, size)
    return found


def spanned() -> int:
    """Give how many entries the kept tiles span. Raises ValueError when the last one is damaged."""
    last = Tile.objects.filter(level=0).order_by("-place").first()
    return last.place * tiles.WIDTH + tiles.width_of(bytes(last.nodes)) if last else 0


def kept(level: int, place: int) -> bytes:
    """Give what is kept of one tile; nothing where there is none."""
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.TILE, (level, place))
        row = cursor.fetchone()
    return bytes(row[0]) if row else b""


def _grow(found: tiles.Tiles, size: int) -> None:
    rows = Entry.objects.filter(seq__gte=found.size, seq__lt=size).order_by("seq")
    for leaf in rows.values_list("leaf", flat=True).iterator(chunk_size=5000):
        found.add(bytes(leaf))


def _key(checkpoint: note.Checkpoint) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(chain().of(checkpoint))
