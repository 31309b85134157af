"""Backups: there is a fresh one, and it was tried out."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from vigie import times
from vigie.console.selfcheck.finding import Finding, fails, holds, warns
from vigie.homes import Home
from vigie.ledger.backups import archive
from vigie.ledger.backups.making import backups
from vigie.ledger.kinds import REHEARSED, Rehearsed
from vigie.ledger.models import Entry
from vigie.ledger.queries import one

BY_HAND = timedelta(days=7)
"""How old the newest backup may be where vigie.toml asks for none by itself, before it is said."""
TWICE = 2
"""A term has passed unkept when twice its days are over: one missed night is no alarm."""


def findings(home: Home) -> Iterator[Finding]:
    """Ask for the newest backup's age, and for what trying one out found last."""
    if home.database is not None:
        yield warns(
            "copies.age",
            _("The databases lie on PostgreSQL: vigie cannot see their copies."),
            _("See that pg_dump runs there and is tried out, as docs/postgresql says."),
        )
        return
    yield _age(home)
    yield _tried(home)


def _age(home: Home) -> Finding:
    name, kept = "copies.age", home.backups
    there = backups(kept.folder, home.instance)
    if not there:
        way = _("Make one with: vigie backup; daily with [backup] every_days = 1 in vigie.toml.")
        said = _("There is no backup in {folder}.").format(folder=kept.folder)
        return fails(name, said, way) if kept.every_days else warns(name, said, way)
    made = archive.manifest(there[-1][0]).made
    said = _("The newest backup was made at {at}.").format(at=made)
    age = times.now() - times.from_text(made)
    way = _("Make one now with: vigie backup; then see why none was made by itself.")
    if kept.every_days and age > TWICE * timedelta(days=kept.every_days):
        return fails(name, said, way)
    if not kept.every_days and age > BY_HAND:
        return warns(name, said, way)
    return holds(name, said)


def _tried(home: Home) -> Finding:
    name, kept = "copies.tried", home.backups
    last = Entry.objects.filter(kind=REHEARSED.tag).order_by("-seq").first()
    found = one(last.seq) if last else None
    way = _("Try the newest out with: vigie backup --rehearse")
    if found is None or not isinstance(body := found[1], Rehearsed):
        return warns(name, _("No backup was ever tried out."), way)
    at = found[0].at
    if not body.verified:
        said = _("The backup tried out at {at} did not hold: {faults} faults.")
        return fails(name, said.format(at=at, faults=body.faults), way)
    said = _("A backup was put back and checked at {at}, and held.").format(at=at)
    term = timedelta(days=kept.rehearse_days)
    late = term and times.now() - times.from_text(at) > TWICE * term
    return warns(name, said, way) if late else holds(name, said)
