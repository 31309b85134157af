"""Appending: the only way anything is ever written here."""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from functools import lru_cache, partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.utils import translation

from vigie import times
from vigie.errors import BadInput, Conflict, NotFound, VigieError
from vigie.homes import Home
from vigie.ledger import batch, canonical, envelopes, holds, keys, note, payloads, statements, sweeping, tree
from vigie.ledger.backups import erasures
from vigie.ledger.batch import Batch
from vigie.ledger.kinds import ERASED, KEY_CHANGED, OPENED, ROLLBACK, Body, By, Erased, Kind, Opened, kind_of
from vigie.ledger.models import Edge, Entry, Payload, PayloadKey
from vigie.ledger.projections import Written, forget, project, take_turn, unpacked
from vigie.ledger.promises import size_of
from vigie.ledger.queries import edge_of, newest_edge
from vigie.ledger.trouble import Busy, NotReached, trouble
from vigie.ledger.writer import Call, Writer

P = ParamSpec("P")
R = TypeVar("R")

WIDEST_BODY = 4 * 1024 * 1024
WIDEST_ENVELOPE = 8 * 1024
"""Bytes of the longest envelope: bundles of entries, and whoever reads them, count on short ones."""
MOST_SUBJECTS = 100
"""Subjects an envelope names; what an entry says names them all."""
_STEP_BACK = timedelta(seconds=5)


class RecordTaken(Conflict):
    """The record already belongs to an instance."""


class Unfinished(VigieError):
    """The act stands on the record, but a file that follows from it could not be written."""


class AnotherInstance(Conflict):
    """The home's folder holds the record of another instance."""


class ClockWentBack(Conflict):
    """The machine's clock stands before the last entry."""


class NotErasable(BadInput):
    """An entry whose kind is kept for good, or that was erased already."""


class _Lost(Exception):
    """The database gave the whole transaction up, not the one act alone."""


@contextmanager
def recording() -> Iterator[None]:
    """Hold one transaction on the record; entries appended inside stand or fall together, under one checkpoint.

    Nested blocks join the outer one. Raises Held while writing is held, OutOfRoom when the disc is full, Busy when
    others wrote too long, TablesBroken when a table is missing: in each case nothing was kept.
    """
    under_way = batch.current.get()
    if under_way is not None:
        with _part(under_way):
            yield
        return
    with _whole() as opened:
        token = batch.current.set(opened)
        try:
            yield
        finally:
            batch.current.reset(token)


def recorded(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function run whole inside a recording: by the one writer while a server runs, else where it is called.

    Under the writer it runs in another thread, in a copy of the caller's context, committed together with others.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _writer is None or batch.current.get() is not None:
            with recording():
                return function(*args, **kwargs)
        # The language is a matter of the thread, not of the context.
        answer: R = _writer.do(partial(_spoken, translation.get_language(), function, *args, **kwargs))
        return answer

    return run


def _spoken(language: str, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    if translation.get_language() == language:
        return function(*args, **kwargs)
    with translation.override(language):
        return function(*args, **kwargs)


def after_commit(function: Callable[[], Any]) -> None:
    """Do something once the entries of this recording stand: write a file, put pages in place.

    Where it raises OSError, the act is told as Unfinished: it stands all the same.
    """
    after = _after.get()
    if after is None:
        transaction.on_commit(function, using="record")
    else:
        after.append(function)


def by_one_clock(function: Callable[[], dict[str, int]]) -> Callable[[], dict[str, int]]:
    """Make what falls due be done by one process at a time: where another is at it, nothing is done and nothing given.

    On SQLite one server holds the home; on PostgreSQL several may, and each has a clock.
    """

    @wraps(function)
    def run() -> dict[str, int]:
        if connections["record"].vendor != "postgresql":
            return function()
        with connections["record"].cursor() as cursor:
            cursor.execute(statements.CLOCK)
            if not cursor.fetchone()[0]:
                return {}
            try:
                return function()
            finally:
                cursor.execute(statements.CLOCK_DONE)

    return run


def start_writer() -> None:
    """Let one thread of this process commit what the others hand over, until `stop_writer`."""
    global _writer  # noqa: PLW0603 - the process has one home, hence one writer
    if _writer is None:
        _writer = Writer(_commit_together)


def stop_writer() -> None:
    """Write what waits, then let every thread write for itself again."""
    global _writer  # noqa: PLW0603
    if _writer is not None:
        _writer.stop()
        _writer = None


_writer: Writer | None = None
_after: ContextVar[list[Callable[[], Any]] | None] = ContextVar("vigie_after", default=None)


def _commit_together(turn: Iterator[Call]) -> None:
    connections["record"].close_if_unusable_or_obsolete()
    calls: list[Call] = []
    later: list[tuple[Call, list[Callable[[], Any]]]] = []
    try:
        with _whole() as opened:
            for call in turn:
                calls.append(call)
                after: list[Callable[[], Any]] = []
                call.context.run(_run_one, opened, call, after)
                if after and call.fault is None:
                    later.append((call, after))
    except BaseException as fault:
        cause = fault.__cause__ if isinstance(fault, _Lost) and fault.__cause__ else fault
        for call in calls:
            call.fault = call.fault or _told(cause)
        if not calls:
            raise
        return
    finally:
        if any(isinstance(call.fault, NotReached) for call in calls):
            # Opened anew next time: a file that could once be opened for reading only would never be written to again.
            connections["record"].close()
    for call, after in later:
        call.fault = _done_after(after)


def _run_one(opened: Batch, call: Call, after: list[Callable[[], Any]]) -> None:
    batch.current.set(opened)
    _after.set(after)
    mark = opened.mark()
    try:
        # Django's own savepoints cost as much as a small act; what they keep account of (`on_commit`) is kept here.
        opened.execute(statements.SAVEPOINT)
        call.answer = call.function()
        opened.execute(statements.RELEASE)
    except BaseException as fault:
        call.fault = _told(fault)
        opened.back_to(mark)
        if not _transaction_stands():
            raise _Lost from fault
        opened.execute(statements.BACK)
        opened.execute(statements.RELEASE)
        transaction.set_rollback(False, using="record")


def _done_after(functions: Sequence[Callable[[], Any]]) -> BaseException | None:
    """Do what follows a committed act. Gives what went wrong: what others wait for must not fail with it."""
    try:
        for function in functions:
            function()
    except Exception as fault:  # noqa: BLE001 - the caller is told
        return _unfinished(fault) if isinstance(fault, OSError) else fault
    return None


def _driver() -> Callable[..., Any]:
    """Give what runs the record's own statements on the database's own driver, the connection being open."""
    connection = connections["record"]
    marks = _MARKED[connection.vendor]
    run = connection.connection.execute

    def execute(statement: str, values: Sequence[Any] = ()) -> Any:
        return run(marks[statement], values)

    return execute


_MARKED = {
    vendor: {
        statement: statements.marked(statement, vendor)
        for statement in vars(statements).values()
        if isinstance(statement, str)
    }
    for vendor in ("sqlite", "postgresql")
}


def _transaction_stands() -> bool:
    """Say whether the open transaction is still there: SQLite gives it up by itself when a disc fails, a server may go away."""
    driver = connections["record"].connection
    return driver is not None and bool(
        getattr(driver, "in_transaction", not getattr(driver, "closed", False))
    )


def _told(fault: BaseException) -> BaseException:
    told = trouble(fault)
    if told is not None:
        told.__cause__ = fault
    return told or fault


@contextmanager
def _part(under_way: Batch) -> Iterator[None]:
    """Hold a savepoint of the open transaction; what fails inside takes only its own entries back."""
    mark = under_way.mark()
    try:
        with transaction.atomic(using="record"):
            yield
    except BaseException:
        under_way.back_to(mark)
        raise


@contextmanager
def _whole() -> Iterator[Batch]:
    """Hold the transaction itself, and seal it with a checkpoint when something was appended."""
    home: Home = settings.VIGIE_HOME
    holds.check(home.path, "writing")
    sealed = ""
    opened = Batch()
    try:
        with connections["record"].wrap_database_errors, transaction.atomic(using="record"):
            take_turn()
            opened.execute = _driver()
            transaction.on_commit(opened.committed, using="record")
            yield opened
            if opened.appended:
                sealed = _seal(home, opened)
    except (DatabaseError, OSError) as fault:
        if opened.stands:
            _publish_head(home, sealed)
            raise _unfinished(fault) from fault
        told = trouble(fault)
        if told is None:
            raise
        raise told from fault
    if sealed:
        _publish_head(home, sealed)


def _unfinished(fault: BaseException) -> Unfinished:
    return Unfinished(
        "The act is on the record; a file that follows from it could not be written: {fault}. Make room, and do what writes it again.",
        fault=fault,
    )


def append(
    by: By, kind: Kind, body: Body, *, subjects: Sequence[str] = (), marking: str = "TLP:GREEN"
) -> Written:
    """Append one entry and copy it into its room's rows. Must run inside `recording()`.

    subjects: ids of what the entry is about, of which the envelope names the first hundred; marking: TLP of the body.
    Raises BadInput outside a recording or when body or envelope do not fit, ClockWentBack when time runs backwards.
    """
    under_way = batch.current.get()
    if under_way is None:
        raise BadInput(
            "An entry is appended inside recording() only, so that entry and rows stand or fall together."
        )
    edge, named = _edge(under_way), tuple(subjects)[:MOST_SUBJECTS]
    plain = kind.packed(body)
    if len(plain) > WIDEST_BODY:
        raise BadInput(
            "The entry {tag} would hold {size} bytes. At most {most} fit.",
            tag=kind.tag,
            size=len(plain),
            most=WIDEST_BODY,
        )
    seq, salt, at = edge.size, secrets.token_bytes(16), _stamp(under_way.last_at)
    envelope = envelopes.write(seq, kind.tag, at, by, named, marking, payloads.digest(salt, plain))
    if len(envelope) > WIDEST_ENVELOPE:
        raise BadInput(
            "The envelope of {tag} would have {size} bytes: its subjects are too long. At most {most} fit.",
            tag=kind.tag,
            size=len(envelope),
            most=WIDEST_ENVELOPE,
        )
    leaf = tree.leaf_hash(envelope)
    under_way.execute(statements.ENTRY, (seq, kind.tag, at, envelope, leaf))
    if kind.erasable:
        home: Home = settings.VIGIE_HOME
        _check_sealing(home, under_way)
        sealed, wrapped = payloads.lock(home.keys, seq, plain)
        under_way.execute(statements.PAYLOAD, (seq, salt, sealed))
        under_way.execute(statements.PAYLOAD_KEY, (seq, wrapped))
    else:
        under_way.execute(statements.PAYLOAD, (seq, salt, plain))
    edge.add(leaf)
    under_way.last_at = at
    under_way.appended += 1
    written = Written(seq=seq, kind=kind.tag, at=at, by=by, subjects=named, marking=marking)
    project(written, body)
    return written


def next_seq() -> int:
    """Give the place the next entry will have: ids of new things are made from it, so that a rebuild makes the same."""
    return newest_edge()[0].size


def erase(
    by: By,
    seqs: Sequence[int],
    *,
    ground: str,
    authority: str,
    subjects: Sequence[str] = (),
    again: bool = False,
) -> Written:
    """Erase what entries say: payload, salt and key go; entries, proofs and the ground of the erasure stay.

    ground: the rule or request it rests on; authority: who may order it; again: what they said was left out already when
    an older copy was put back, and no entry says so yet. Must run inside `recording()`. What the database
    file still holds of it in passing goes with the next `sweep`.
    Raises NotFound, NotErasable when a kind is kept for good or nothing is left to erase.
    """
    home: Home = settings.VIGIE_HOME
    sweeping.ask(home.path)
    rows = set(Payload.objects.filter(entry_id__in=seqs).values_list("entry_id", flat=True))
    gone: list[Written] = []
    leaves: dict[str, str] = {}
    for seq in seqs:
        entry = Entry.objects.filter(seq=seq).first()
        if entry is None:
            raise NotFound("The record has no entry {seq}.", seq=seq)
        if seq not in rows and not again:
            raise NotErasable("What entry {seq} says was erased already.", seq=seq)
        if not kind_of(entry.kind).erasable:
            raise NotErasable(
                "Entry {seq} is of kind {kind}, which is kept for good. Only what may hold personal data or has a term can be erased.",
                seq=seq,
                kind=entry.kind,
            )
        gone.append(unpacked(entry, None)[0])
        leaves[str(seq)] = bytes(entry.leaf).hex()
    body = Erased(entries=list(seqs), ground=ground, authority=authority)
    written = append(by, ERASED, body, subjects=subjects, marking="TLP:CLEAR")
    PayloadKey.objects.filter(entry_id__in=seqs)._raw_delete("record")  # noqa: SLF001 - no row hangs on it
    Payload.objects.filter(entry_id__in=seqs)._raw_delete("record")  # noqa: SLF001
    for each in gone:
        forget(each)
    noted = erasures.Erasure(leaves, written.at, ground, authority)
    after_commit(partial(_erase_in_copies, home.backups.folder, noted))
    return written


def _erase_in_copies(folder: Path, erasure: erasures.Erasure) -> None:
    """See to it that no copy of the home says what was erased: not now, nor once an older one is put back."""
    erasures.note(folder, erasure)
    erasures.strike(folder, map(int, erasure.entries))


def sweep() -> bool:
    """Rewrite the record's database file, so that no byte of what was erased stays in it. Gives False when none was asked for.

    Deleting with secure_delete is not enough: SQLite moves rows between pages, and where they stood before, their bytes
    stay. Others wait meanwhile (about a second for each 100 MB). Inside a transaction it waits for the next call.
    Raises Busy while somebody reads on for long: it is asked for again then.
    """
    home: Home = settings.VIGIE_HOME
    connection = connections["record"]
    if connection.vendor != "sqlite":
        return False  # the file is the database server's own: docs/erasure.md says what its keeper does
    if connection.in_atomic_block or not sweeping.begin(home.path):
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            blocked = cursor.fetchone()[0]
    except DatabaseError as fault:
        raise trouble(fault) or fault from fault
    if blocked:
        raise Busy("Somebody still reads what was erased: the journal of the database could not be emptied.")
    sweeping.done(home.path)
    return True


def open_record() -> None:
    """Write the first entry of a home's record. Raises RecordTaken when there is one already."""
    home: Home = settings.VIGIE_HOME
    keys.make(home.keys)
    with recording():
        if Edge.objects.exists():
            raise RecordTaken("This home already holds a record. Use it, or make another home.")
        Edge.objects.create(size=0, hashes=b"", last_at="")
        verifier = note.verifier_key(home.instance, keys.signing(home.keys).public_key())
        opened = Opened(instance=home.instance, exercise=home.exercise, verifier=verifier)
        append(By(person="", office="", via="shell"), OPENED, opened, marking="TLP:CLEAR")


def _edge(under_way: Batch) -> tree.Edge:
    """Give the edge the batch appends to, read inside its transaction the first time it is asked for."""
    if under_way.edge is None:
        under_way.edge, under_way.last_at = edge_of(under_way.execute(statements.EDGE).fetchone())
    return under_way.edge


def _signers(
    home: Home, opened: Batch, opening: bytes | None, before: int, changed: int | None
) -> list[Ed25519PrivateKey]:
    """Give the keys that sign the checkpoint of this batch, the one that makes it count first.

    opening: what entry 0 says, None when that was taken away; before: the size at the checkpoint before this one;
    changed: the newest entry that names another key, if any. Refuses to write under one instance's name into another's record, or under a key that is not the
    record's: a database put in the wrong folder, a key put back from the wrong backup. A key that its entry names and that
    still waits, because a crash came between the two, takes its place here.
    """
    if opening is None:
        return [keys.signing(home.keys)]
    instance, wanted = _opened(bytes(opening))
    if instance != home.instance:
        raise AnotherInstance(
            "This folder holds the record of {owner}, and vigie.toml says {home}. Nothing was written. Put the right "
            "database or the right vigie.toml back.",
            owner=instance,
            home=home.instance,
        )
    new, lost = "", False
    for seq, raw in opened.execute(statements.KEYS, (KEY_CHANGED.tag,)).fetchall() if changed else ():
        body = canonical.loads(bytes(raw))
        if body["key"] != "signing":
            continue
        if seq < before:
            wanted = body["verifier"]
        else:
            new, lost = body["verifier"], body["lost"]
    waits = keys.next_signing(home.keys)
    if waits is not None and not new and _verifier(home.instance, waits) == wanted:
        keys.adopt(home.keys, "signing", keep=False)
        waits = None
    key = keys.signing(home.keys)
    if _verifier(home.instance, key) != (new if lost else wanted):
        raise keys.BadKey(
            "The signing key in {folder} is not the one this record is signed with. Nothing was written. Put the key back from a backup.",
            folder=home.keys,
        )
    return [key, waits] if new and not lost and waits is not None else [key]


@lru_cache(maxsize=4)
def _opened(said: bytes) -> tuple[str, str]:
    """Give the instance and the verifier key that entry 0 names."""
    opening = canonical.loads(said)
    return opening["instance"], opening["verifier"]


@lru_cache(maxsize=4)
def _verifier(name: str, key: Ed25519PrivateKey) -> str:
    return note.verifier_key(name, key.public_key())


def _check_sealing(home: Home, under_way: Batch) -> None:
    """Refuse, once a batch, to wrap under a sealing key that does not open what was wrapped before."""
    if not under_way.sealing_known:
        last = under_way.execute(statements.LAST_WRAPPED).fetchone()
        if last is not None and not payloads.wraps(home.keys, last[0], bytes(last[1])):
            raise keys.BadKey(
                "The sealing key in {folder} does not open what this record holds sealed. Nothing was written. Put the key back from a backup.",
                folder=home.keys,
            )
        under_way.sealing_known = True


def _stamp(last: str) -> str:
    now = times.text(times.now())
    if now >= last:  # both are written alike: the order of the texts is that of the instants
        return now
    if times.from_text(last) - times.from_text(now) > _STEP_BACK:
        raise ClockWentBack(
            "The clock says {now}, before the last entry of the record ({last}). Set the clock right and do it again.",
            now=now,
            last=last,
        )
    return last  # a clock being trimmed by its time service must not stop a duty officer


def _seal(home: Home, opened: Batch) -> str:
    standing = opened.execute(statements.STANDING, (KEY_CHANGED.tag, ROLLBACK.tag)).fetchone()
    before, opening, changed, renamed = standing
    signers = _signers(home, opened, opening, before or 0, changed)
    edge = _edge(opened)
    root = edge.root()
    origin = _renamed(opened) if renamed else home.instance
    signed = note.sign(note.Checkpoint(origin, edge.size, root, before), *signers)
    opened.execute(statements.GROW, (edge.size, edge.packed(), opened.last_at))
    opened.execute(statements.CHECKPOINT, (edge.size, root, signed))
    return signed


def _renamed(opened: Batch) -> str:
    """Give what the log is called since the last declared rollback gave it another name."""
    said = opened.execute(statements.RENAMED, (ROLLBACK.tag,)).fetchone()
    return str(canonical.loads(bytes(said[0]))["origin"])


def _publish_head(home: Home, signed: str) -> None:
    """Write the newest checkpoint beside the database: rows dropped together with their checkpoint still show.

    In place: a file moved over another waits for the disc on ext4, as long as the commit itself. A note is smaller than a
    sector, so that a power cut leaves the old one or the new.
    """
    data = signed.encode()
    # The entry stands already: what fails here is made good by the next commit, which writes a newer head.
    with suppress(OSError, DatabaseError), _head(f"{home.path}/checkpoint") as file:
        there = os.pread(file, 4096, 0)
        if not _overtaken(there.decode(errors="replace"), signed):
            if len(there) > len(data):
                os.ftruncate(file, 0)
            if os.pwrite(file, data, 0) < len(data):  # the disc is full: no head is better than halves of two
                os.ftruncate(file, 0)


@contextmanager
def _head(path: str) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _overtaken(there: str, signed: str) -> bool:
    """Say whether another process, which committed later, wrote its head first.

    A larger head that the record no longer reaches is no such thing: that record was rolled back.
    """
    beside = size_of(there)
    if beside <= size_of(signed):
        return False
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.NEWEST)
        return beside <= (cursor.fetchone()[0] or 0)
