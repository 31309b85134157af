"""Erasing what entries say, and the file's last traces of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from vigie.errors import BadInput, NotFound
from vigie.homes import Home
from vigie.ledger import sweeping
from vigie.ledger.actions.appending import append
from vigie.ledger.actions.transactions import after_commit
from vigie.ledger.backups import erasures
from vigie.ledger.kinds import ERASED, By, Erased, kind_of
from vigie.ledger.models import Entry, Payload, PayloadKey
from vigie.ledger.projections import Written, forget, unpacked
from vigie.ledger.trouble import Busy, trouble


class NotErasable(BadInput):
    """An entry whose kind is kept for good, or that was erased already."""


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
