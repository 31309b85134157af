"""Which files an exported record is made of, and under which names.

README.txt                   what this is and how to check it, in words
verify_record.py             the checker: Python's standard library and one call that checks a signature
vkey                         the key that signed, as verifiers take it
checkpoint                   the newest signed checkpoint, with its witnesses' lines
checkpoints/58               every checkpoint, by its size
tile/entries/000             the entries themselves, 256 to a file (C2SP tlog-tiles)
tile/0/000, tile/1/000 …     the hashes of the tree
payloads/000                 what these entries say: one line each, number, salt and body
timestamps/58/NAME.tsr       when a checkpoint stood, by an authority's word (RFC 3161)
"""

from collections.abc import Iterator
from pathlib import Path

from vigie.ledger import tiles

README = "README.txt"
CHECKER = "verify_record.py"
PROOF_CHECKER = "verify_proof.py"
VKEY = "vkey"
SECOND_VKEY = "vkey.mldsa44"
HEAD = "checkpoint"
CHECKPOINTS = "checkpoints"
PAYLOADS = "payloads"
TIMESTAMPS = "timestamps"
ENTRIES = "entries"
RECORD = "record"
SCHEMES = "schemes"
DEFINITIONS = "definitions"


def checkpoint_name(size: int) -> str:
    """Name the file of a checkpoint."""
    return f"{CHECKPOINTS}/{size}"


def payloads_name(place: int) -> str:
    """Name the file of what the entries of one bundle say."""
    return f"{PAYLOADS}/{tiles.name(place)}"


def stamped_name(size: int) -> str:
    """Name the file of the very bytes that were time-stamped: without the lines witnesses added since."""
    return f"{TIMESTAMPS}/{size}/{HEAD}"


def stamp_name(size: int, authority: str) -> str:
    """Name the file of a time stamp; of the authority's name, letters, digits, dots and hyphens stay."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in authority).strip(".-")
    return f"{TIMESTAMPS}/{size}/{plain or 'authority'}.tsr"


def payload_line(seq: int, salt: bytes, body: bytes) -> bytes:
    """Write one payload: its number, its salt in hex, its body. A canonical body holds no end of line."""
    return b"%d %s %s\n" % (seq, salt.hex().encode(), body)


def payload_lines(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Read payloads back as (number, salt, body). Raises ValueError at the first line in another form."""
    for line in data.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            raise ValueError("the last line is cut short")
        seq, salt, body = line[:-1].split(b" ", 2)
        if not seq.isdigit():
            raise ValueError(f"a line starts with {seq[:20]!r}, not with the number of an entry")
        yield int(seq), bytes.fromhex(salt.decode("ascii")), body


def bundle_file(folder: Path, place: int) -> Path | None:
    """Give the file that holds the entries of a bundle, full or not; None where there is none.

    Raises ValueError when there are several: they would tell two stories.
    """
    entries = folder / "tile" / ENTRIES
    full = entries / tiles.name(place)
    part = full.with_name(full.name + ".p")
    found = [*([full] if full.is_file() else []), *(sorted(part.iterdir()) if part.is_dir() else [])]
    if len(found) > 1:
        raise ValueError(f"there are several files of entries from {place * tiles.WIDTH} on")
    return found[0] if found else None
