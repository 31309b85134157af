"""What a disc may hold after the power went: a model of it, fed with the calls a program made, in their order.

The model is harsher than ext4 as Debian mounts it, on purpose:

- What a file held when `fsync` or `fdatasync` last returned for it is kept.
- Of each later write, and of each later change of size, nobody knows: 40 % are lost, 20 % are torn, the rest is kept. They
  are drawn one by one, so that a later write may be there and an earlier one not. A torn write keeps some of its
  sectors of 512 bytes, either the first ones or any. What lies between is zeros.
- A name made, moved or taken away is sure once its folder was synced. Of the later ones in a folder, a first part
  survives, in their order, as a journal keeps them. Syncing a file does not make its name sure (on ext4 it would), and a
  rename does not wait for the bytes of what is renamed (on ext4 it mostly would).

The moment of the cut lies between two calls. A cut in the midst of a call leaves what a cut before its end may leave.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from random import Random

SECTOR = 512
LOST, TORN = 0.4, 0.2
_HEAD = struct.Struct("<cQQI")


class NotModelled(Exception):
    """The program did something to the disc that this model cannot foretell."""


@dataclass(frozen=True)
class Call:
    """One change as the recorder wrote it down. kind: see recorder.c; at: offset or size."""

    kind: str
    file: int
    at: int
    data: bytes

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.data.decode())


def read(log: Path) -> list[Call]:
    """Read the recorder's log."""
    raw, calls, place = log.read_bytes(), [], 0
    while place < len(raw):
        kind, file, at, length = _HEAD.unpack_from(raw, place)
        place += _HEAD.size
        calls.append(Call(kind.decode(), file, at, raw[place : place + length]))
        place += length
    return calls


@dataclass
class _File:
    """kept: what is sure; later: writes (offset, bytes) and sizes (size, None) since the last sync."""

    kept: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.kept = _applied(self.kept, self.later)
        self.later.clear()

    def after_a_cut(self, rng: Random) -> bytes:
        return bytes(_applied(self.kept, _survivors(self.later, rng)))


@dataclass
class _Folder:
    """names: what is sure; later: (name, what stands there or None) since the last sync; an operation may hold several."""

    names: dict[str, "_File | _Folder"] = field(default_factory=dict)
    later: list[list[tuple[str, "_File | _Folder | None"]]] = field(default_factory=list)

    def now(self) -> dict[str, "_File | _Folder"]:
        return self._with(len(self.later))

    def after_a_cut(self, rng: Random) -> dict[str, "_File | _Folder"]:
        return self._with(rng.randint(0, len(self.later)))

    def sync(self) -> None:
        self.names = self.now()
        self.later.clear()

    def sync_below(self) -> None:
        self.sync()
        for inner in self.names.values():
            if isinstance(inner, _Folder):
                inner.sync_below()

    def _with(self, count: int) -> dict[str, "_File | _Folder"]:
        names = dict(self.names)
        for operation in self.later[:count]:
            for name, what in operation:
                if what is None:
                    names.pop(name, None)
                else:
                    names[name] = what
        return names


def _applied(kept: bytearray, later: Iterable[tuple[int, bytes | None]]) -> bytearray:
    done = bytearray(kept)
    for at, data in later:
        if data is None:
            del done[at:]
            done.extend(bytes(at - len(done)))
        else:
            done.extend(bytes(max(0, at - len(done))))
            done[at : at + len(data)] = data
    return done


def _survivors(later: list[tuple[int, bytes | None]], rng: Random) -> Iterator[tuple[int, bytes | None]]:
    for at, data in later:
        luck = rng.random()
        if luck < LOST:
            continue
        if luck < LOST + TORN and data is not None:
            yield from _torn(at, data, rng)
        else:
            yield at, data


def _torn(at: int, data: bytes, rng: Random) -> Iterator[tuple[int, bytes]]:
    edges = [0, *range(SECTOR - at % SECTOR, len(data), SECTOR), len(data)]
    sectors = [(start, end) for start, end in pairwise(edges) if start < end]
    if rng.random() < 0.5:
        chosen = sectors[: rng.randrange(len(sectors))]
    else:
        chosen = [sector for sector in sectors if rng.random() < 0.5]
    for start, end in chosen:
        yield at + start, data[start:end]


class Disc:
    """The folder `root` as the calls so far left it: what is sure, and what is not."""

    def __init__(self, root: Path) -> None:
        self.root = PurePosixPath(root)
        self._top = _Folder()
        self._by_number: dict[int, _File] = {}
        self.marks: list[str] = []

    def take(self, call: Call) -> None:  # noqa: C901 - one case per kind of call
        """Take one call in. Raises NotModelled."""
        match call.kind:
            case "C":
                self._by_number[call.file] = file = _File()
                self._change(call.path, file)
            case "W":
                self._file(call).later.append((call.at, call.data))
            case "T":
                self._file(call).later.append((call.at, None))
            case "S":
                self._file(call).sync()
            case "M":
                self._change(call.path, _Folder())
            case "U" | "K":
                self._change(call.path, None)
            case "R":
                self._rename(*(PurePosixPath(part.decode()) for part in call.data.split(b"\0")))
            case "D":
                self._folder(call.path).sync()
            case "Y":
                self._top.sync_below()
                for file in self._by_number.values():
                    file.sync()
            case "A":
                self.marks.append(call.data.decode())
            case _:
                raise NotModelled(f"{call.kind} {call.data!r}")

    def whole(self) -> dict[str, bytes]:
        """Give every file as the program itself sees it: path below the root, and bytes."""
        return dict(_files(self._top, "", lambda f: f.now(), lambda f: bytes(_applied(f.kept, f.later))))

    def after_a_cut(self, rng: Random) -> dict[str, bytes | None]:
        """Give the files that a power cut now may leave; folders end in `/` and hold None."""
        return dict(
            _files(self._top, "", lambda f: f.after_a_cut(rng), lambda f: f.after_a_cut(rng), folders=True)
        )

    def _file(self, call: Call) -> _File:
        try:
            return self._by_number[call.file]
        except KeyError:
            raise NotModelled(f"a file that was there before the recording: {call.file}") from None

    def _folder(self, path: PurePosixPath) -> _Folder:
        here = self._top
        for part in path.relative_to(self.root).parts:
            inner = here.now()[part]
            assert isinstance(inner, _Folder), path
            here = inner
        return here

    def _change(self, path: PurePosixPath, what: "_File | _Folder | None") -> None:
        self._folder(path.parent).later.append([(path.name, what)])

    def _rename(self, old: PurePosixPath, new: PurePosixPath) -> None:
        source, target = self._folder(old.parent), self._folder(new.parent)
        what = source.now()[old.name]
        if source is not target:  # two folders: the new name may come without the old one going
            target.later.append([(new.name, what)])
            source.later.append([(old.name, None)])
        else:
            source.later.append([(old.name, None), (new.name, what)])


def _files(folder, place, names, content, *, folders=False):
    for name, what in sorted(names(folder).items()):
        if isinstance(what, _Folder):
            if folders:
                yield f"{place}{name}/", None
            yield from _files(what, f"{place}{name}/", names, content, folders=folders)
        else:
            yield f"{place}{name}", content(what)


def lay_out(files: dict[str, bytes | None], target: Path) -> None:
    """Write an image into an empty folder."""
    for name, data in files.items():
        place = target / name
        if data is None:
            place.mkdir()
        else:
            place.write_bytes(data)
