"""The record as the files of an export, or of an inspector's bundle, one after the other.

So a record of any length can be written out without being held whole.
"""

import json
from collections.abc import Iterator
from importlib.resources import files as shipped

from vigie.errors import RecordBroken
from vigie.ledger import note, tiles
from vigie.ledger.exports import layout
from vigie.ledger.exports.readme import BUNDLE, README
from vigie.ledger.kinds import KINDS, Opened
from vigie.ledger.models import Checkpoint, Cosignature, Entry, TimeStamp
from vigie.ledger.projections import plain
from vigie.ledger.queries import one
from vigie.ledger.second.queries import named


class NothingToExport(RecordBroken):
    """The record does not start as one, or nothing of it was signed."""


def files() -> Iterator[tuple[str, bytes]]:
    """Give every file of the export up to the newest checkpoint, by name.

    Entries that are written meanwhile are taken along: an erasure during the export would else look like a loss.
    Raises NothingToExport, and RecordBroken or BadKey at what cannot be read.
    """
    opened = one(0)
    if opened is None or not isinstance(opened[1], Opened):
        raise NothingToExport(
            "The record does not start with the entry that opens it. See: vigie record verify"
        )
    yield layout.README, README.encode()
    yield layout.CHECKER, checker(layout.CHECKER)
    yield layout.PROOF_CHECKER, checker(layout.PROOF_CHECKER)
    yield layout.VKEY, (opened[1].verifier + "\n").encode()
    second = named()
    if second:
        yield layout.SECOND_VKEY, (second[-1].vkey() + "\n").encode()
    grown = tiles.Tiles()
    yield from _bundles(grown)
    for level, place, width in tiles.spans(grown.size):
        yield tiles.tile_name(level, place, width), tiles.own_hashes(grown.tile(level, place), width)
    signed = ""
    for row in Checkpoint.objects.filter(size__lte=grown.size).iterator():
        signed = cosigned(row)
        yield layout.checkpoint_name(row.size), signed.encode()
    yield layout.HEAD, signed.encode()
    stamped = set()
    for stamp in TimeStamp.objects.filter(size__lte=grown.size).order_by("size", "id").iterator():
        if stamp.size not in stamped:
            stamped.add(stamp.size)
            yield layout.stamped_name(stamp.size), Checkpoint.objects.get(size=stamp.size).note.encode()
        yield layout.stamp_name(stamp.size, stamp.authority), bytes(stamp.token)


def bundle() -> Iterator[tuple[str, bytes]]:
    """Give every file of an inspector's bundle: the record, the schemes, what its words mean, the checker."""
    yield layout.README, BUNDLE.encode()
    yield layout.CHECKER, checker(layout.CHECKER)
    yield f"{layout.DEFINITIONS}/glossary.md", (shipped("vigie.ledger.exports") / "glossary.md").read_bytes()
    for tag, kind in sorted(KINDS.items()):
        name = f"{layout.DEFINITIONS}/{tag.replace('/', '-')}.schema.json"
        yield name, (json.dumps(kind.schema(), indent=1, sort_keys=True) + "\n").encode()
    schemes = shipped("vigie.schemes") / "data"
    for file in sorted(schemes.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield f"{layout.SCHEMES}/{file.name}", file.read_bytes()
    for name, data in files():
        yield f"{layout.RECORD}/{name}", data


def cosigned(row: Checkpoint) -> str:
    """Give a checkpoint with the lines its witnesses put under it; as many as a reader must take."""
    lines = Cosignature.objects.filter(size=row.size).order_by("name").values_list("line", flat=True)
    most = note.MOST_SIGNATURES - row.note.partition("\n\n")[2].count("\n")
    return row.note + "".join(line.rstrip("\n") + "\n" for line in lines[:most])


def checker(name: str) -> bytes:
    """Give a checker that stands alone, as it is shipped."""
    return (shipped("vigie.ledger") / name).read_bytes()


def _bundles(grown: tiles.Tiles) -> Iterator[tuple[str, bytes]]:
    entries: list[bytes] = []
    said: list[bytes] = []
    while (until := _newest()) > grown.size:
        rows = Entry.objects.select_related("payload", "payloadkey").filter(
            seq__gte=grown.size, seq__lt=until
        )
        for entry in rows.order_by("seq").iterator(chunk_size=2000):
            entries.append(bytes(entry.envelope))
            grown.add(bytes(entry.leaf))
            payload = getattr(entry, "payload", None)
            if payload is not None:
                said.append(layout.payload_line(entry.seq, bytes(payload.salt), plain(entry, payload)))
            if len(entries) == tiles.WIDTH:
                yield from _bundle(grown.size, entries, said)
                entries, said = [], []
        if grown.size != until:
            raise NothingToExport(
                "Entry {seq} is missing: the record cannot be exported whole. See: vigie record verify",
                seq=grown.size,
            )
    if entries:
        yield from _bundle(grown.size, entries, said)


def _bundle(size: int, entries: list[bytes], said: list[bytes]) -> Iterator[tuple[str, bytes]]:
    place = (size - 1) // tiles.WIDTH
    yield tiles.tile_name(layout.ENTRIES, place, len(entries)), tiles.bundle(entries)
    if said:
        yield layout.payloads_name(place), b"".join(said)


def _newest() -> int:
    row = Checkpoint.objects.order_by("-size").first()
    return row.size if row else 0
