"""What an outer log holds: its head, the place of what was released, proofs, and its static files."""

from collections.abc import Iterable

from django.conf import settings

from vigie.errors import NotFound
from vigie.homes import Home
from vigie.ledger import keys, note, tiles, tree
from vigie.ledger.exports import layout
from vigie.ledger.models import OuterCheckpoint, OuterLeaf
from vigie.ledger.outer import leaves
from vigie.ledger.second.signing import key_of, verifier
from vigie.ledger.tlog_proof import Proof
from vigie.ledger.witnesses.queries import origins


class NotReleased(NotFound):
    """Nothing was released under that name, or into that log."""


def edge(log: str) -> tuple[tree.Edge, int | None]:
    """Give the edge an outer log grows from, and the size at its newest checkpoint, None before the first."""
    newest = _newest(log)
    return leaves.grown_by(tree.Edge(), _data(log)), newest.size if newest else None


def size(log: str) -> int:
    """Give how many leaves an outer log has."""
    newest = _newest(log)
    return newest.size if newest else 0


def places(log: str, digests: Iterable[str]) -> dict[str, int]:
    """Give, by SHA-256 (hex) of released bytes, where they were first entered; those that never were are left out."""
    rows = OuterLeaf.objects.filter(log=log, sha256__in=set(digests)).order_by("-place")
    return dict(rows.values_list("sha256", "place"))


def proofs(log: str, wanted: Iterable[int]) -> dict[int, str]:
    """Give the proof files (C2SP tlog-proof) of leaves, by their place, under the log's newest checkpoint."""
    newest, told = head(log), _data(log)
    grown = _grown(told)
    return {
        place: Proof(
            told[place].encode(), place, tree.inclusion_proof(grown.node, place, newest.size), newest.note
        ).text()
        for place in wanted
    }


def head(log: str) -> OuterCheckpoint:
    """Give the newest checkpoint of an outer log. Raises NotReleased when nothing was entered into it."""
    newest = _newest(log)
    if newest is None:
        raise NotReleased("Nothing was released into the log {log}.", log=log)
    return newest


def vkey(log: str) -> str:
    """Give the key that signs an outer log, as verifiers take it. Raises BadKey."""
    home: Home = settings.VIGIE_HOME
    return note.verifier_key(origin(log), keys.signing(home.keys).public_key())


def second_vkey(log: str) -> str:
    """Give the key that signs an outer log a second time (ML-DSA-44), as verifiers take it. Raises BadKey."""
    home: Home = settings.VIGIE_HOME
    return verifier(origin(log), key_of(keys.signing(home.keys))).vkey()


def origin(log: str) -> str:
    """Give the name an outer log is signed under now: after a declared rollback it goes on under another, as the record does."""
    home: Home = settings.VIGIE_HOME
    return leaves.origin(origins(home)[-1][1], log)


def static_files(log: str) -> dict[str, bytes]:
    """Give an outer log as static files (C2SP tlog-tiles): checkpoint, vkey, full tiles, and the unfinished ones of each size signed.

    All but the checkpoint never change; an unfinished tile goes once it is full. Raises NotReleased.
    """
    told, newest = _data(log), head(log)
    grown = _grown(told)
    files = {
        layout.HEAD: newest.note.encode(),
        layout.VKEY: (vkey(log) + "\n").encode(),
        layout.SECOND_VKEY: (second_vkey(log) + "\n").encode(),
    }
    full = {(level, place) for level, place, width in tiles.spans(newest.size) if width == tiles.WIDTH}
    since = newest.size // tiles.WIDTH * tiles.WIDTH
    signed = OuterCheckpoint.objects.filter(log=log, size__gte=since).values_list("size", flat=True)
    spans = {
        (level, place, width)
        for size_ in signed
        for level, place, width in tiles.spans(size_)
        if width == tiles.WIDTH or (level, place) not in full
    }
    for level, place, width in spans:
        files[tiles.tile_name(level, place, width)] = tiles.own_hashes(grown.tile(level, place), width)
        if level == 0:
            first = place * tiles.WIDTH
            entries = [leaf.encode() for leaf in told[first : first + width]]
            files[tiles.tile_name(layout.ENTRIES, place, width)] = tiles.bundle(entries)
    return files


def _newest(log: str) -> OuterCheckpoint | None:
    return OuterCheckpoint.objects.filter(log=log).order_by("-size").first()


def _data(log: str) -> list[str]:
    return list(OuterLeaf.objects.filter(log=log).order_by("place").values_list("data", flat=True))


def _grown(told: Iterable[str]) -> tiles.Tiles:
    return tiles.grown(tree.leaf_hash(leaf.encode()) for leaf in told)
