"""What the record holds of its witnesses: the newest checkpoint to show them, and whether what they signed holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from vigie.errors import RecordBroken, VigieError
from vigie.homes import BadHome, Home
from vigie.ledger import keys, note
from vigie.ledger.chain import Chain, Signer, signer
from vigie.ledger.kinds import KEY_CHANGED, KINDS, OPENED, ROLLBACK, KeyChanged, Opened, RollbackDeclared
from vigie.ledger.models import Checkpoint, Cosignature, Entry
from vigie.ledger.note import ED25519, BadNote, Verifier
from vigie.ledger.projections import unpacked
from vigie.ledger.promises import Fault
from vigie.ledger.witnesses import standing
from vigie.ledger.witnesses.policy import verifiers
from vigie.ledger.witnesses.standing import Standing


class NoCheckpoint(RecordBroken):
    """The record holds no checkpoint, though its first entry brings one."""


@dataclass(frozen=True)
class Shown:
    """The newest checkpoint, the log's key under its present name, the size from which it bears that name."""

    row: Checkpoint
    log: Verifier
    since: int

    @property
    def size(self) -> int:
        """Number of entries under it."""
        return int(self.row.size)

    @property
    def note(self) -> str:
        """Its signed text."""
        return self.row.note


@dataclass(frozen=True)
class Countersigned:
    """How far the record is countersigned.

    size: the newest checkpoint that `need` witnesses signed, 0 if none; signed: how many signed the newest of all;
    count: how many there are; last: what they said last.
    """

    size: int
    signed: int
    need: int
    count: int
    last: Standing


def origins(home: Home) -> list[tuple[int, str]]:
    """List what the log was called: (the smallest size a checkpoint under that name has, the name), oldest first.

    A log goes on under another name after each declared rollback.
    """
    found = [(0, home.instance)]
    for entry in Entry.objects.select_related("payload").filter(kind=ROLLBACK.tag).order_by("seq"):
        try:
            body = unpacked(entry, getattr(entry, "payload", None))[1]
        except (RecordBroken, AttributeError, TypeError):
            continue  # told where the entry itself is checked
        if isinstance(body, RollbackDeclared):
            found.append((entry.seq + 1, body.origin))
    return found


def chain() -> Chain:
    """Give the keys that sign the log, from the one the record was opened with. Raises RecordBroken when it opens with none."""
    found: list[Signer] = []
    rows = Entry.objects.select_related("payload", "payloadkey").filter(
        kind__in=[OPENED.tag, KEY_CHANGED.tag]
    )
    for entry in rows.order_by("seq"):
        try:
            body = unpacked(entry, getattr(entry, "payload", None))[1]
            named = (
                Signer.named(entry.seq, body.verifier)
                if isinstance(body, Opened)
                else signer(entry.seq, body)
                if isinstance(body, KeyChanged)
                else None
            )
        except (VigieError, AttributeError, TypeError):
            continue  # told where the entry itself is checked
        found += [named] if named else []
    if not found:
        raise RecordBroken("The record does not start with the entry that opens it. See: vigie record verify")
    return Chain(tuple(found))


def shown() -> Shown:
    """Give the newest checkpoint, as witnesses are shown it. Raises NoCheckpoint."""
    home: Home = settings.VIGIE_HOME
    row = Checkpoint.objects.order_by("-size").first()
    if row is None:
        raise NoCheckpoint(
            "This home has no signed checkpoint: there is nothing to show. Check it with: vigie record verify"
        )
    since, name = origins(home)[-1]
    public = keys.signing(home.keys).public_key().public_bytes_raw()
    return Shown(row, Verifier(name, ED25519, public), since)


def last_signed(name: str, since: int) -> int:
    """Give the largest checkpoint that witness countersigned under the log's present name; 0 if none."""
    newest = Cosignature.objects.filter(name=name, size__gte=since).order_by("-size")
    return newest.values_list("size", flat=True).first() or 0


def solemn_sizes(after: int, upto: int) -> list[int]:
    """List the checkpoints above `after`, up to `upto`, that were signed for a solemn act, oldest first."""
    tags = [kind.tag for kind in KINDS.values() if kind.solemn]
    acts = Entry.objects.filter(kind__in=tags, seq__gte=after, seq__lt=upto).order_by("seq")
    sizes = (
        Checkpoint.objects.filter(size__gt=after, size__lte=upto)
        .order_by("size")
        .values_list("size", flat=True)
    )
    found: list[int] = []
    waiting = iter(sizes)
    for seq in acts.values_list("seq", flat=True):
        if found and seq < found[-1]:
            continue
        size = next((s for s in waiting if s > seq), None)
        if size is None:
            break
        found.append(size)
    return found


def countersigned() -> Countersigned:
    """Say how far the record is countersigned, and what its witnesses said last."""
    home: Home = settings.VIGIE_HOME
    names = [w.name for w in home.witnesses.of]
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    reached = sorted((last_signed(name, 0) for name in names), reverse=True)
    need = home.witnesses.need
    return Countersigned(
        size=reached[need - 1] if need else 0,
        signed=sum(size == newest for size in reached),
        need=need,
        count=len(names),
        last=standing.read(home.path),
    )


def faults(home: Home) -> Iterator[Fault]:
    """Check every countersignature: over its checkpoint, by the witness vigie.toml names. Those of others are passed over."""
    try:
        known = verifiers(home)
    except BadHome as fault:
        yield Fault("vigie.toml", str(fault))
        return
    notes: dict[int, str] = dict(Checkpoint.objects.values_list("size", "note"))
    for row in Cosignature.objects.order_by("size", "name").iterator():
        where = f"countersignature of {row.name} at {row.size}"
        if row.size not in notes:
            yield Fault(where, "there is no checkpoint of that size")
        elif row.name in known and not _holds(row.line, notes[row.size], known[row.name]):
            yield Fault(where, "it is not over that checkpoint, or not by the key vigie.toml names")


def _holds(line: str, checkpoint: str, witness: Verifier) -> bool:
    try:
        return note.cosigned_at(note.parse(checkpoint).text, note.parse_signatures(line), witness) is not None
    except BadNote:
        return False
