"""Backups as acts: made when due, tried out when due, and after one is put back, what was erased since is erased again."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from vigie import times
from vigie.errors import NotFound
from vigie.homes import BadHome, Home
from vigie.ledger.actions import append, erase, recorded
from vigie.ledger.backups import archive, erasures, making
from vigie.ledger.backups.making import Made, backups
from vigie.ledger.backups.rehearsing import Rehearsal, rehearse
from vigie.ledger.kinds import REHEARSED, By, Rehearsed
from vigie.ledger.models import Entry
from vigie.ledger.queries import erased_on_record

_CLOCK = By(person="", office="", via="clock")
_SLACK = timedelta(minutes=1)
"""A turn of the clock that comes a little early must not put a daily backup off by a day."""


def back_up(folder: Path | None = None) -> Made:
    """Copy this home into two archives, and throw away those that are past their term. Raises BadHome on PostgreSQL."""
    home: Home = settings.VIGIE_HOME
    if home.database is not None:
        raise BadHome(
            "The databases of this home lie on PostgreSQL: copy them there with pg_dump, as docs/postgresql says, and the rest of the folder with any tool."
        )
    kept = home.backups
    made = making.make(home, folder or kept.folder)
    until = times.now() - timedelta(days=kept.keys_days)
    making.prune(folder or kept.folder, home.instance, keep=kept.keep, keys_until=times.text(until))
    return made


def back_up_when_due() -> int:
    """Make a backup when vigie.toml asks for one by now. Gives how many were made."""
    home: Home = settings.VIGIE_HOME
    kept = home.backups
    if not kept.every_days or home.database is not None:
        return 0
    there = backups(kept.folder, home.instance)
    if there and _made(there[-1][0]) > times.text(times.now() - timedelta(days=kept.every_days) + _SLACK):
        return 0
    back_up()
    return 1


def rehearse_when_due() -> int:
    """Try the newest backup out when the last rehearsal lies further back than vigie.toml allows. Gives how many were tried."""
    home: Home = settings.VIGIE_HOME
    kept = home.backups
    there = [pair for pair in backups(kept.folder, home.instance) if pair[1].is_file()]
    if not kept.rehearse_days or not there:
        return 0
    since = times.text(times.now() - timedelta(days=kept.rehearse_days))
    if Entry.objects.filter(kind=REHEARSED.tag, at__gt=since).exists():
        return 0
    rehearse_now(*there[-1])
    return 1


def rehearse_now(data: Path | None = None, keys: Path | None = None, *, by: By = _CLOCK) -> Rehearsal:
    """Try a backup out, the newest when none is given, and put on the record what was found. Raises NotFound, BadArchive."""
    home: Home = settings.VIGIE_HOME
    if data is None or keys is None:
        there = [pair for pair in backups(home.backups.folder, home.instance) if pair[1].is_file()]
        if not there:
            raise NotFound(
                "There is no backup in {folder}. Make one with: vigie backup", folder=home.backups.folder
            )
        data, keys = there[-1]
    found = rehearse(data, keys)
    _note(by, found)
    return found


def erase_again(by: By) -> list[int]:
    """Erase once more what was erased after the backup this home was put back from. Gives the numbers of the entries.

    Reads the journal beside the home's backups; an entry counts only where its leaf is the one that was erased.
    """
    home: Home = settings.VIGIE_HOME
    again: list[int] = []
    for erasure in erasures.read(home.path / "backups" / erasures.JOURNAL):
        again += _erase_again(by, erasure)
    return again


@recorded
def _erase_again(by: By, erasure: erasures.Erasure) -> list[int]:
    wanted = {int(seq): bytes.fromhex(leaf) for seq, leaf in erasure.entries.items()}
    said = erased_on_record()
    there = Entry.objects.filter(seq__in=wanted).order_by("seq")
    seqs = [e.seq for e in there if bytes(e.leaf) == wanted[e.seq] and e.seq not in said]
    if seqs:
        ground = f"{erasure.ground} (erased on {erasure.at}, and again after a copy was put back)"
        erase(by, seqs, ground=ground, authority=erasure.authority, again=True)
    return seqs


@recorded
def _note(by: By, found: Rehearsal) -> None:
    body = Rehearsed(
        made=found.made,
        entries=found.entries,
        root=found.root,
        verified=not found.faults,
        faults=len(found.faults),
    )
    append(by, REHEARSED, body)


def _made(data: Path) -> str:
    return archive.manifest(data).made
