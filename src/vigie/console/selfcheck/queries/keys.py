"""The keys: there, whole, the record's own, readable by their owner alone, and not past their term."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vigie import times
from vigie.console.selfcheck.access import loose, read_by_others
from vigie.console.selfcheck.finding import Finding, fails, holds, warns
from vigie.homes import Home
from vigie.ledger import keys, note
from vigie.ledger.witnesses.queries import shown


def findings(home: Home) -> Iterator[Finding]:
    """Ask whether the keys are there, of the right length and this record's, and who can read them and the data."""
    name = "keys.there"
    try:
        keys.seal(home.keys, "selfcheck", b"")
        keys.signing(home.keys)
        keys.web(home.keys, times.now())
    except keys.BadKey as fault:
        yield fails(name, fault.said(_), _("Put it back from the newest archive of keys."))
        return
    yield holds(name, _("The signing, sealing and web keys are there and whole."))
    yield _own()
    said = keys.warnings(home, times.now())
    for warning in said:
        yield warns(
            "keys.term",
            warning.said(_),
            _("A key is changed while the server runs, and what the one before signed or sealed stays good."),
        )
    if not said:
        yield holds("keys.term", _("No key is near its end."))
    yield from _closed(home)


def _own() -> Finding:
    name, newest = "keys.own", shown()
    try:
        note.check(note.parse(newest.note), newest.log)
    except note.BadNote:
        pass
    else:
        return holds(name, _("The signing key is the one this record's newest checkpoint was signed with."))
    return fails(
        name,
        _("The signing key is not the one this record's newest checkpoint was signed with."),
        _("Put keys/signing.key back from the newest archive of keys."),
    )


def _closed(home: Home) -> Iterator[Finding]:
    name = "keys.files"
    found = loose(home.keys)
    if found:
        yield fails(
            name,
            _("Others than their owner can read: {files}.").format(files=", ".join(map(str, found))),
            _("Close them: chmod 600 {folder}/*").format(folder=home.keys),
        )
    else:
        yield holds(name, _("The keys can be read by their owner alone."))
    name = "keys.data"
    held = [home.record_db, home.desk_db, home.originals]
    reached = read_by_others(held, home.path) + read_by_others([home.backups.folder], home.backups.folder)
    if reached:
        shown = ", ".join(map(str, reached[:5]))
        yield fails(
            name,
            _("{count} files of data can be read by others on this machine: {files}.").format(
                count=len(reached), files=shown
            ),
            _("Close the folder: chmod 700 {folder}").format(folder=reached[0].parent),
        )
    else:
        yield holds(name, _("Databases, originals and backups can be read by their owner alone."))
