"""Following another's public log: it may only grow, and everything it grew by is hashed before it is believed."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vigie.importers.fetching import Asked
from vigie.importers.said import Doubtful, NoAnswer, Position
from vigie.ledger import note, tiles, tlog_proof, tree
from vigie.ledger.note import ED25519, BadNote, BadVerifier, Checkpoint

_LOG = "log"
_HASH = 32


def checked(text: str, vkey: str) -> tuple[tlog_proof.Proof, Checkpoint]:
    """Read a proof and give it with the checkpoint it stands under, once the pinned key has signed that.

    Raises Doubtful: for another log's name, another key's signature, a path that leads elsewhere.
    """
    try:
        log = note.read_vkey(vkey, type=ED25519)
    except BadVerifier as fault:
        raise Doubtful("bad-key", "The vkey in vigie.toml: {fault}", fault=fault) from None
    try:
        proof = tlog_proof.read(text)
        signed = proof.check(Ed25519PublicKey.from_public_bytes(log.public), log.name)
    except (tlog_proof.BadProof, BadNote) as fault:
        raise Doubtful(
            "not-proven",
            "What was fetched is not signed by the key that vigie.toml pins ({name}): {fault}",
            name=log.name,
            fault=fault,
        ) from None
    return proof, signed


def follow(asked: Asked, before: Position, now: Checkpoint) -> Position:
    """Give the new position, once it is shown that the log at `now` is the one at `before`, only longer.

    Raises Doubtful for a log that shrank (`rollback`) or was written anew (`fork`), NoAnswer when its tiles do not come.
    """
    if now.size < before.size:
        raise Doubtful(
            "rollback",
            "The log has {now} leaves and had {before}: an old copy is being shown, or the log was cut.",
            now=now.size,
            before=before.size,
        )
    edge = tree.Edge.unpacked(before.size, bytes.fromhex(before.edge))
    for leaf in _grown(asked, before.size, now.size):
        edge.add(leaf)
    if edge.root() != now.root:
        raise Doubtful(
            "fork",
            "The log at {now} leaves does not continue the one seen at {before}: it was written anew, or two are being shown. Ask its owner by another road, and keep this home's record as it is.",
            now=now.size,
            before=before.size,
        )
    return Position(now.size, now.root.hex(), edge.packed().hex())


def _grown(asked: Asked, size: int, new: int) -> list[bytes]:
    """Fetch the hashes of the leaves from `size` on, up to `new`."""
    leaves: list[bytes] = []
    place = size // tiles.WIDTH
    while place * tiles.WIDTH < new and size < new:
        width = min(tiles.WIDTH, new - place * tiles.WIDTH)
        data = asked.more(f"{_LOG}/{tiles.tile_name(0, place, width)}")
        if len(data) != width * _HASH:
            raise NoAnswer(
                "A tile of the log has {given} bytes. Expected {wanted}.",
                given=len(data),
                wanted=width * _HASH,
            )
        hashes = [data[at : at + _HASH] for at in range(0, len(data), _HASH)]
        leaves += hashes[size - place * tiles.WIDTH if place == size // tiles.WIDTH else 0 :]
        place += 1
    return leaves
