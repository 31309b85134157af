"""The form of an archive: a tar whose first member says what the others are, each by its size and SHA-256.

Nothing is believed of an archive but what its manifest lists, and nothing of the manifest that the bytes do not bear out:
names stay below the folder, links and devices are refused, and no member is larger than was announced.
"""

import io
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from vigie.errors import BadInput, NotFound
from vigie.files import sure

FORMAT = "vigie-backup/1"
MANIFEST = "manifest.json"
_WIDEST_MANIFEST = 64 * 1024 * 1024
_STEP = 1024 * 1024


class BadArchive(BadInput):
    """A file that is no archive of a home, or one that was changed after it was made."""


class Listed(msgspec.Struct, frozen=True):
    """One file of an archive. bytes: its size; sha256: hex."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds, and of what.

    holds: `data` or `keys`; made: text of the record's form; entries, root: the record's size and the root of its tree
    (hex); version: of the vigie that made it.
    """

    format: str
    holds: str
    instance: str
    version: str
    made: str
    entries: int
    root: str
    files: dict[str, Listed]


def write(target: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Write an archive readable by its owner alone; it appears whole or not at all. files: name to where it lies now."""
    listed = {name: _listed(path) for name, path in sorted(files.items())}
    head = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(manifest, files=listed)))
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                tar.addfile(_member(MANIFEST, len(head)), io.BytesIO(head))
                for name, path in sorted(files.items()):
                    with path.open("rb") as source:
                        tar.addfile(_member(name, listed[name].bytes), source)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
        sure(target.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def manifest(archive: Path) -> Manifest:
    """Read what an archive says of itself. Raises BadArchive, NotFound."""
    with _opened(archive) as tar:
        return _manifest(archive, tar)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Put an archive's files into `folder`, which must be empty. Raises BadArchive; the folder is then in no known state."""
    with _opened(archive) as tar:
        said = _manifest(archive, tar)
        left = dict(said.files)
        for member in _members(archive, tar):
            wanted = left.pop(member.name, None)
            if wanted is None or not member.isfile() or member.size != wanted.bytes:
                raise BadArchive(
                    "{archive} holds {name}, which its manifest does not list so. It was changed after it was made: use another.",
                    archive=archive,
                    name=member.name,
                )
            source = tar.extractfile(member)
            target = folder / _safe(archive, member.name)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                shutil.copyfileobj(source, stream, _STEP)  # type: ignore[arg-type]  # a plain file has contents
            if _listed(target) != wanted:
                raise BadArchive(
                    "{name} in {archive} is not what was put there. The archive was changed or damaged: use another.",
                    name=member.name,
                    archive=archive,
                )
        if left:
            raise BadArchive(
                "{archive} ends before {name}. It was cut short: use another.",
                archive=archive,
                name=min(left),
            )
    return said


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, mode="r:") as tar:
            yield tar
    except FileNotFoundError:
        raise NotFound("There is no archive {archive}.", archive=archive) from None
    except (tarfile.TarError, EOFError) as fault:
        raise BadArchive(
            "{archive} cannot be read as an archive: {fault}. Expected one that vigie backup made.",
            archive=archive,
            fault=fault,
        ) from None


def _members(archive: Path, tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    del archive
    while (member := tar.next()) is not None:
        yield member


def _manifest(archive: Path, tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isfile() or first.size > _WIDEST_MANIFEST:
        raise BadArchive(
            "{archive} does not begin with a manifest. Expected an archive that vigie backup made.",
            archive=archive,
        )
    try:
        said = msgspec.json.decode(tar.extractfile(first).read(), type=Manifest)  # type: ignore[union-attr]
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise BadArchive(
            "The manifest of {archive} cannot be read: {fault}.", archive=archive, fault=fault
        ) from None
    if said.format != FORMAT:
        raise BadArchive(
            "{archive} is of the form {given}. This vigie reads {known}: use the version that made it.",
            archive=archive,
            given=said.format,
            known=FORMAT,
        )
    return said


def _safe(archive: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if (
        path.is_absolute()
        or not path.parts
        or any(part in {"..", "."} for part in path.parts)
        or "\\" in name
    ):
        raise BadArchive(
            "{archive} names a file {name!r}, outside the folder. It was not made by vigie backup.",
            archive=archive,
            name=name,
        )
    return path


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _listed(path: Path) -> Listed:
    with path.open("rb") as stream:
        digest = sha256()
        size = 0
        while piece := stream.read(_STEP):
            digest.update(piece)
            size += len(piece)
    return Listed(size, digest.hexdigest())
