"""Whether the record is whole: its entries, its tree, its promises, and the rows made from it."""

import fcntl
from base64 import b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from vigie.errors import VigieError
from vigie.homes import Home
from vigie.ledger import canonical, keys, payloads, tree
from vigie.ledger.kinds import OUTER_SIGNED, Opened, OuterSigned
from vigie.ledger.models import Checkpoint, Edge, Entry, Payload
from vigie.ledger.outer.leaves import OuterLogs
from vigie.ledger.projections import (
    plain,
    room_models,
    rows,
    take_turn,
    unpacked,
)
from vigie.ledger.projections.then import tables_as_of
from vigie.ledger.promises import KNOWN, Fault, Promises, size_of
from vigie.ledger.queries import audit
from vigie.ledger.queries.entries import erased_on_record, one
from vigie.ledger.queries.heads import is_ours
from vigie.ledger.second.queries import faults as second_faults, named as second_named
from vigie.ledger.stamps.queries import faults as stamp_faults
from vigie.ledger.witnesses.queries import chain, faults as witness_faults, origins


@dataclass
class Verdict:
    """What a check of the record found.

    waiting: entries that wait for their checkpoint; lost_keys: entries that put a signing key in the place of one that was
    lost.
    """

    entries: int
    root: bytes
    checkpoints: int = 0
    waiting: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    lost_keys: list[int] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is amiss."""
        return not self.faults


def verify(*, tables: bool = True, known: str | None = None) -> Verdict:
    """Check the whole record: every entry, the tree, every checkpoint, and (tables) every row of the rooms.

    known: a checkpoint of this record that was kept elsewhere: history rewritten under the true key shows by it alone.
    Holds the record still meanwhile: an entry added half-way would look like one too many. A database that cannot be
    read is a fault like any other.
    """
    verdict = Verdict(entries=0, root=tree.EMPTY)
    try:
        with transaction.atomic(using="record"):
            take_turn()
            _verify(verdict, tables=tables, known=known)
    except DatabaseError as fault:
        verdict.faults.append(Fault("the database", f"it cannot be read to its end: {fault}"))
    return verdict


def _verify(verdict: Verdict, *, tables: bool, known: str | None) -> None:
    home: Home = settings.VIGIE_HOME
    others = {
        where: text
        for where, text in ((KNOWN, known), ("the checkpoint file", _beside(home)))
        if text is not None
    }
    wanted = set(Checkpoint.objects.values_list("size", flat=True)) | set(map(size_of, others.values()))
    gone = erased_on_record()
    fast = audit.held(wanted, gone)
    if fast:
        edge, last_at, roots = fast.edge, fast.last_at, fast.roots
    else:
        edge, last_at, roots = _each(verdict, wanted, gone)
    verdict.entries, verdict.root = edge.size, edge.root()
    verdict.faults.extend(_opening_faults(home))
    row = Edge.objects.first()
    fits = row is not None and (row.size, _raw(row.hashes), row.last_at) == (
        edge.size,
        edge.packed(),
        last_at,
    )
    vouched = row is not None and fits and is_ours(row)
    verdict.faults.extend(_note_faults(home, verdict, roots, others, vouched=vouched))
    verdict.faults.extend(witness_faults(home))
    verdict.faults.extend(stamp_faults(home))
    verdict.faults.extend(_outer_faults(home))
    verdict.faults.extend(second_faults())
    if not fits:
        verdict.faults.append(Fault("the tree's edge", "it does not fit the entries"))
    if tables:
        missing = _missing_tables()
        verdict.faults.extend(missing)
        if verdict.verified:
            _check_rows(verdict)


def _each(
    verdict: Verdict, wanted: Collection[int], gone: dict[int, int]
) -> tuple[tree.Edge, str, dict[int, bytes]]:
    """Go through entry by entry and name what does not hold. Gives the edge, the last time, the roots at `wanted` sizes."""
    edge, last_at, roots = tree.Edge(), "", dict[int, bytes]()
    for expected, (entry, payload) in enumerate(_stored()):
        if entry.seq != expected:
            verdict.faults.append(Fault(f"entry {expected}", "it is missing: the numbers are not dense"))
            break
        try:
            verdict.faults.extend(_entry_faults(entry, payload, last_at, gone))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            verdict.faults.append(Fault(f"entry {expected}", "it is not in the form this record writes"))
        last_at = entry.at
        edge.add(tree.leaf_hash(_raw(entry.envelope)))
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    return edge, last_at, roots


def _raw(stored: Any) -> bytes:
    return stored.encode() if isinstance(stored, str) else bytes(stored)


def _stored() -> Iterator[tuple[Entry, Payload | None]]:
    for entry in (
        Entry.objects.select_related("payload", "payloadkey").order_by("seq").iterator(chunk_size=2000)
    ):
        yield entry, getattr(entry, "payload", None)


def _entry_faults(
    entry: Entry, payload: Payload | None, last_at: str, gone: dict[int, int]
) -> Iterator[Fault]:
    where = f"entry {entry.seq}"
    if tree.leaf_hash(_raw(entry.envelope)) != _raw(entry.leaf):
        yield Fault(where, "its envelope was changed after it was written")
        return
    try:
        envelope = canonical.loads(_raw(entry.envelope))
    except VigieError as fault:
        yield Fault(where, str(fault))
        return
    if (envelope["seq"], envelope["kind"], envelope["at"]) != (entry.seq, entry.kind, entry.at):
        yield Fault(where, "its number, kind or time in the table differs from its envelope")
    if entry.at < last_at:
        yield Fault(where, f"it is dated {entry.at}, before the entry that stands before it ({last_at})")
    if payload is None:
        if entry.seq not in gone:
            yield Fault(where, "what it says is missing, and no erasure is on the record")
        return
    if entry.seq in gone:
        yield Fault(
            where, f"entry {gone[entry.seq]} says that it was erased, and what it says is still there"
        )
    try:
        said = plain(entry, payload)
        if payloads.digest(_raw(payload.salt), said) != envelope["payload"]:
            yield Fault(where, "what it says was changed after it was written")
            return
        unpacked(entry, payload)
    except VigieError as fault:
        yield Fault(where, str(fault))


def _opening_faults(home: Home) -> Iterator[Fault]:
    try:
        first = one(0)
    except VigieError:
        return  # told already, entry by entry
    opened = first[1] if first else None
    if not isinstance(opened, Opened):
        yield Fault("entry 0", "the record does not start with the entry that opens it")
        return
    instance = opened.instance
    if instance != home.instance:
        yield Fault(
            "entry 0",
            f"this is the record of the instance {instance}, and vigie.toml says {home.instance}: a home that holds another instance",
        )
    try:
        own = keys.signing(home.keys).public_key().public_bytes_raw()
        named = chain().newest
    except VigieError as fault:
        yield Fault("keys", str(fault))
        return
    if instance == home.instance and named.public != own:
        how = f"named by entry {named.since}" if named.since else "the record was opened with"
        yield Fault("keys", f"the signing key is not the one {how}")


def _note_faults(
    home: Home, verdict: Verdict, roots: dict[int, bytes], others: dict[str, str], *, vouched: bool
) -> Iterator[Fault]:
    try:
        signers = chain()
    except VigieError:
        return  # told already
    kept = []
    for row in Checkpoint.objects.iterator():
        text = row.note if isinstance(row.note, str) else ""
        kept.append((row.size, text))
        if text.split("\n")[2:3] != [b64encode(_raw(row.root)).decode()]:
            yield Fault(f"checkpoint {row.size}", "its root in the table differs from its signed note")
    verdict.checkpoints = len(kept)
    verdict.waiting = verdict.entries - max((size for size, _text in kept), default=0) if vouched else 0
    names = origins(home)
    promises = Promises(home.instance, signers, verdict.entries, roots, names[1:], vouched)
    yield from promises.faults(kept, others.items())
    verdict.lost_keys = [s.since for s in signers.signers if s.lost]


def _outer_faults(home: Home) -> Iterator[Fault]:
    try:
        signers = chain()
    except VigieError:
        return  # told already
    publics = {each.public for each in second_named()}
    logs = OuterLogs(home.instance, signers, origins(home)[1:], publics)
    rows = Entry.objects.select_related("payload", "payloadkey").filter(kind=OUTER_SIGNED.tag)
    for entry in rows.order_by("seq"):
        try:
            body = unpacked(entry, getattr(entry, "payload", None))[1]
        except (VigieError, AttributeError, TypeError):
            continue  # told where the entry itself is checked
        if isinstance(body, OuterSigned):
            yield from logs.faults(entry.seq, body)


def _beside(home: Home) -> str | None:
    path = home.path / "checkpoint"
    try:
        with path.open(encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH)  # who writes it holds it alone
            text = stream.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        return f"unreadable: {fault}"
    # Written at each commit without waiting for the disc: a power cut may leave none of it, or a part.
    return text if text.endswith("\n") and "\0" not in text else None


def _missing_tables() -> list[Fault]:
    there = set(connections["record"].introspection.table_names())
    return [
        Fault(table, "the table is missing: make it again with vigie record rebuild")
        for table in (model._meta.db_table for model in room_models())  # noqa: SLF001
        if table not in there
    ]


def _check_rows(verdict: Verdict) -> None:
    """Make every row again beside the present ones, compare, and put all back as it was."""
    stored = rows()
    verdict.rows = sum(map(len, stored.values()))
    with tables_as_of():
        made = rows()
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
