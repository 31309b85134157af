"""Originals on disc: sealed by the home's key under their SHA-256, never in plain."""

from pathlib import Path

from vigie.errors import NotFound
from vigie.ledger import keys


class OriginalMissing(NotFound):
    """The sealed file is not in the home's originals."""


def path_of(originals: Path, sha256: str) -> Path:
    """Give where the original of that SHA-256 lies sealed."""
    return originals / f"{sha256}.sealed"


def keep(originals: Path, key_folder: Path, sha256: str, data: bytes) -> Path:
    """Seal `data` into the home's originals; bytes kept already stay. Gives the file.

    Written under another name first, so that a full disc or a cut leaves no half file.
    """
    target = path_of(originals, sha256)
    if target.exists():
        return target
    originals.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    try:
        draft.write_bytes(keys.seal(key_folder, sha256, data))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def opened(originals: Path, key_folder: Path, sha256: str) -> bytes:
    """Give the original bytes back. Raises OriginalMissing, and BadKey when the seal does not open."""
    try:
        sealed = path_of(originals, sha256).read_bytes()
    except FileNotFoundError:
        raise OriginalMissing(
            "The sealed original {sha256} is not in {folder}. Put it back from a backup.",
            sha256=sha256,
            folder=originals,
        ) from None
    return keys.unseal(key_folder, sha256, sealed)
