"""Questions asked of the record: is it whole, where is its head, what was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from vigie.errors import RecordBroken, VigieError
from vigie.homes import Home
from vigie.ledger import canonical, keys, note, tree
from vigie.ledger.kinds import OPENED, Body
from vigie.ledger.models import Checkpoint, Edge, Entry, Payload
from vigie.ledger.projections import Written, clear, digest, entries, project, rows, unpacked


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: where (an entry's number, a table's row, a checkpoint) and what."""

    where: str
    what: str


@dataclass
class Verdict:
    """What a check of the record found."""

    entries: int
    root: bytes
    checkpoints: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is amiss."""
        return not self.faults


class _Undone(Exception):
    """Raised to roll a comparison back."""


def head() -> tuple[int, bytes]:
    """Give the size of the record and the root of its tree."""
    row = Edge.objects.get()
    return row.size, tree.Edge.unpacked(row.size, bytes(row.hashes)).root()


def recent(
    limit: int = 50, *, before: int | None = None, subject: str | None = None
) -> list[tuple[Written, Body]]:
    """List entries, newest first. before: only those whose number is below; subject: only those about that id."""
    chosen = Payload.objects.select_related("entry").order_by("-entry_id")
    if before is not None:
        chosen = chosen.filter(entry_id__lt=before)
    if subject is None:
        return [unpacked(p.entry, p) for p in chosen[:limit]]
    found = (unpacked(p.entry, p) for p in chosen.iterator(chunk_size=500))
    return [
        pair for pair, _ in zip((f for f in found if subject in f[0].subjects), range(limit), strict=False)
    ]


def one(seq: int) -> tuple[Written, Body] | None:
    """Give one entry, or None."""
    payload = Payload.objects.select_related("entry").filter(entry_id=seq).first()
    return unpacked(payload.entry, payload) if payload else None


def verify(*, tables: bool = True) -> Verdict:
    """Check the whole record: every entry, the tree, every checkpoint, and (tables) every row of the rooms."""
    home: Home = settings.VIGIE_HOME
    verdict = Verdict(entries=0, root=tree.EMPTY)
    edge = tree.Edge()
    roots: dict[int, bytes] = {}
    wanted = set(Checkpoint.objects.values_list("size", flat=True))
    last_at = ""
    for expected, (entry, payload) in enumerate(_stored()):
        if entry.seq != expected:
            verdict.faults.append(Fault(f"entry {expected}", "it is missing: the numbers are not dense"))
            break
        verdict.faults.extend(_entry_faults(entry, payload, last_at))
        last_at = entry.at
        edge.add(tree.leaf_hash(bytes(entry.envelope)))
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    verdict.entries, verdict.root = edge.size, edge.root()
    verdict.faults.extend(_opening_faults(home))
    _check_notes(home, verdict, edge, roots)
    if tables and verdict.verified:
        _check_rows(verdict)
    return verdict


def _stored() -> Iterator[tuple[Entry, Payload | None]]:
    for entry in Entry.objects.select_related("payload").order_by("seq").iterator(chunk_size=2000):
        yield entry, getattr(entry, "payload", None)


def _entry_faults(entry: Entry, payload: Payload | None, last_at: str) -> Iterator[Fault]:
    where = f"entry {entry.seq}"
    if tree.leaf_hash(bytes(entry.envelope)) != bytes(entry.leaf):
        yield Fault(where, "its envelope was changed after it was written")
        return
    try:
        envelope = canonical.loads(bytes(entry.envelope))
    except VigieError as fault:
        yield Fault(where, str(fault))
        return
    if (envelope["seq"], envelope["kind"], envelope["at"]) != (entry.seq, entry.kind, entry.at):
        yield Fault(where, "its number, kind or time in the table differs from its envelope")
    if entry.at < last_at:
        yield Fault(where, f"it is dated {entry.at}, before the entry that stands before it ({last_at})")
    if payload is None:
        yield Fault(where, "what it says is missing, and no erasure is on the record")
    elif digest(bytes(payload.salt), bytes(payload.body)) != envelope["payload"]:
        yield Fault(where, "what it says was changed after it was written")
    else:
        try:
            unpacked(entry, payload)
        except VigieError as fault:
            yield Fault(where, str(fault))


def _opening_faults(home: Home) -> Iterator[Fault]:
    try:
        first = one(0)
    except VigieError:
        return  # told already, entry by entry
    if first is None or first[0].kind != OPENED.tag:
        yield Fault("entry 0", "the record does not start with the entry that opens it")
        return
    instance = first[1].instance  # type: ignore[attr-defined]
    if instance != home.instance:
        yield Fault(
            "entry 0",
            f"this is the record of the instance {instance}, and vigie.toml says {home.instance}: a home that holds another instance",
        )
    try:
        own = note.verifier_key(home.instance, keys.signing(home.keys).public_key())
    except VigieError as fault:
        yield Fault("keys", str(fault))
        return
    if instance == home.instance and first[1].verifier != own:  # type: ignore[attr-defined]
        yield Fault("keys", "the signing key is not the one the record was opened with")


def _check_notes(home: Home, verdict: Verdict, edge: tree.Edge, roots: dict[int, bytes]) -> None:
    try:
        key = keys.signing(home.keys).public_key()
    except VigieError:
        return  # told already
    newest = 0
    for row in Checkpoint.objects.iterator():
        verdict.checkpoints += 1
        newest = row.size
        verdict.faults.extend(_note_faults(row.note, key, verdict, roots, f"checkpoint {row.size}", row))
    if newest < edge.size:
        verdict.faults.append(
            Fault(f"entry {newest}", "it stands after the last checkpoint: it was not written by this record")
        )
    beside = home.path / "checkpoint"
    if beside.exists():
        verdict.faults.extend(_note_faults(_text(beside), key, verdict, roots, "the checkpoint file", None))
    row_edge = Edge.objects.first()
    if row_edge is None or (row_edge.size, bytes(row_edge.hashes)) != (edge.size, edge.packed()):
        verdict.faults.append(Fault("the tree's edge", "it does not fit the entries"))


def _note_faults(
    text: str, key: Any, verdict: Verdict, roots: dict[int, bytes], where: str, row: Checkpoint | None
) -> Iterator[Fault]:
    try:
        promised = note.read(text, key)
    except RecordBroken as fault:
        yield Fault(where, str(fault))
        return
    if row is not None and (promised.size, promised.root) != (row.size, bytes(row.root)):
        yield Fault(where, "its size or root in the table differs from its signed note")
    if promised.size > verdict.entries:
        yield Fault(
            f"entry {verdict.entries}",
            f"it is missing: {where} promises {promised.size} entries and the record holds {verdict.entries}",
        )
    elif promised.size in roots and roots[promised.size] != promised.root:
        yield Fault(where, f"the first {promised.size} entries no longer give the root it promises")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        return f"unreadable: {fault}"


def _check_rows(verdict: Verdict) -> None:
    """Make every row again beside the present ones, compare, and put all back as it was."""
    stored = rows()
    verdict.rows = sum(map(len, stored.values()))
    try:
        with transaction.atomic(using="record"):
            clear()
            for written, body in entries():
                project(written, body)
            made = rows()
            raise _Undone
    except _Undone:
        pass
    for table, wanted in made.items():
        verdict.faults.extend(_row_faults(table, {r[0]: r for r in stored[table]}, {r[0]: r for r in wanted}))


def _row_faults(
    table: str, stored: dict[Any, tuple[Any, ...]], made: dict[Any, tuple[Any, ...]]
) -> Iterator[Fault]:
    for key in sorted(made.keys() | stored.keys(), key=str):
        if key not in stored:
            yield Fault(f"{table} {key}", "the row is missing: the record says it stands")
        elif key not in made:
            yield Fault(f"{table} {key}", "the row was added by hand: the record does not know it")
        elif stored[key] != made[key]:
            yield Fault(f"{table} {key}", "the row was edited by hand: it differs from the record")
