"""From entries to rows: which function of which room copies which kind, and how all rows are made again.

A projection only copies what the entry states: no clock, no chance, no settings, no file. So the rooms' rows
can be dropped and made again, row for row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from vigie import times
from vigie.errors import RecordBroken
from vigie.homes import Home
from vigie.ledger import canonical, payloads, statements
from vigie.ledger.grants import grants
from vigie.ledger.kinds import Body, By, Kind, kind_of
from vigie.ledger.models import Entry, OuterCheckpoint, OuterLeaf, Payload

ROOMS = (
    "accounts",
    "exposure",
    "reports",
    "assessment",
    "alert",
    "measures",
    "patrols",
    "warning",
    "partners",
    "history",
    "erasure",
)


@dataclass(frozen=True)
class Written:
    """An entry as projections see it."""

    seq: int
    kind: str
    at: str
    by: By
    subjects: tuple[str, ...]
    marking: str

    @property
    def instant(self) -> datetime:
        """The entry's time as an instant."""
        return times.from_text(self.at)


Projection = Callable[[Written, Any], None]
Forgetting = Callable[[Written], None]
_PROJECTIONS: dict[str, list[Projection]] = {}
_FORGETTINGS: dict[str, list[Forgetting]] = {}


def projects(kind: Kind) -> Callable[[Projection], Projection]:
    """Mark a function as the one that turns entries of `kind` into its room's rows."""

    def mark(function: Projection) -> Projection:
        _PROJECTIONS.setdefault(kind.tag, []).append(function)
        return function

    return mark


def projects_erased(kind: Kind) -> Callable[[Forgetting], Forgetting]:
    """Mark a function as the one that makes an entry's rows what they are once what it says is erased.

    It runs at the erasure, when the rows may stand, and at a rebuild in place of the projection, when they do not.
    """

    def mark(function: Forgetting) -> Forgetting:
        _FORGETTINGS.setdefault(kind.tag, []).append(function)
        return function

    return mark


def project(written: Written, body: Body | None) -> None:
    """Copy one entry into the rows of the rooms that listen to its kind; body: None when it was erased."""
    if body is None:
        forget(written)
        return
    for function in _PROJECTIONS.get(written.kind, ()):
        function(written, body)


def forget(written: Written) -> None:
    """Make the rows of an entry what they are once what it says is erased."""
    for function in _FORGETTINGS.get(written.kind, ()):
        function(written)


def room_models() -> list[type[models.Model]]:
    """List the tables that are the record's shadow, in the order their foreign keys allow."""
    return [OuterLeaf, OuterCheckpoint] + [
        model
        for room in ROOMS
        if apps.is_installed(f"vigie.{room}")
        for model in apps.get_app_config(room).get_models()
    ]


def entries(*, before: int | None = None) -> Iterator[tuple[Written, Body | None]]:
    """Read the record in order, with None for what was erased. before: only entries whose number is below.

    Raises RecordBroken at the first entry that cannot be read.
    """
    rows = Entry.objects.select_related("payload", "payloadkey").order_by("seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    for entry in rows.iterator(chunk_size=2000):
        yield unpacked(entry, getattr(entry, "payload", None))


def unpacked(entry: Entry, payload: Payload | None) -> tuple[Written, Body | None]:
    """Give an entry and its body, None when there is no payload. Raises RecordBroken when it is not the one the envelope names."""
    try:
        envelope = canonical.loads(bytes(entry.envelope))
        written = Written(
            seq=entry.seq,
            kind=envelope["kind"],
            at=envelope["at"],
            by=By(**envelope["by"]),
            subjects=tuple(envelope["subjects"]),
            marking=envelope["marking"],
        )
        if payload is None:
            return written, None
        said = plain(entry, payload)
        changed = payloads.digest(bytes(payload.salt), said) != envelope["payload"]
    except (KeyError, TypeError, ValueError):
        raise RecordBroken(
            "Entry {seq} is not in the form this record writes: it was changed after it was written.",
            seq=entry.seq,
        ) from None
    if changed:
        raise RecordBroken("Entry {seq}: what it says was changed after it was written.", seq=entry.seq)
    kind = kind_of(written.kind)
    body = kind.read(canonical.loads(said))
    return written, kind.upcast(body) if kind.upcast else body


def plain(entry: Entry, payload: Payload) -> bytes:
    """Give the canonical bytes of what an entry says, opened with its key when it has one. Raises BadKey."""
    key = getattr(entry, "payloadkey", None)
    raw = payload.body.encode() if isinstance(payload.body, str) else bytes(payload.body)
    if key is None:
        return raw
    home: Home = settings.VIGIE_HOME
    return payloads.unlock(home.keys, entry.seq, raw, bytes(key.wrapped))


def take_turn() -> None:
    """Wait until no other transaction writes to the record, and let none in until this one ends. Must run inside one.

    SQLite has done so already: its transactions start IMMEDIATE. On PostgreSQL it is one lock for the whole transaction.
    There READ COMMITTED is enough: the lock goes only once the rows under it are visible, and each statement after it
    sees all that was committed by then; a snapshot taken before the wait (REPEATABLE READ) would be a stale one.
    """
    if connections["record"].vendor == "postgresql":
        with connections["record"].cursor() as cursor:
            cursor.execute(statements.TURN)


def rebuild() -> int:
    """Drop every table of the rooms, make it again, and replay the record into it. Gives the number of entries.

    One transaction: a rebuild that fails leaves the tables as they were.
    """
    home: Home = settings.VIGIE_HOME
    connection = connections["record"]
    count = 0
    tables = room_models()
    # SQLite turns foreign keys off only outside a transaction; dropping a table with them on empties it row by row.
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        take_turn()
        for model in reversed(tables):
            editor.execute(f"DROP TABLE IF EXISTS {editor.quote_name(model._meta.db_table)}")  # noqa: SLF001
        for model in tables:
            editor.create_model(model)
        for written, body in entries():
            project(written, body)
            count += 1
        if home.database:  # rights go with the table that was dropped
            made = [model._meta.db_table for model in tables]  # noqa: SLF001
            for statement in grants(home.database.record.user, home.database.record.name, made):
                editor.execute(statement)
    return count


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every room's table, sorted by key: what two builds are compared by."""
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values_list())  # noqa: SLF001
        for model in room_models()
    }


def clear() -> None:
    """Empty every table of the rooms inside the present transaction."""
    for model in reversed(room_models()):
        model._default_manager.all()._raw_delete("record")  # noqa: SLF001
