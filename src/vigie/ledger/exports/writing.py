"""Put files into a folder that was empty, or into one archive: whole or not at all."""

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from vigie.errors import BadInput, Conflict

Files = Iterable[tuple[str, bytes]]
"""Names relative to the folder or archive, with their bytes."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest an archive can say: the same files give the same bytes


class NotEmpty(Conflict):
    """The place to write to is taken."""


class UnsafeName(BadInput):
    """A name that would lead out of the folder."""


def require_free(place: Path) -> None:
    """Raise NotEmpty when something is there; an empty folder may be filled."""
    if place.exists() and not (place.is_dir() and not any(place.iterdir())):
        raise NotEmpty("{place} is taken. Give a name that is not there yet.", place=place)


def write_folder(files: Files, folder: Path) -> int:
    """Write files into a folder that is not there yet, or is empty. Gives how many.

    They are written beside it and moved at the end. Raises NotEmpty when there is something, OSError when the disc is full.
    """
    folder = folder.absolute()
    require_free(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    count = 0
    try:
        draft.mkdir(parents=True)
        for name, data in files:
            target = draft / _safe(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            count += 1
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return count


def write_archive(files: Files, archive: Path) -> int:
    """Write files into one zip archive, byte for byte the same for the same files. Gives how many.

    Raises NotEmpty when the archive is there, OSError when the disc is full.
    """
    archive = archive.absolute()
    require_free(archive)
    draft = archive.with_name(f".{archive.name}.{os.getpid()}.new")
    count = 0
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
            for name, data in files:
                entry = zipfile.ZipInfo(str(_safe(name)), _FIRST_DAY)
                entry.compress_type, entry.external_attr, entry.create_system = (
                    zipfile.ZIP_DEFLATED,
                    0o644 << 16,
                    3,
                )
                zipped.writestr(entry, data)
                count += 1
        draft.replace(archive)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise UnsafeName("{name!r} leads out of the folder it belongs in.", name=name)
    return path
