"""Making a new key, with its entry on the record, so that a cut at any moment leaves everything readable and signed."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from vigie import files, times
from vigie.errors import BadInput, Conflict
from vigie.homes import Home
from vigie.ledger import keys, note, payloads
from vigie.ledger.actions import after_commit, append, erase, recording
from vigie.ledger.keys import What
from vigie.ledger.kinds import KEY_CHANGED, By, KeyChanged
from vigie.ledger.models import PayloadKey
from vigie.ledger.witnesses.queries import chain

_AT_ONCE = 500


class NoReason(BadInput):
    """A key is changed without saying why."""


class NotTwo(BadInput):
    """A lost key is replaced on the word of fewer than two persons."""


class LinksLive(Conflict):
    """The web key before this one still opens owners' links."""


def rotate(by: By, what: What, *, reason: str) -> None:
    """Put a new key in the place of one that is there, with an entry that says so.

    signing: the checkpoint over that entry is signed by both, later ones by the new key; the old one is destroyed.
    sealing: what it wrapped and sealed is wrapped and sealed anew; the old one is destroyed. web: what the old one signed
    opens for another 30 days. Run again after a cut, it goes on where it stopped. Raises NoReason, BadKey, LinksLive.
    """
    _check_reason(reason)
    home: Home = settings.VIGIE_HOME
    keys.standing(home.keys, what)  # a key that is not there is lost, not rotated
    if what == "signing":
        _rotate_signing(home, by, reason)
    elif what == "sealing":
        _rotate_sealing(home, by, reason)
    else:
        _rotate_web(home, by, reason)


def replace_lost(by: By, what: What, *, persons: Sequence[str], reason: str) -> int:
    """Put a new key in the place of one that is gone, on the word of two persons. Gives how many entries went with it.

    signing: earlier checkpoints still verify by the key the record names; the new one is its own witness, and every check
    says so. sealing: what was sealed under it can never be opened again, and is noted as erased. web: every session and
    every owner's link is dead. Raises NoReason, NotTwo.
    """
    _check_reason(reason)
    if len(set(persons)) < 2:
        raise NotTwo(
            "A lost key is replaced on the word of two different persons; {given} was named.",
            given=", ".join(persons) or "nobody",
        )
    home: Home = settings.VIGIE_HOME
    keys.prepare(home.keys, what)
    keys.adopt(home.keys, what, keep=False)
    keys.forget(home.keys, what)
    with recording():
        _note(home, by, what, reason, lost=True, persons=persons)
        if what != "sealing":
            return 0
        gone = [
            row.entry_id
            for row in PayloadKey.objects.iterator(chunk_size=2000)
            if not payloads.wraps(home.keys, row.entry_id, bytes(row.wrapped))
        ]
        if gone:
            erase(by, gone, ground=f"the sealing key was lost: {reason}", authority=", ".join(persons))
        return len(gone)


def _rotate_signing(home: Home, by: By, reason: str) -> None:
    waits = keys.next_signing(home.keys)
    if waits is not None and waits.public_key().public_bytes_raw() == chain().newest.public:
        keys.adopt(home.keys, "signing", keep=False)  # its entry stands: a cut came before it took its place
        return
    keys.prepare(home.keys, "signing")
    try:
        with recording():
            _note(home, by, "signing", reason)
            after_commit(lambda: keys.adopt(home.keys, "signing", keep=False))
    except BaseException:
        keys.discard(home.keys, "signing")
        raise


def _rotate_sealing(home: Home, by: By, reason: str) -> None:
    if not keys.rotating(home.keys, "sealing"):
        keys.prepare(home.keys, "sealing")
        # In its place before anything is wrapped anew: what others write meanwhile is under the new key or still wrapped
        # by the old one when the transaction below begins, and both open.
        keys.adopt(home.keys, "sealing", keep=True)
    with recording():
        _note(home, by, "sealing", reason)
        _wrap_anew(home.keys)
    for path in (*home.originals.glob("*.sealed"), *home.keys.glob("draws/*.sealed")):
        _seal_anew(home.keys, path)
    keys.forget(home.keys, "sealing")


def _wrap_anew(folder: Path) -> None:
    rows = list(PayloadKey.objects.values_list("entry_id", "wrapped"))
    for start in range(0, len(rows), _AT_ONCE):
        made = [
            PayloadKey(entry_id=seq, wrapped=wrapped)
            for seq, old in rows[start : start + _AT_ONCE]
            if (wrapped := payloads.rewrap(folder, seq, bytes(old))) is not None
        ]
        # The database lets nobody change such a row: it is taken away and put back in one transaction.
        PayloadKey.objects.filter(entry_id__in=[row.entry_id for row in made])._raw_delete("record")  # noqa: SLF001
        PayloadKey.objects.bulk_create(made)


def _seal_anew(folder: Path, path: Path) -> None:
    data = path.read_bytes()
    for name in (path.name, path.stem):  # the names rooms seal their files under
        try:
            sealed = keys.reseal(folder, name, data)
        except keys.OtherKey:
            continue  # under a key of its own, which goes with its entry
        if sealed is not None:
            files.put(path, sealed)
        return


def _rotate_web(home: Home, by: By, reason: str) -> None:
    now = times.now()
    _current, earlier = keys.web(home.keys, now)
    if earlier:
        raise LinksLive(
            "Links signed with the key before this one still open until {until}. Rotate after that; or, if the key was stolen, end them all now: vigie keys lost web",
            until=times.text(keys.standing(home.keys, "web").since + keys.LINKS_LIVE),
        )
    keys.prepare(home.keys, "web")
    try:
        with recording():
            _note(home, by, "web", reason)
            after_commit(lambda: keys.adopt(home.keys, "web", keep=True))
    except BaseException:
        keys.discard(home.keys, "web")
        raise


def _note(
    home: Home, by: By, what: What, reason: str, *, lost: bool = False, persons: Sequence[str] = ()
) -> None:
    verifier = ""
    if what == "signing":
        new = keys.signing(home.keys) if lost else keys.next_signing(home.keys)
        assert new is not None  # noqa: S101 - `prepare` wrote it
        verifier = note.verifier_key(home.instance, new.public_key())
    body = KeyChanged(
        key=what,
        verifier=verifier,
        lost=lost,
        persons=sorted(set(persons)) or [by.person],
        reason=reason.strip(),
    )
    append(by, KEY_CHANGED, body, marking="TLP:CLEAR")


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < 10:
        raise NoReason("Say in a sentence why the key is changed: the record keeps it.")
