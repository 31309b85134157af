"""Holds: why a home may not write, or may not send, until a person says so.

A hold is a file `HOME/holds/WHAT` whose text is the reason. It is put by whatever finds that going on would do harm
(a database older than its witnesses know, a home just restored) and lifted by a person's act. It outlives a restart, and
stands outside the databases because these are what is in doubt.
"""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from vigie.errors import Conflict

What = Literal["writing", "sending"]

_despite: ContextVar[bool] = ContextVar("vigie_despite_holds", default=False)


class Held(Conflict):
    """The home is held: nothing is written, or nothing is sent, until a person lifts it."""

    status = 503


def put(home: Path, what: What, reason: str) -> None:
    """Hold `what`; a hold that stands keeps its first reason."""
    file = _file(home, what)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(reason)
            stream.flush()
            os.fsync(stream.fileno())


def standing(home: Path, what: What) -> str | None:
    """Give the reason why `what` is held, or None."""
    try:
        return _file(home, what).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None


def lift(home: Path, what: What) -> None:
    """Let `what` go on."""
    _file(home, what).unlink(missing_ok=True)


@contextlib.contextmanager
def despite() -> Iterator[None]:
    """Write although writing is held: the one act that says why it may go on, before the hold is lifted."""
    token = _despite.set(True)
    try:
        yield
    finally:
        _despite.reset(token)


def check(home: Path, what: What) -> None:
    """Raise Held, with its reason, while `what` is held."""
    # Asked at every commit, and nearly never so: a look costs less than an open that fails.
    if not os.path.exists(f"{home}/holds/{what}"):  # noqa: PTH110
        return
    reason = None if _despite.get() else standing(home, what)
    if reason is not None:
        raise Held(
            "This home is held: {reason} Nothing was kept.",
            reason=reason,
        )


def _file(home: Path, what: What) -> Path:
    return home / "holds" / what
