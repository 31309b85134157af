"""Showing the newest checkpoint to the witnesses, keeping what they sign, and stopping when they know better.

Never inside a transaction: a witness may take its time.
"""

import time

from django.conf import settings

from vigie import times
from vigie.errors import BadInput, Conflict
from vigie.homes import Home
from vigie.ledger import holds, note
from vigie.ledger.actions import append, recorded, recording
from vigie.ledger.kinds import ROLLBACK, By, RollbackDeclared
from vigie.ledger.models import Cosignature
from vigie.ledger.note import ED25519, Verifier
from vigie.ledger.projections import Written
from vigie.ledger.proofs.queries import consistency, root_at
from vigie.ledger.queries import head
from vigie.ledger.witnesses import queries, sending, standing, submission
from vigie.ledger.witnesses.judging import BEHIND, COUNTERSIGNED, SILENT, Asked, Said, accusing, judge
from vigie.ledger.witnesses.policy import verifiers
from vigie.ledger.witnesses.queries import Shown
from vigie.ledger.witnesses.standing import Standing
from vigie.translatable import gettext_noop as _

_TURNS = 3
"""Times one witness is asked in one exchange: a size it names may be passed by another process meanwhile."""

OWN_FILE = "checkpoint"
"""What shows a rollback where no witness does: the file that is written beside the database after each commit."""

_WAY_OUT = (
    "Put the newer database back, or declare the rollback with: vigie record declare-rollback --reason …"
)
_SHORT = "Fewer witnesses than vigie.toml asks for countersigned the newest checkpoint; it goes on by itself once enough did."


class NothingToDeclare(Conflict):
    """Writing is not held: nothing says that the record was put back."""


def exchange() -> Standing:
    """Show the newest checkpoint to every witness; keep what they sign and what they say; hold writing where it must be.

    Raises BadHome when vigie.toml names a witness that cannot be.
    """
    home: Home = settings.VIGIE_HOME
    kept_beside = _beside(home)  # read before the database: it is written after it
    at, point = times.text(times.now()), queries.shown()
    said = [_passed(s) for s in _ask_all(home, point)]
    lines = {
        s.name: s.line
        for s in said
        if s.standing == COUNTERSIGNED and queries.last_signed(s.name, point.since) < point.size
    }
    told = tuple(filter(None, [_ahead_of_itself(home, kept_beside, point), *said]))
    before = standing.read(home.path)
    against = accusing(told, home.witnesses.need)
    enough = sum(s.standing == COUNTERSIGNED for s in said) >= home.witnesses.need
    held = _hold(home, before, against, enough=enough)
    stays = before.against if held and held == before.held else None
    now = Standing(at, point.size, told, held, against or stays)
    standing.write(home.path, now)
    if lines and not holds.standing(home.path, "writing"):
        _keep(point.size, lines)
    return now


def declare_rollback(by: By, *, reason: str) -> Written:
    """Put on the record that it was put back to an older state, and why; then writing goes on, under a new name.

    The name changes because no log may go on two ways under one: what witnesses saw stays true of the old name, and
    their operators decide whether they watch the new one. Raises NothingToDeclare while writing is not held.
    """
    home: Home = settings.VIGIE_HOME
    if holds.standing(home.path, "writing") in (None, _SHORT):
        raise NothingToDeclare(
            "No witness and no file of this home says that its record was put back. There is nothing to declare."
        )
    if not reason.strip():
        raise BadInput(
            "A rollback is declared with its reason, which stays on the record. Give it with --reason."
        )
    known = standing.read(home.path).against
    with holds.despite(), recording():
        size, _root = head()
        body = RollbackDeclared(
            lost=known.size if known else 0,
            kept=size,
            root=known.root if known else "",
            shown_by=known.name if known else "",
            origin=f"{home.instance}/{times.text(times.now())}",
            reason=reason.strip(),
        )
        written = append(by, ROLLBACK, body, marking="TLP:CLEAR")
    standing.write(home.path, Standing())
    holds.lift(home.path, "writing")
    return written


def _ask_all(home: Home, point: Shown) -> list[Said]:
    """Ask every witness, again where it names another size to go on from. Gives what they said, in the order of vigie.toml."""
    keys, signed = verifiers(home), note.parse(point.note)
    addresses = {w.name: w.url for w in home.witnesses.of}
    waiting = {name: min(queries.last_signed(name, point.since), point.size) for name in keys}
    said: dict[str, Said] = {}
    for _turn in range(_TURNS):
        asked = {name: Asked(old, signed.checkpoint, signed.text, point.log) for name, old in waiting.items()}
        proofs = {old: consistency(old, point.row) for old in set(waiting.values())}
        letters = [
            (addresses[name], submission.write(a.old, proofs[a.old], point.note)) for name, a in asked.items()
        ]
        waiting = {}
        for (name, a), reply in zip(asked.items(), sending.send_all(letters), strict=True):
            meant = judge(
                name, keys[name], a, reply, root_at=lambda size: root_at(size, point.row), now=time.time()
            )
            if isinstance(meant, int):
                waiting[name] = meant
            else:
                said[name] = meant
    for name in waiting:
        said[name] = Said(
            name, SILENT, _("{name} named another size each time it was asked."), {"name": name}
        )
    return [said[name] for name in keys]


def _passed(said: Said) -> Said:
    """Let a witness off that knows more than it was shown only because another process showed it more meanwhile."""
    newest = queries.shown()
    if said.standing != BEHIND or said.size > newest.size:
        return said
    if said.root and root_at(said.size, newest.row).hex() != said.root:
        return said
    return Said(said.name, SILENT, _("{name} was shown a newer checkpoint meanwhile."), {"name": said.name})


def _hold(home: Home, before: Standing, against: Said | None, *, enough: bool) -> str:
    """Hold writing, or let it go on where this module held it and the cause is gone. Gives the reason that stands by it."""
    wanted = ""
    if against is not None:
        wanted = f"{against} {_WAY_OUT}"
    elif home.witnesses.stop and not enough:
        wanted = _SHORT
    now = holds.standing(home.path, "writing") or ""
    if now and now != before.held:
        return ""  # somebody else's hold: not ours to lift, nor to replace
    if now not in ("", _SHORT) and against is None and not enough:
        return (
            now  # an accusation goes once enough witnesses say that all is well; their silence proves nothing
        )
    if now and now != wanted:
        holds.lift(home.path, "writing")
    if wanted and now != wanted:
        holds.put(home.path, "writing", wanted)
    return wanted


def _beside(home: Home) -> str:
    try:
        return (home.path / OWN_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _ahead_of_itself(home: Home, kept: str, point: Shown) -> Said | None:
    """Say it where the home's own file shows a checkpoint that the database has not come to."""
    try:
        signed = note.parse(kept)
        note.check(signed, Verifier(signed.checkpoint.origin, ED25519, point.log.public))
    except note.BadNote:
        return None  # told by the check of the record
    # Under any name this log ever had: the entry that renamed it may be among those that are gone.
    own = signed.checkpoint.origin.partition("/")[0] == home.instance
    if not own or signed.checkpoint.size <= point.size:
        return None
    sentence = _(
        "The file {name} beside the database holds a checkpoint that this home signed at {size} entries, and the record holds {held}: it was put back to an older state."
    )
    fields = {"name": OWN_FILE, "size": signed.checkpoint.size, "held": point.size}
    root = signed.checkpoint.root.hex()
    return Said(OWN_FILE, BEHIND, sentence, fields, signed.checkpoint.size, root, proven=True)


@recorded
def _keep(size: int, lines: dict[str, str]) -> None:
    rows = [Cosignature(id=f"{size}/{name}", size=size, name=name, line=line) for name, line in lines.items()]
    Cosignature.objects.bulk_create(rows, ignore_conflicts=True)
