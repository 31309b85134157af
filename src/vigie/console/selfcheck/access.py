"""Which files of a home others than their owner can read: judged by the bits of the file and of every folder above it."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

_CLASSES = ((stat.S_IRGRP, stat.S_IXGRP), (stat.S_IROTH, stat.S_IXOTH))
"""For the group, then for all others: what reads a file, what passes through a folder."""


def loose(folder: Path) -> list[Path]:
    """List the files in `folder` whose own bits let others in, whatever the folder's say: a key must be 0600 anywhere."""
    return [path for path in _files(folder) if path.stat().st_mode & 0o077]


def read_by_others(paths: Iterable[Path], top: Path) -> list[Path]:
    """List the files at or below `paths` that others can really read. top: the folder from which on they must pass."""
    return [file for path in paths for file in _files(path) if _reached(file, top)]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
    elif path.is_file():
        yield path


def _reached(file: Path, top: Path) -> bool:
    above = [folder for folder in file.parents if folder == top or top in folder.parents]
    mode = file.stat().st_mode
    return any(
        mode & reads and all(folder.stat().st_mode & passes for folder in above) for reads, passes in _CLASSES
    )
