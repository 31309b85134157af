"""Files that are still whole after the power went: their bytes reach the disc before their name does.

A system that is cut off may keep a name and lose the bytes behind it, or the other way round, unless it was told to
wait for both. A key that is empty, or an original the record speaks of and that is not there, cannot be made again.
"""

import ctypes
import os
from pathlib import Path

_FEW = 20
"""Files that are waited for one by one: a wait for a whole disc costs more than for these, and less than for hundreds."""


def put(target: Path, data: bytes) -> None:
    """Write a file, readable by its owner alone, in place of the one that stands there, if any. Raises OSError.

    Whoever looks, now or after a power cut, finds the old bytes or the new ones, never a part.
    """
    draft = target.with_suffix(".new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
        sure(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def sure(*paths: Path) -> None:
    """Wait until what these files hold, and the names these folders hold, is on the disc. Raises OSError.

    All lie on one disc: many are waited for together with all else that was written to it.
    """
    for path in paths if len(paths) <= _FEW else paths[:1]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            if len(paths) <= _FEW:
                os.fsync(descriptor)
            else:
                _sync_disc(descriptor)
        finally:
            os.close(descriptor)


def sure_below(folder: Path) -> None:
    """Wait until all that stands below `folder`, and its own name, is on the disc. Raises OSError."""
    sure(*folder.rglob("*"), folder, folder.parent)


def _sync_disc(descriptor: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.syncfs(descriptor):
        fault = ctypes.get_errno()
        raise OSError(fault, os.strerror(fault))
