"""From entries to rows: which function of which room copies which kind, and how all rows are made again.

A projection only copies what the entry states: no clock, no chance, no settings, no file. So the rooms' rows
can be dropped and made again, row for row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from django.apps import apps
from django.conf import settings
from django.db import connections, models

from vigie import times
from vigie.errors import RecordBroken
from vigie.homes import Home
from vigie.ledger import envelopes, payloads, statements
from vigie.ledger.grants import grants
from vigie.ledger.kinds import Body, By, Kind, kind_of, read_as
from vigie.ledger.models import Entry, OuterCheckpoint, OuterLeaf, Payload

ROOMS = (
    "accounts",
    "editions",
    "exposure",
    "reports",
    "assessment",
    "alert",
    "feeds",
    "measures",
    "patrols",
    "warning",
    "partners",
    "history",
    "erasure",
)

_PAGE = 2000
"""Entries read at a time."""
_FARTHEST = 2**63 - 1
"""The highest number a database gives an entry."""


@dataclass(frozen=True)
class Written:
    """An entry as projections see it."""

    seq: int
    kind: str
    at: str
    by: By
    subjects: tuple[str, ...]
    marking: str

    @cached_property
    def instant(self) -> datetime:
        """The entry's time as an instant."""
        return times.from_text(self.at)


Projection = Callable[[Written, Any], None]
Forgetting = Callable[[Written], None]
_PROJECTIONS: dict[str, list[Projection]] = {}
_FORGETTINGS: dict[str, list[Forgetting]] = {}


def projects(kind: Kind) -> Callable[[Projection], Projection]:
    """Mark a function as the one that turns entries of `kind`, and of the versions read as it, into its room's rows."""
    heard = read_as(kind)

    def mark(function: Projection) -> Projection:
        for each in heard:
            _PROJECTIONS.setdefault(each.tag, []).append(function)
        return function

    return mark


def projects_erased(kind: Kind) -> Callable[[Forgetting], Forgetting]:
    """Mark a function as the one that makes an entry's rows what they are once what it says is erased.

    It runs at the erasure, when the rows may stand, and at a rebuild in place of the projection, when they do not. As with
    `projects`, the versions read as `kind` come along.
    """
    heard = read_as(kind)

    def mark(function: Forgetting) -> Forgetting:
        for each in heard:
            _FORGETTINGS.setdefault(each.tag, []).append(function)
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
    start, last = 0, _FARTHEST if before is None else before - 1
    while start <= last:
        with connections["record"].cursor() as cursor:
            cursor.execute(statements.PAGE, (start, last, _PAGE))
            page = cursor.fetchall()
        for row in page:
            yield _read(*row)
        if len(page) < _PAGE:
            return
        start = page[-1][0] + 1


def unpacked(entry: Entry, payload: Payload | None) -> tuple[Written, Body | None]:
    """Give an entry and its body, None when there is no payload. Raises RecordBroken when it is not the one the envelope names."""
    if payload is None:
        return _read(entry.seq, entry.envelope, None, None, None)
    key = getattr(entry, "payloadkey", None)
    return _read(entry.seq, entry.envelope, payload.salt, payload.body, key and key.wrapped)


def plain(entry: Entry, payload: Payload) -> bytes:
    """Give the canonical bytes of what an entry says, opened with its key when it has one. Raises BadKey."""
    key = getattr(entry, "payloadkey", None)
    return _opened(entry.seq, payload.body, key and key.wrapped)


def _read(seq: int, envelope: Any, salt: Any, body: Any, wrapped: Any) -> tuple[Written, Body | None]:
    try:
        told = envelopes.read(bytes(envelope))
        written = Written(seq, told.kind, told.at, told.by, told.subjects, told.marking)
        if body is None:
            return written, None
        said = _opened(seq, body, wrapped)
        changed = payloads.digest(bytes(salt), said) != told.payload
    except (msgspec.ValidationError, TypeError, ValueError):
        raise RecordBroken(
            "Entry {seq} is not in the form this record writes: it was changed after it was written.",
            seq=seq,
        ) from None
    if changed:
        raise RecordBroken("Entry {seq}: what it says was changed after it was written.", seq=seq)
    kind = kind_of(written.kind)
    read = kind.unpacked(said)
    return written, kind.upcast(read) if kind.upcast else read


def _opened(seq: int, body: Any, wrapped: Any) -> bytes:
    raw = body.encode() if isinstance(body, str) else bytes(body)
    if wrapped is None:
        return raw
    home: Home = settings.VIGIE_HOME
    return payloads.unlock(home.keys, seq, raw, bytes(wrapped))


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
