"""The ledger's bare SQL on another SQLite, through a file layer of our own: for machines that have no C compiler.

apsw carries its own, newer SQLite; the rooms never run on it. So this drives the statements of an append alone, and
says that they ask the database for what they need, whichever SQLite it is.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from random import Random

import apsw
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.crash import power
from vigie.ledger import canonical, edge_mac, note, statements, tree

APPENDS = 30
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
BASE = "record.sqlite3"
READ = {name: statements.marked(getattr(statements, name), "sqlite") for name in ("ENTRY", "PAYLOAD", "GROW", "CHECKPOINT", "EDGE")}  # fmt: skip


class Layer(apsw.VFS):
    """Passes everything on to SQLite's own file layer, writes it down, and fails the calls it is told to."""

    def __init__(self, *, fail_at: int = 0, fault: type[Exception] = apsw.IOError) -> None:
        super().__init__("recorded", "")
        self.calls: list[power.Call] = []
        self.numbers: dict[str, int] = {}
        self.fallible, self._fail_at, self._fault = 0, fail_at, fault

    def note(self, kind: str, path: str, at: int = 0, data: bytes = b"") -> None:
        self.calls.append(power.Call(kind, self.numbers.get(path, 0), at, data))

    def may_fail(self) -> None:
        self.fallible += 1
        if self.fallible == self._fail_at:
            raise self._fault

    def xOpen(self, name, flags):  # noqa: N802 - SQLite's own name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        there = path is not None and Path(path).exists()
        opened = LayerFile(self, name, flags, path)
        if path is not None and not there:
            self.numbers[path] = len(self.numbers) + 1
            self.note("C", path, 0, path.encode())
        return opened

    def xDelete(self, name, syncdir):  # noqa: N802 - SQLite's own name
        super().xDelete(name, syncdir)
        self.note("U", "", 0, name.encode())
        if syncdir:
            self.note("D", "", 0, str(Path(name).parent).encode())


class LayerFile(apsw.VFSFile):
    def __init__(self, layer, name, flags, path) -> None:
        super().__init__("", name, flags)
        self._layer, self._path = layer, path

    def xWrite(self, data, offset):  # noqa: N802 - SQLite's own name
        self._layer.may_fail()
        super().xWrite(data, offset)
        self._layer.note("W", self._path, offset, bytes(data))

    def xTruncate(self, size):  # noqa: N802 - SQLite's own name
        super().xTruncate(size)
        self._layer.note("T", self._path, size)

    def xSync(self, flags):  # noqa: N802 - SQLite's own name
        self._layer.may_fail()
        super().xSync(flags)
        self._layer.note("S", self._path)
        # SQLite's layer for Unix syncs the folder of a journal it has just made, out of our sight.
        self._layer.note("D", "", 0, str(Path(self._path).parent).encode())


@pytest.fixture(scope="module")
def base(first) -> bytes:
    """A home's record as it lies in one file."""
    with closing(sqlite3.connect(first / BASE)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (first / BASE).read_bytes()


def open_through(layer, path, synchronous="FULL"):
    connection = apsw.Connection(str(path), vfs="recorded")
    # Alone on the file: then SQLite needs no shared memory, which a layer written in Python cannot give.
    for words in (
        "locking_mode=EXCLUSIVE",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "wal_autocheckpoint=60",
    ):
        connection.execute(f"PRAGMA {words}")
    return connection


def append(connection) -> int:
    """Append one entry under its checkpoint, as the ledger does; give its number."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        size, hashes, *_ = connection.execute(READ["EDGE"]).fetchone()
        edge = tree.Edge.unpacked(size, hashes)
        salt, body = bytes(16), b'{"office":"o","roles":[],"title":"O"}'
        envelope = canonical.dumps(
            {"seq": size, "payload": sha256(salt + body).hexdigest(), "padding": "x" * 400}
        )
        leaf = tree.leaf_hash(envelope)
        connection.execute(READ["ENTRY"], (size, "accounts.office.opened/1", "2030", envelope, leaf))
        connection.execute(READ["PAYLOAD"], (size, salt, body))
        edge.add(leaf)
        root = edge.root()
        mac = edge_mac.of(KEY, edge.size, edge.packed(), "2030")
        connection.execute(READ["GROW"], (edge.size, edge.packed(), "2030", mac))
        signed = note.sign(note.Checkpoint("test", edge.size, root), KEY)
        connection.execute(READ["CHECKPOINT"], (edge.size, root, signed))
        connection.execute("COMMIT")
    except BaseException:
        with suppress(apsw.Error):
            connection.execute("ROLLBACK")
        raise
    return size


def look(path: Path) -> tuple[int, list[str]]:
    """Open a record with plain SQLite; give how many entries stand, and what is wrong."""
    faults, edge, roots = [], tree.Edge(), {}
    try:
        with closing(sqlite3.connect(path)) as plain:
            faults += [said for (said,) in plain.execute("PRAGMA integrity_check") if said != "ok"]
            rows = plain.execute(
                "SELECT e.seq, envelope, leaf, salt, body FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq ORDER BY e.seq"
            )
            for expected, (seq, envelope, leaf, salt, body) in enumerate(rows):
                kept = canonical.loads(envelope)
                if (seq, kept["seq"]) != (expected, expected) or tree.leaf_hash(envelope) != leaf:
                    faults.append(f"entry {expected}")
                if body is None or ("padding" in kept and sha256(salt + body).hexdigest() != kept["payload"]):
                    faults.append(f"payload {expected}")
                edge.add(leaf)
                roots[edge.size] = edge.root()
            size, hashes, last_at, mac = plain.execute(statements.EDGE).fetchone()
            if (size, hashes) != (edge.size, edge.packed()) or (
                last_at == "2030" and not edge_mac.holds(KEY, size, hashes, last_at, mac)
            ):
                faults.append("the edge")
            promised = dict(plain.execute("SELECT size, root FROM ledger_checkpoint"))
            faults += [f"checkpoint {size}" for size, root in promised.items() if roots.get(size) != root]
    except (sqlite3.Error, TypeError, ValueError) as fault:
        faults.append(str(fault))
    return edge.size, faults


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.crash), 29])
@pytest.mark.parametrize("fault", [apsw.IOError, apsw.FullError])
def test_whichever_write_or_sync_fails_what_was_acknowledged_stands(base, disc, tally, fault, every):
    def run(at: int) -> tuple[int, int, int, list[str]]:
        """Give how many calls may fail, how many appends were acknowledged, how many stand, and what is wrong."""
        shutil.rmtree(disc / "run", ignore_errors=True)
        (disc / "run").mkdir()
        (disc / "run" / BASE).write_bytes(base)
        before, _ = look(disc / "run" / BASE)
        layer, done = Layer(fail_at=at, fault=fault), 0
        with suppress(fault), closing(open_through(layer, disc / "run" / BASE)) as connection:
            for _ in range(APPENDS):
                with suppress(fault):
                    append(connection)
                    done += 1
        size, faults = look(disc / "run" / BASE)
        return layer.fallible, done, size - before, faults

    calls, done, _, _ = run(0)
    assert done == APPENDS
    tried = range(1, calls + 1, every)
    lost = corrupt = 0
    for at in tried:
        _, done, stand, faults = run(at)
        lost += stand < done
        corrupt += bool(faults)
        assert stand <= done + 1, f"call {at}: more stand than were written"  # one whose flush failed may
        assert done >= APPENDS - 1 or at <= 2, f"one failure at call {at} stopped all that followed"
    tally(f"bare SQL, every call, {fault.__name__}", failing_calls=len(tried), lost=lost, corrupt=corrupt)
    assert (lost, corrupt) == (0, 0)


@pytest.mark.parametrize("images", [80, pytest.param(1_000, marks=pytest.mark.crash)])
@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_power_cuts_take_acknowledged_entries_only_where_the_database_does_not_wait(
    base, disc, tally, synchronous, images
):
    path = disc / "run" / BASE
    path.parent.mkdir()
    path.write_bytes(base)
    layer = Layer()
    layer.numbers[str(path)] = 1
    layer.calls = [
        power.Call("C", 1, 0, str(path).encode()),
        power.Call("W", 1, 0, base),
        power.Call("S", 1, 0, b""),
    ]
    layer.note("D", "", 0, str(path.parent).encode())
    begin = len(layer.calls)
    with closing(open_through(layer, path, synchronous)) as connection:
        for _ in range(APPENDS):
            layer.note("A", "", 0, str(append(connection)).encode())

    rng = Random(images)
    seen, taken, lost, corrupt = power.Disc(path.parent), 0, 0, 0
    for moment in sorted(rng.randint(begin, len(layer.calls)) for _ in range(images)):
        for call in layer.calls[taken:moment]:
            seen.take(call)
        taken = moment
        image = disc / "image"
        image.mkdir()
        power.lay_out(seen.after_a_cut(rng), image)
        size, faults = look(image / BASE)
        shutil.rmtree(image)
        lost += bool(seen.marks) and size <= int(seen.marks[-1])
        corrupt += bool(faults)
    tally(f"bare SQL, power cuts, synchronous={synchronous}", images=images, lost=lost, corrupt=corrupt)
    if synchronous == "FULL":
        assert (lost, corrupt) == (0, 0)
    else:
        assert lost > images / 10, "the cuts do not bite"
