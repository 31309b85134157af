"""The keys of second signatures the record names, and whether what they signed holds."""

from collections.abc import Iterator

from django.conf import settings

from vigie.errors import RecordBroken
from vigie.homes import Home
from vigie.ledger import keys, note
from vigie.ledger.kinds import COSIGNER, CosignerNamed
from vigie.ledger.models import Checkpoint, Cosignature, Entry
from vigie.ledger.note import MLDSA, BadNote, BadVerifier, Verifier
from vigie.ledger.projections import unpacked
from vigie.ledger.promises import Fault
from vigie.ledger.second.signing import key_of, verifier, wrong
from vigie.ledger.witnesses.queries import origins


def own() -> Verifier:
    """Give the key the record's checkpoints are signed with a second time now. Raises BadKey."""
    home: Home = settings.VIGIE_HOME
    return verifier(origins(home)[-1][1], key_of(keys.signing(home.keys)))


def named() -> list[Verifier]:
    """List the keys the record names, oldest first; what cannot be read is told where the entry itself is checked."""
    found = []
    for entry in (
        Entry.objects.select_related("payload", "payloadkey").filter(kind=COSIGNER.tag).order_by("seq")
    ):
        try:
            body = unpacked(entry, getattr(entry, "payload", None))[1]
            if isinstance(body, CosignerNamed):
                found.append(note.read_vkey(body.verifier, type=MLDSA))
        except (RecordBroken, BadVerifier, AttributeError, TypeError):
            continue
    return found


def faults() -> Iterator[Fault]:
    """Check every second signature kept beside a checkpoint, by the keys the record names."""
    known = named()
    publics = {each.public for each in known}
    notes: dict[int, str] = dict(Checkpoint.objects.values_list("size", "note"))
    for row in Cosignature.objects.filter(name__in={each.name for each in known}).order_by("size").iterator():
        try:
            signed = note.parse(notes.get(row.size, "") + row.line)
        except BadNote:
            continue  # a checkpoint that is gone or no note is told where checkpoints are checked
        if any(wrong(signed, publics)):
            yield Fault(
                f"second signature at {row.size}",
                "it is not over that checkpoint, or not by the key the record names",
            )
