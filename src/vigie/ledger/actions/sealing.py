"""Sealing a commit: the signed checkpoint that covers what it appends, and the newest one beside the database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connections

from vigie.errors import Conflict, RecordBroken
from vigie.homes import Home
from vigie.ledger import canonical, edge_mac, keys, note, statements
from vigie.ledger.actions.growing import grow
from vigie.ledger.batch import Batch, Found
from vigie.ledger.kinds import KEY_CHANGED, ROLLBACK
from vigie.ledger.promises import size_of
from vigie.ledger.tree import Edge


class NotWrittenHere(RecordBroken):
    """Entries that no checkpoint covers, and whose edge this home did not write."""


class AnotherInstance(Conflict):
    """The home's folder holds the record of another instance."""


def seal(home: Home, opened: Batch, edge: Edge) -> str:
    """Sign a checkpoint at `edge`, which the batch grew to, and keep both. Gives the signed note.

    Gives an empty text when the newest checkpoint covers all of it already. Raises AnotherInstance, BadKey: see
    `_signers`; NotWrittenHere when entries that waited for this checkpoint were not written by this home.
    """
    standing = opened.execute(statements.STANDING, (KEY_CHANGED.tag, ROLLBACK.tag)).fetchone()
    before, opening, changed, renamed = standing
    if before == edge.size:
        return ""
    signers, lost = _signers(home, opened, opening, before or 0, changed)
    if opened.found and (before or 0) < opened.found.size and not lost:
        _check_waiting(before or 0, opened.found, signers)
    root = edge.root()
    origin = _renamed(opened) if renamed else home.instance
    signed = note.sign(note.Checkpoint(origin, edge.size, root, before), *signers)
    grow(signers[0], opened, edge)
    opened.execute(statements.CHECKPOINT, (edge.size, root, signed))
    return signed


def _check_waiting(before: int, found: Found, signers: list[Ed25519PrivateKey]) -> None:
    """Refuse to sign for entries after the checkpoint of size `before` that did not come from who holds the key."""
    if not any(edge_mac.holds(key, *found) for key in signers):
        raise NotWrittenHere(
            "Entries {first} to {last} stand after the last checkpoint and were not written by this home. Nothing was written. Find what else was changed, with: vigie record verify",
            first=before,
            last=found.size - 1,
        )


def _renamed(opened: Batch) -> str:
    """Give what the log is called since the last declared rollback gave it another name."""
    said = opened.execute(statements.RENAMED, (ROLLBACK.tag,)).fetchone()
    return str(canonical.loads(bytes(said[0]))["origin"])


def publish_head(home: Home, signed: str) -> None:
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


def _signers(
    home: Home, opened: Batch, opening: bytes | None, before: int, changed: int | None
) -> tuple[list[Ed25519PrivateKey], bool]:
    """Give the keys that sign the checkpoint of this batch, the one that makes it count first; and whether the key before was lost.

    opening: what entry 0 says, None when that was taken away; before: the size at the checkpoint before this one;
    changed: the newest entry that names another key, if any. Refuses to write under one instance's name into another's record, or under a key that is not the
    record's: a database put in the wrong folder, a key put back from the wrong backup. A key that its entry names and that
    still waits, because a crash came between the two, takes its place here.
    """
    if opening is None:
        return [keys.signing(home.keys)], False
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
    return [key, waits] if new and not lost and waits is not None else [key], lost


@lru_cache(maxsize=4)
def _opened(said: bytes) -> tuple[str, str]:
    """Give the instance and the verifier key that entry 0 names."""
    opening = canonical.loads(said)
    return opening["instance"], opening["verifier"]


@lru_cache(maxsize=4)
def _verifier(name: str, key: Ed25519PrivateKey) -> str:
    return note.verifier_key(name, key.public_key())
