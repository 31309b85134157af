"""A home's keys: which there are, since when, and how one gives way to another.

    signing   signs checkpoints (Ed25519)
    sealing   wraps the keys of erasable payloads, and seals what is kept apart from the record (AES-256-GCM)
    web       signs sessions and owners' links

Each lies in the home's `keys/` folder as NAME.key, readable by its owner alone: the key in hex, and on a second line
since when. While one gives way to another, NAME.next.key and NAME.old.key stand beside it: a cut at any moment leaves
both, and whatever was sealed under either opens.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie import times
from vigie.errors import RecordBroken, VigieError
from vigie.homes import Home
from vigie.ledger import seals

What = Literal["signing", "sealing", "web"]
WHAT: tuple[What, ...] = ("signing", "sealing", "web")

VALID = timedelta(days=730)
"""How long a key is meant to be used."""

WARNED = timedelta(days=60)
"""How long before that it is said."""

LINKS_LIVE = timedelta(days=30)
"""How long what the web key before this one signed (owners' links, sessions) still opens."""

_SINCE = "since "


class BadKey(RecordBroken):
    """A key file that is missing, cannot be read, or does not open what it should."""


class OtherKey(BadKey):
    """A key that can be read and is not the one something was sealed under."""


class AtItsEnd(VigieError):
    """A key that is past its term, or near it."""


@dataclass(frozen=True)
class Standing:
    """A key as it stands: since when, and until when it is meant to be used."""

    what: What
    since: datetime
    until: datetime


def make(folder: Path) -> None:
    """Write fresh signing and sealing keys into `folder`; keys that are there stay."""
    for what in ("signing", "sealing"):
        if not (folder / f"{what}.key").exists():
            _write(folder / f"{what}.key")


def make_web(folder: Path) -> None:
    """Write a fresh web key into `folder`."""
    _write(folder / "web.key")


def signing(folder: Path) -> Ed25519PrivateKey:
    """Give the key that signs checkpoints. Raises BadKey when it cannot be read."""
    return _signer(_read(f"{folder}/signing.key"))  # asked at every commit


def next_signing(folder: Path) -> Ed25519PrivateKey | None:
    """Give the key that is to sign from now on, while it waits for its entry."""
    path = f"{folder}/signing.next.key"  # asked at every commit
    return _signer(_read(Path(path))) if os.path.exists(path) else None  # noqa: PTH110


def seal(folder: Path, name: str, data: bytes) -> bytes:
    """Seal `data` under the home's sealing key and the name it will be kept by. Raises BadKey."""
    return seals.put(_read(folder / "sealing.key"), name, data)


def unseal(folder: Path, name: str, sealed: bytes) -> bytes:
    """Open what `seal` sealed under that name. Raises OtherKey when the key, the name or a byte is not the same, BadKey."""
    for path in chain([folder / "sealing.key"], _beside(folder, "sealing")):
        try:
            return seals.take(_read(path), name, sealed)
        except seals.NotOpened:
            continue
    raise OtherKey(
        "The sealed original {name} does not open with this home's key: the key, the name or the bytes were changed.",
        name=name,
    )


def reseal(folder: Path, name: str, sealed: bytes) -> bytes | None:
    """Seal anew under the newest sealing key what an earlier one sealed; None when it is under that key already.

    Raises BadKey.
    """
    newest = _newest(folder, "sealing")
    try:
        seals.take(_read(newest), name, sealed)
    except seals.NotOpened:
        return seals.put(_read(newest), name, unseal(folder, name, sealed))
    return None


def prepare(folder: Path, what: What) -> None:
    """Write the key that is to come beside the one that stands; one that waits already is taken up."""
    if not (folder / f"{what}.next.key").exists():
        _write(folder / f"{what}.next.key")


def discard(folder: Path, what: What) -> None:
    """Throw the key that waited away."""
    (folder / f"{what}.next.key").unlink(missing_ok=True)


def adopt(folder: Path, what: What, *, keep: bool) -> None:
    """Put the key that waited into its place. keep: the one before stays beside it, as NAME.old.key."""
    waits, stands = folder / f"{what}.next.key", folder / f"{what}.key"
    if keep and stands.exists():
        # A second name first: at no moment is a key without one.
        old = folder / f"{what}.old.key"
        old.unlink(missing_ok=True)
        os.link(stands, old)
    waits.replace(stands)
    _sure(folder)


def rotating(folder: Path, what: What) -> bool:
    """Say whether a key before this one still stands: a rotation was cut short."""
    return (folder / f"{what}.old.key").exists()


def forget(folder: Path, what: What) -> None:
    """Throw the key before this one away: nothing is under it any more."""
    (folder / f"{what}.old.key").unlink(missing_ok=True)
    _sure(folder)


def standing(folder: Path, what: What) -> Standing:
    """Say since when a key stands, and until when it is meant to be used. Raises BadKey."""
    since = _since(folder / f"{what}.key")
    return Standing(what, since, since + VALID)


def warnings(home: Home, now: datetime) -> list[VigieError]:
    """Say, in a sentence each, which keys are missing, are at their end within 60 days or beyond it."""
    found: list[VigieError] = []
    for what in WHAT:
        try:
            until = standing(home.keys, what).until
        except BadKey as fault:
            found.append(fault)
            continue
        if now >= until - WARNED:
            found.append(
                AtItsEnd(
                    "The {key} key is past its term, which ended on {until}. Make a new one: vigie keys rotate {key}"
                    if now >= until
                    else "The {key} key comes to its term on {until}. Make a new one before: vigie keys rotate {key}",
                    key=what,
                    until=f"{until:%Y-%m-%d}",
                )
            )
    return found


def web(folder: Path, now: datetime) -> tuple[str, list[str]]:
    """Give the web key, and the earlier ones whose signatures still count. Raises BadKey."""
    path = folder / "web.key"
    text, old = _lines(path)[0], folder / "web.old.key"
    counts = old.exists() and now < _since(path) + LINKS_LIVE
    return text, [_lines(old)[0]] if counts else []


def _beside(folder: Path, what: What) -> Iterator[Path]:
    return (path for name in ("next", "old") if (path := folder / f"{what}.{name}.key").exists())


def _newest(folder: Path, what: What) -> Path:
    waits = folder / f"{what}.next.key"
    return waits if waits.exists() else folder / f"{what}.key"


def _write(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{secrets.token_hex(32)}\n{_SINCE}{times.text(times.now())}\n")
        stream.flush()
        os.fsync(stream.fileno())
    _sure(path.parent)


def _sure(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines() or [""]
    except FileNotFoundError:
        raise BadKey(
            "The key {path} is missing. Put it back from a backup: nothing can be signed or opened without it.",
            path=path,
        ) from None
    except (ValueError, OSError) as fault:
        raise BadKey(
            "The key {path} cannot be read: {fault}. Put it back from a backup.", path=path, fault=fault
        ) from None


def _since(path: Path) -> datetime:
    told = [line.removeprefix(_SINCE) for line in _lines(path)[1:] if line.startswith(_SINCE)]
    try:
        # Keys of the first homes say nothing: the file's own time is the best there is.
        return times.from_text(told[0]) if told else datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except times.BadTime as fault:
        raise BadKey(
            "The key {path} cannot be read: {fault}. Put it back from a backup.", path=path, fault=fault
        ) from None


def _read(path: Path | str) -> bytes:
    """Give a key. Its file is opened again only when another stands in its place: a batch asks a thousand times."""
    try:
        told = os.stat(path)  # noqa: PTH116 - a Path takes longer to make than to look at
    except OSError:
        return _parsed(Path(path))  # says what is wrong with it
    return _kept(str(path), told.st_ino, told.st_mtime_ns)


@lru_cache(maxsize=4)
def _signer(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)


@lru_cache(maxsize=8)
def _kept(path: str, _inode: int, _written: int) -> bytes:
    return _parsed(Path(path))


def _parsed(path: Path) -> bytes:
    text = _lines(path)[0].strip()
    try:
        raw = bytes.fromhex(text)
    except ValueError as fault:
        raise BadKey(
            "The key {path} cannot be read: {fault}. Put it back from a backup.", path=path, fault=fault
        ) from None
    if len(raw) != 32:
        raise BadKey("The key {path} holds {size} bytes. Expected 32.", path=path, size=len(raw))
    return raw
