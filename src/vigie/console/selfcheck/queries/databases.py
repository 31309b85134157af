"""The databases: whole, written through to the disc, and with tables of this version."""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails, holds
from vigie.ledger.backups.queries import behind

_FULL = 2
"""SQLite's number for `synchronous = FULL`."""
_NOT_THROUGH = {"off", "local"}
"""PostgreSQL's words for a commit that may be lost in a power cut, here or on its replica."""
_KEPT = ("ledger_entry", "ledger_checkpoint")


def findings(*, whole: bool) -> Iterator[Finding]:
    """Ask both databases. whole: also read SQLite's files to their end."""
    for alias, title in (("record", _("record")), ("default", _("desk"))):
        if connections[alias].vendor == "sqlite":
            yield from _sqlite(alias, title, whole=whole)
        else:
            yield _through(alias, title)
    if connections["record"].vendor == "postgresql":
        yield _only_adds()
    waiting = behind()
    if waiting:
        yield fails(
            "databases.tables",
            _("{count} changes of tables wait: {names}.").format(
                count=len(waiting), names=", ".join(waiting)
            ),
            _("Bring them up to date with: vigie upgrade"),
        )
    else:
        yield holds("databases.tables", _("The tables are those of this version."))


def _sqlite(alias: str, title: str, *, whole: bool) -> Iterator[Finding]:
    if whole:
        name, faults = f"databases.{alias}.whole", _told(alias, "PRAGMA quick_check(5)")
        if faults == ["ok"]:
            yield holds(name, _("The file of the database «{title}» is whole.").format(title=title))
        else:
            said = _("The file of the database «{title}» is damaged: {faults}.")
            yield fails(
                name,
                said.format(title=title, faults="; ".join(map(str, faults))),
                _("Stop the server, keep the disc, and put a backup back: vigie restore"),
            )
    name = f"databases.{alias}.through"
    (synchronous,), (journal,) = (_told(alias, f"PRAGMA {asked}") for asked in ("synchronous", "journal_mode"))  # fmt: skip
    if synchronous >= _FULL and journal in {"wal", "memory"}:  # memory: a database that has no file at all
        yield holds(name, _("What the database «{title}» commits is on the disc first.").format(title=title))
    else:
        said = _("The database «{title}» runs with synchronous {synchronous} and journal {journal}: a power cut may lose acts.")  # fmt: skip
        yield fails(
            name,
            said.format(title=title, synchronous=synchronous, journal=journal),
            _("Start vigie's own server on the home: it sets FULL and WAL."),
        )


def _through(alias: str, title: str) -> Finding:
    name, (setting,) = f"databases.{alias}.through", _told(alias, "SHOW synchronous_commit")
    if setting in _NOT_THROUGH:
        said = _("The database «{title}» commits with synchronous_commit {setting}: a power cut may lose acts.")  # fmt: skip
        return fails(
            name,
            said.format(title=title, setting=setting),
            _("Take the setting back from role, database and postgresql.conf."),
        )
    return holds(name, _("What the database «{title}» commits is on the disc first.").format(title=title))


def _only_adds() -> Finding:
    name = "databases.record.rights"
    held = [
        f"{verb} {table}"
        for table in _KEPT
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
        if _told("record", f"SELECT has_table_privilege('{table}', '{verb}')") == [True]
    ]
    if held:
        said = _("The server's role could change the record: {rights}.").format(rights=", ".join(held))
        return fails(name, said, _("Set its rights again with: vigie database prepare"))
    return holds(name, _("The server's role can add to the record and change nothing in it."))


def _told(alias: str, statement: str) -> list[Any]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]
