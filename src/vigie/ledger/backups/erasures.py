"""The erasures a home has made, written down outside its databases: an older copy put back must lose the same again.

`backups/erasures.jsonl` names entries and grounds, never what was erased. Each erasure also strikes its keys out of the
archives of keys that lie in the home's folder of backups.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import msgspec

from vigie import files
from vigie.ledger.backups import archive
from vigie.ledger.backups.making import PAYLOAD_KEYS

JOURNAL = "erasures.jsonl"


class Erasure(msgspec.Struct, frozen=True):
    """One erasure: the entries by number and leaf (hex), when, on which ground, ordered by whom."""

    entries: dict[str, str]
    at: str
    ground: str
    authority: str


def note(folder: Path, erasure: Erasure) -> None:
    """Add an erasure to the journal in `folder`; durable when this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as stream:
        stream.write(msgspec.json.encode(erasure) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    files.sure(folder)


def read(journal: Path) -> list[Erasure]:
    """Read a journal; none where there is no file. Raises BadArchive naming the line that cannot be read."""
    try:
        lines = journal.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(msgspec.json.decode(line, type=Erasure))
        except msgspec.MsgspecError as fault:
            raise archive.BadArchive(
                "Line {number} of {journal} cannot be read: {fault}. What it said must be erased by hand.",
                number=number,
                journal=journal,
                fault=fault,
            ) from None
    return found


def strike(folder: Path, seqs: Iterable[int]) -> int:
    """Take the keys of these payloads out of every archive of keys in `folder`. Gives how many archives held one."""
    gone = {str(seq) for seq in seqs}
    struck = 0
    for path in sorted(folder.glob("*.keys.tar")):
        work = Path(mkdtemp(prefix=".strike-", dir=folder))
        try:
            said = archive.unpack(path, work)
            held = msgspec.json.decode((work / PAYLOAD_KEYS).read_bytes(), type=dict[str, str])
            if gone.isdisjoint(held):
                continue
            left = {seq: key for seq, key in held.items() if seq not in gone}
            (work / PAYLOAD_KEYS).write_bytes(msgspec.json.encode(left))
            archive.write(path, said, {name: work / name for name in said.files})
            struck += 1
        finally:
            rmtree(work, ignore_errors=True)
    return struck
