"""Questions asked of the record: is it whole, where is its head, what was written."""

import fcntl
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain as chained
from typing import Any

import msgspec
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from vigie import times
from vigie.errors import RecordBroken, VigieError
from vigie.homes import Home
from vigie.ledger import audit, batch, canonical, keys, payloads, statements, tree
from vigie.ledger.kinds import ERASED, KINDS, OUTER_SIGNED, Body, By, Erased, Kind, Opened, OuterSigned
from vigie.ledger.models import Checkpoint, Edge, Entry, Payload
from vigie.ledger.outer.leaves import OuterLogs
from vigie.ledger.projections import (
    Written,
    clear,
    entries,
    plain,
    project,
    room_models,
    rows,
    take_turn,
    unpacked,
)
from vigie.ledger.promises import KNOWN, Fault, Promises, size_of
from vigie.ledger.second.queries import faults as second_faults, named as second_named
from vigie.ledger.stamps.queries import faults as stamp_faults
from vigie.ledger.witnesses.queries import chain, faults as witness_faults, origins


class NoRecord(RecordBroken):
    """There is no record to add to, or its edge cannot be read."""


@dataclass
class Verdict:
    """What a check of the record found. lost_keys: entries that put a signing key in the place of one that was lost."""

    entries: int
    root: bytes
    checkpoints: int = 0
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    lost_keys: list[int] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is amiss."""
        return not self.faults


class _Undone(Exception):
    """Raised to roll a comparison back."""


def head() -> tuple[int, bytes]:
    """Give the size of the record and the root of its tree."""
    edge, _last_at = newest_edge()
    return edge.size, edge.root()


def newest_edge() -> tuple[tree.Edge, str]:
    """Give the edge the next entry is added to, and the time of the last one. Raises NoRecord.

    Inside a recording it is the edge as it has grown by then, else the one the database holds.
    """
    under_way = batch.current.get()
    if under_way is not None and under_way.edge is not None:
        return tree.Edge(under_way.edge.size, list(under_way.edge.hashes)), under_way.last_at
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.EDGE)
        return edge_of(cursor.fetchone())


def edge_of(row: tuple[Any, ...] | None) -> tuple[tree.Edge, str]:
    """Read what `statements.EDGE` gives. Raises NoRecord."""
    if row is None:
        raise NoRecord(
            "This home has no record yet, or the edge of its tree was taken away. Check it with: vigie record verify"
        )
    try:
        return tree.Edge.unpacked(row[0], bytes(row[1])), row[2]
    except (ValueError, TypeError):
        raise NoRecord(
            "The edge of the record's tree was changed: nothing can be added. Find what else was, with: vigie record verify"
        ) from None


def recent(
    limit: int = 50, *, before: int | None = None, subject: str | None = None
) -> list[tuple[Written, Body | None]]:
    """List entries, newest first, with None for what was erased.

    before: only those whose number is below; subject: only those about that id.
    """
    chosen = Entry.objects.select_related("payload", "payloadkey").order_by("-seq")
    if before is not None:
        chosen = chosen.filter(seq__lt=min(before, canonical.WIDEST))
    if subject is None:
        return [unpacked(e, getattr(e, "payload", None)) for e in chosen[:limit]]
    found = (unpacked(e, getattr(e, "payload", None)) for e in chosen.iterator(chunk_size=500))
    return [
        pair for pair, _ in zip((f for f in found if subject in f[0].subjects), range(limit), strict=False)
    ]


def one(seq: int) -> tuple[Written, Body | None] | None:
    """Give one entry (its body None when it was erased), or None when there is none."""
    if not 0 <= seq <= canonical.WIDEST:
        return None
    entry = Entry.objects.select_related("payload", "payloadkey").filter(seq=seq).first()
    return unpacked(entry, getattr(entry, "payload", None)) if entry else None


def leaf_about(kind: Kind, at: datetime, subject: str) -> bytes:
    """Give the hash of the newest entry of a kind, of that instant, about `subject`. Raises NoRecord when there is none."""
    rows = Entry.objects.filter(kind=kind.tag, at=times.text(at)).order_by("-seq")
    for entry in rows:
        if subject in canonical.loads(bytes(entry.envelope))["subjects"]:
            return bytes(entry.leaf)
    raise NoRecord("The record holds no entry {kind} about {subject}.", kind=kind.tag, subject=subject)


def naming(person: str) -> Iterator[tuple[Written, Body | None]]:
    """Give every entry a person wrote, is named by, or is counted in, oldest first. person: opaque id."""
    name = f'"{person}"'.encode()
    chosen = Entry.objects.select_related("payload", "payloadkey").order_by("seq")
    for entry in chosen.iterator(chunk_size=2000):
        if name in bytes(entry.envelope):
            yield unpacked(entry, getattr(entry, "payload", None))


def said_before(entry: Written, names: Sequence[str]) -> tuple[Written, Body | None] | None:
    """Give the newest earlier entry of the kinds of those names about the same thing; None when there is none.

    The thing is the entry's first subject; an entry that made it bears its number (`decision-40`) and may not name it.
    """
    if not entry.subjects:
        return None
    about = entry.subjects[0]
    tags = [kind.tag for kind in KINDS.values() if kind.name in names]
    chosen = Entry.objects.select_related("payload", "payloadkey").filter(kind__in=tags, seq__lt=entry.seq)
    for earlier in chosen.order_by("-seq").iterator(chunk_size=500):
        if about.encode() not in bytes(earlier.envelope) and not about.endswith(f"-{earlier.seq}"):
            continue
        found = unpacked(earlier, getattr(earlier, "payload", None))
        if about in found[0].subjects[:1] or about.endswith(f"-{earlier.seq}"):
            return found
    return None


def unerased(
    names: Sequence[str], *, before: datetime | None = None, since: datetime | None = None
) -> list[tuple[int, Written]]:
    """List entries of the kinds of those names, whatever their version, that still say something, oldest first.

    before, since: only those written before an instant, or from it on. What they say is not opened.
    """
    tags = [kind.tag for kind in KINDS.values() if kind.name in names]
    chosen = Entry.objects.filter(kind__in=tags, payload__isnull=False).order_by("seq")
    if before is not None:
        chosen = chosen.filter(at__lt=times.text(before))
    if since is not None:
        chosen = chosen.filter(at__gte=times.text(since))
    return [(entry.seq, unpacked(entry, None)[0]) for entry in chosen]


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
    verdict.faults.extend(_note_faults(home, verdict, roots, others))
    verdict.faults.extend(witness_faults(home))
    verdict.faults.extend(stamp_faults(home))
    verdict.faults.extend(_outer_faults(home))
    verdict.faults.extend(second_faults())
    row = Edge.objects.first()
    if row is None or (row.size, _raw(row.hashes), row.last_at) != (edge.size, edge.packed(), last_at):
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


def erased_on_record() -> dict[int, int]:
    """Give, by number of an entry whose payload was erased, the number of the entry that says so."""
    found: dict[int, int] = {}
    for entry in Entry.objects.select_related("payload").filter(kind=ERASED.tag).order_by("seq"):
        payload = getattr(entry, "payload", None)
        try:
            body = unpacked(entry, payload)[1]
        except (RecordBroken, AttributeError, TypeError):
            continue  # told where the entry itself is checked
        if isinstance(body, Erased):
            found |= dict.fromkeys(body.entries, entry.seq)
    return found


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
    home: Home, verdict: Verdict, roots: dict[int, bytes], others: dict[str, str]
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
    names = origins(home)
    promises = Promises(home.instance, signers, verdict.entries, roots, names[1:])
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


class _Envelope(msgspec.Struct):
    """What is asked of an envelope when many are read."""

    by: By


def position(known: datetime) -> int:
    """Give how many entries the record held at an instant. Times never decrease, so the place is found by halving."""
    wanted, size = times.text(known), newest_edge()[0].size
    with connections["record"].cursor() as cursor:

        def at(seq: int) -> str:
            cursor.execute(statements.AT, [seq])
            return str(cursor.fetchone()[0])

        return bisect_right(range(size), wanted, key=at)


def told(kinds: Iterable[Kind], *, before: int) -> Iterator[tuple[int, str, By, Body | None]]:
    """Read what entries of some kinds say, in order: number, time, who, body (None when erased). before: numbers below.

    Made for folds over many entries: bytes are taken as they lie; `verify` is what says whether they are true.
    """
    tags = {kind.tag: (kind, msgspec.json.Decoder(kind.body).decode) for kind in kinds}
    by = msgspec.json.Decoder(_Envelope).decode
    home: Home = settings.VIGIE_HOME
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.TOLD.format(kinds=", ".join(["%s"] * len(tags))), [before, *tags])
        for seq, tag, at, envelope, body, wrapped in chained.from_iterable(
            iter(lambda: cursor.fetchmany(2000), [])
        ):
            kind, decode = tags[tag]
            sealed = body is not None and wrapped is not None
            opened = payloads.unlock(home.keys, seq, bytes(body), bytes(wrapped)) if sealed else body
            said = None if opened is None else decode(opened)
            yield seq, at, by(envelope).by, kind.upcast(said) if said and kind.upcast else said
