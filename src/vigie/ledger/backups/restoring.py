"""Putting a home back from its two archives: whole beside its place, then there at once, held until a person speaks.

A home put back may be older than what its witnesses, its partners and the public have seen. So it writes nothing until
an operator declares the rollback, and sends nothing until a person releases the queue.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from vigie import files
from vigie.homes import HomeTaken
from vigie.ledger import holds
from vigie.ledger.backups import archive, erasures
from vigie.ledger.backups.archive import BadArchive
from vigie.ledger.backups.making import PAYLOAD_KEYS


@dataclass(frozen=True)
class Restored:
    """A home put back. made: when its backup was made; entries: how far its record goes."""

    home: Path
    made: str
    entries: int


def restore(data: Path, keys: Path, target: Path, *, journal: Path | None = None) -> Restored:
    """Put a home back at `target`, which must be empty or absent.

    journal: the erasures made since, else the one that lies beside the archives. Raises HomeTaken, BadArchive,
    NotFound; then nothing is left at `target`.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise HomeTaken(
            "{path} is not empty. Give another folder with --home, or move what is there away first.",
            path=target,
        )
    _check_pair(data, keys)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.with_name(f".{target.name}.restoring")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        said = archive.unpack(data, work)
        archive.unpack(keys, work)
        known = journal or data.parent / erasures.JOURNAL
        _give_keys_back(work, erasures.read(known))
        for name in ("originals", "outbox", "public", "backups"):
            (work / name).mkdir(mode=0o700, exist_ok=True)
        if known.is_file():
            shutil.copy(known, work / "backups" / erasures.JOURNAL)
        holds.put(work, "writing", _WRITING.format(made=said.made, entries=said.entries))
        holds.put(work, "sending", _SENDING.format(made=said.made))
        files.sure_below(work)
        if target.exists():
            target.rmdir()
        work.replace(target)
        files.sure(target.parent)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return Restored(target, said.made, said.entries)


_WRITING = (
    "it was put back from the backup of {made} and holds {entries} entries; what came after is not in it. "
    "Say so on the record with: vigie record declare-rollback --reason …"
)
_SENDING = (
    "it was put back from the backup of {made}: what waits in its queue may have been sent already. "
    "Look through it, then let it go with: vigie send --release --reason …"
)


def _check_pair(data: Path, keys: Path) -> None:
    there, sealed = archive.manifest(data), archive.manifest(keys)
    if (there.holds, sealed.holds) != ("data", "keys"):
        raise BadArchive(
            "Expected an archive of data and one of keys; {data} holds {one} and {keys} holds {other}.",
            data=data,
            one=there.holds,
            keys=keys,
            other=sealed.holds,
        )
    if there.instance != sealed.instance:
        raise BadArchive(
            "{data} is of the instance {one} and {keys} of {other}. Give two archives of one instance.",
            data=data,
            one=there.instance,
            keys=keys,
            other=sealed.instance,
        )
    if sealed.made < there.made:
        raise BadArchive(
            "{keys} is of {older}, before {data} of {newer}: keys of later entries would be missing. Give the archive of keys made with it, or a later one.",
            keys=keys,
            older=sealed.made,
            data=data,
            newer=there.made,
        )


def _give_keys_back(work: Path, since: list[erasures.Erasure]) -> None:
    """Put the keys of payloads back into the record, and take out of it what was erased since."""
    file = work / PAYLOAD_KEYS
    held = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    file.unlink()
    with closing(sqlite3.connect(work / "record.sqlite3")) as here:
        gone = ((int(seq), bytes.fromhex(leaf)) for erasure in since for seq, leaf in erasure.entries.items())
        here.executemany(
            "DELETE FROM ledger_payload WHERE seq IN (SELECT seq FROM ledger_entry WHERE seq = ? AND leaf = ?)",
            gone,
        )
        there = {seq for (seq,) in here.execute("SELECT seq FROM ledger_payload")}
        here.executemany(
            "INSERT INTO ledger_payloadkey (seq, wrapped) VALUES (?, ?)",
            ((int(seq), bytes.fromhex(key)) for seq, key in held.items() if int(seq) in there),
        )
        here.commit()
    for path in (work / "keys").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
