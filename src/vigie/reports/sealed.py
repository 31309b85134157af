"""Originals on disc, never in plain: each sealed under a key of its own, which stands in the entry of its report.

So they go with it: who erases what the entry says makes every copy of the original unreadable, in backups too. Those
of the first homes lie under the home's key and their SHA-256.
"""

from pathlib import Path

from vigie import files
from vigie.errors import NotFound, RecordBroken
from vigie.ledger import keys, seals


class OriginalMissing(NotFound):
    """The sealed file is not in the home's originals."""


class OriginalChanged(RecordBroken):
    """The sealed file does not open with the key that stands on the record."""


def path_of(originals: Path, name: str) -> Path:
    """Give where the original of that name (the report's id; of the first homes the SHA-256) lies sealed."""
    return originals / f"{name}.sealed"


def keep(originals: Path, name: str, data: bytes, key: bytes) -> Path:
    """Seal `data` into the home's originals. Gives the file.

    On the disc before the entry that speaks of it: neither a full disc nor a power cut leaves a part, or nothing.
    """
    target = path_of(originals, name)
    originals.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.put(target, seals.put(key, name, data))
    return target


def opened(originals: Path, name: str, key: bytes) -> bytes:
    """Give the original bytes back. Raises OriginalMissing, OriginalChanged."""
    try:
        return seals.take(key, name, _bytes(originals, name))
    except seals.NotOpened:
        raise OriginalChanged(
            "The sealed original {name} does not open with its key: the key, the name or the bytes were changed.",
            name=name,
        ) from None


def opened_by_home(originals: Path, key_folder: Path, sha256: str) -> bytes:
    """Give back an original that lies under the home's own key. Raises OriginalMissing, BadKey."""
    return keys.unseal(key_folder, sha256, _bytes(originals, sha256))


def _bytes(originals: Path, name: str) -> bytes:
    try:
        return path_of(originals, name).read_bytes()
    except FileNotFoundError:
        raise OriginalMissing(
            "The sealed original {name} is not in {folder}. Put it back from a backup.",
            name=name,
            folder=originals,
        ) from None
