"""Appending: the only way anything is ever written here."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import DatabaseError, transaction

from vigie import times
from vigie.errors import BadInput, Conflict, VigieError
from vigie.homes import Home
from vigie.ledger import canonical, keys, note, tree
from vigie.ledger.kinds import OPENED, Body, By, Kind, Opened
from vigie.ledger.models import Checkpoint, Edge, Entry, Payload
from vigie.ledger.projections import Written, digest, project
from vigie.ledger.queries import newest_edge
from vigie.ledger.trouble import trouble

WIDEST_BODY = 4 * 1024 * 1024
_STEP_BACK = timedelta(seconds=5)

_recording: ContextVar["_Recording | None"] = ContextVar("vigie_recording", default=None)


class RecordTaken(Conflict):
    """The record already belongs to an instance."""


class Unfinished(VigieError):
    """The act stands on the record, but a file that follows from it could not be written."""


class AnotherInstance(Conflict):
    """The home's folder holds the record of another instance."""


class ClockWentBack(Conflict):
    """The machine's clock stands before the last entry."""


@dataclass
class _Recording:
    appended: int = 0
    stands: bool = False

    def committed(self) -> None:
        """Note that the entries stand: whatever fails from here on comes after the act."""
        self.stands = True


@contextmanager
def recording() -> Iterator[None]:
    """Hold one transaction on the record; entries appended inside stand or fall together, under one checkpoint.

    Nested blocks join the outer one. Raises OutOfRoom when the disc is full, Busy when others wrote too long,
    TablesBroken when a table is missing: in each case nothing was kept.
    """
    if _recording.get() is not None:
        with transaction.atomic(using="record"):
            yield
        return
    state = _Recording()
    token = _recording.set(state)
    sealed = ""
    try:
        with transaction.atomic(using="record"):
            transaction.on_commit(state.committed, using="record")
            yield
            if state.appended:
                sealed = _seal()
    except (DatabaseError, OSError) as fault:
        if state.stands:
            _publish_head(sealed)
            raise Unfinished(
                "The act is on the record; a file that follows from it could not be written: {fault}. Make room, and do what writes it again.",
                fault=fault,
            ) from fault
        told = trouble(fault)
        if told is None:
            raise
        raise told from fault
    finally:
        _recording.reset(token)
    if sealed:
        _publish_head(sealed)


def append(
    by: By, kind: Kind, body: Body, *, subjects: Sequence[str] = (), marking: str = "TLP:GREEN"
) -> Written:
    """Append one entry and copy it into its room's rows. Must run inside `recording()`.

    subjects: ids of what the entry is about; marking: TLP of the body.
    Raises BadInput outside a recording or when the body does not fit, ClockWentBack when time runs backwards.
    """
    state = _recording.get()
    if state is None:
        raise BadInput(
            "An entry is appended inside recording() only, so that entry and rows stand or fall together."
        )
    edge, last_at = newest_edge()
    plain = canonical.dumps(kind.plain(body))
    if len(plain) > WIDEST_BODY:
        raise BadInput(
            "The entry {tag} would hold {size} bytes. At most {most} fit.",
            tag=kind.tag,
            size=len(plain),
            most=WIDEST_BODY,
        )
    salt = secrets.token_bytes(16)
    at = _stamp(last_at)
    envelope = canonical.dumps(
        {
            "seq": edge.size,
            "kind": kind.tag,
            "at": at,
            "by": msgspec.to_builtins(by),
            "subjects": list(subjects),
            "marking": marking,
            "payload": digest(salt, plain),
        }
    )
    leaf = tree.leaf_hash(envelope)
    entry = Entry.objects.create(seq=edge.size, kind=kind.tag, at=at, envelope=envelope, leaf=leaf)
    Payload.objects.create(entry=entry, salt=salt, body=plain)
    edge.add(leaf)
    Edge.objects.update(size=edge.size, hashes=edge.packed(), last_at=at)
    state.appended += 1
    written = Written(seq=entry.seq, kind=kind.tag, at=at, by=by, subjects=tuple(subjects), marking=marking)
    project(written, body)
    return written


def next_seq() -> int:
    """Give the place the next entry will have: ids of new things are made from it, so that a rebuild makes the same."""
    return Edge.objects.values_list("size", flat=True).get()


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


def _check_instance(home: Home) -> None:
    """Refuse to write under one instance's name into another's record: a database put in the wrong folder."""
    first = Payload.objects.filter(entry_id=0).first()
    owner = canonical.loads(bytes(first.body)).get("instance") if first else home.instance
    if owner != home.instance:
        raise AnotherInstance(
            "This folder holds the record of {owner}, and vigie.toml says {home}. Nothing was written. Put the right "
            "database or the right vigie.toml back.",
            owner=owner,
            home=home.instance,
        )


def _stamp(last: str) -> str:
    now = times.now()
    if last and now < times.from_text(last):
        if times.from_text(last) - now > _STEP_BACK:
            raise ClockWentBack(
                "The clock says {now}, before the last entry of the record ({last}). Set the clock right and do it again.",
                now=times.text(now),
                last=last,
            )
        return last  # a clock being trimmed by its time service must not stop a duty officer
    return times.text(now)


def _seal() -> str:
    home: Home = settings.VIGIE_HOME
    _check_instance(home)
    edge, _last_at = newest_edge()
    root = edge.root()
    before = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    signed = note.sign(note.Checkpoint(home.instance, edge.size, root, before), keys.signing(home.keys))
    Checkpoint.objects.create(size=edge.size, root=root, note=signed)
    return signed


def _publish_head(signed: str) -> None:
    """Write the newest checkpoint beside the database: rows dropped together with their checkpoint still show."""
    home: Home = settings.VIGIE_HOME
    target = home.path / "checkpoint"
    draft = target.with_suffix(f".{os.getpid()}.new")
    try:
        draft.write_text(signed, encoding="utf-8")
        draft.replace(target)
    except OSError:  # the entry stands already; the next commit writes a newer head
        Path(draft).unlink(missing_ok=True)
