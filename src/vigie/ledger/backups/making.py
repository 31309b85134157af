"""What of a home goes into its two archives: what it holds, and the keys that open it.

Apart, because they are kept for different times. The archive of data may be kept for years; that of keys is replaced
by the next and thrown away soon. A payload that is erased loses its key in the home; once the archives of keys that
still held it are gone, no copy of the data says what was erased.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from vigie import __version__, times
from vigie.homes import Home
from vigie.ledger.backups import archive
from vigie.ledger.backups.archive import FORMAT, Manifest

PAYLOAD_KEYS = "payload-keys.json"
"""Member of an archive of keys: number of an entry to the wrapped key of its payload, hex."""
FOLDERS = ("originals", "releases", "catalogues", "editions", "public")
"""Folders of a home that go into the archive of data."""
FILES = ("vigie.toml", "checkpoint")
_KEPT = ("ledger_", "django_", "sqlite_")
"""How the tables of the record database begin whose rows a copy keeps."""


@dataclass(frozen=True)
class Made:
    """A backup: its two archives, and how far the record went."""

    data: Path
    keys: Path
    entries: int
    root: str


def make(home: Home, folder: Path) -> Made:
    """Copy a home into two archives in `folder`, while it is being used. Raises OSError when there is no room."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = times.text(times.now())
    with _workshop(folder) as work:
        # The record first: a file it names was there before, and one that comes later does no harm.
        keys = _copy_record(home, work / "record.sqlite3")
        _copy_desk(home, work / "desk.sqlite3")
        (work / PAYLOAD_KEYS).write_text(json.dumps(keys), encoding="ascii")
        entries, root = _head(work / "record.sqlite3")
        told = Manifest(FORMAT, "data", home.instance, __version__, at, entries, root, {})
        name = f"{home.instance}-{at.replace(':', '').replace('-', '')}"
        data, sealed = folder / f"{name}.data.tar", folder / f"{name}.keys.tar"
        archive.write(
            data, told, {**_data_files(home), **{f: work / f for f in ("record.sqlite3", "desk.sqlite3")}}
        )
        key_files = {f"keys/{path.relative_to(home.keys).as_posix()}": path for path in _below(home.keys)}
        # Letters that wait bear addresses in plain: they are kept no longer than keys.
        letters = {f"outbox/{path.relative_to(home.outbox).as_posix()}": path for path in _below(home.outbox)}
        archive.write(
            sealed,
            Manifest(FORMAT, "keys", home.instance, __version__, at, entries, root, {}),
            {**key_files, **letters, PAYLOAD_KEYS: work / PAYLOAD_KEYS},
        )
    return Made(data, sealed, entries, root)


def backups(folder: Path, instance: str) -> list[tuple[Path, Path]]:
    """List the backups of an instance that lie in `folder`, oldest first: archive of data, archive of keys (may be gone)."""
    found = sorted(folder.glob(f"{instance}-*.data.tar"))
    return [(data, data.with_name(data.name.replace(".data.", ".keys."))) for data in found]


def prune(folder: Path, instance: str, *, keep: int, keys_until: str) -> list[Path]:
    """Throw away all but the newest `keep` archives of data, and archives of keys made before `keys_until` but the newest.

    keys_until: text of the record's form. Gives what was thrown away.
    """
    data = sorted(folder.glob(f"{instance}-*.data.tar"))
    keys = sorted(folder.glob(f"{instance}-*.keys.tar"))
    gone = data[: max(0, len(data) - keep)]
    gone += [path for path in keys[:-1] if archive.manifest(path).made < keys_until]
    for path in gone:
        path.unlink()
    return gone


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    work = Path(mkdtemp(prefix=".backup-", dir=folder))
    try:
        yield work
    finally:
        rmtree(work, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")


def _copy_record(home: Home, target: Path) -> dict[str, str]:
    """Copy the record without the keys of payloads that can be erased; give these keys.

    The rooms' rows stay behind: they say in plain words what lies sealed in the record, and are made again from it.
    """
    _copy(home.record_db, target)
    with closing(sqlite3.connect(target)) as here:
        tables = {name for (name,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in sorted(tables):
            if not table.startswith(_KEPT):
                here.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name out of the database itself
        found: dict[str, str] = {}
        if "ledger_payloadkey" in tables:  # a home that waits to be upgraded has none
            rows = here.execute("SELECT seq, wrapped FROM ledger_payloadkey")
            found = {str(seq): bytes(wrapped).hex() for seq, wrapped in rows}
            here.execute("DELETE FROM ledger_payloadkey")
        here.commit()
        here.execute("VACUUM")  # what was deleted must not stay readable in free pages
    return found


def _copy_desk(home: Home, target: Path) -> None:
    """Copy the desk without sessions: a copy put back must not open doors that were closed since."""
    _copy(home.desk_db, target)
    with closing(sqlite3.connect(target)) as here:
        here.execute("DELETE FROM django_session")
        here.commit()
        here.execute("VACUUM")


def _head(record: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(record)) as here:
        size, root = here.execute(
            "SELECT size, root FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
        ).fetchone()
    return size, bytes(root).hex()


def _data_files(home: Home) -> dict[str, Path]:
    paths = [home.path / name for name in FILES if (home.path / name).is_file()]
    paths += [path for name in FOLDERS for path in _below(home.path / name)]
    return {path.relative_to(home.path).as_posix(): path for path in paths}


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
