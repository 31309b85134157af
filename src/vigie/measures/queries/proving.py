"""Proofs: which there are for an answer, and their bytes."""

from collections.abc import Collection

from vigie.errors import NotFound
from vigie.homes import Home
from vigie.ledger import queries as ledger
from vigie.measures.kinds import ProofGiven
from vigie.measures.models import Proof
from vigie.reports import sealed


def proofs_of(answers: Collection[str]) -> dict[str, list[Proof]]:
    """Give by answer the proofs that came with it, erased ones left out."""
    found: dict[str, list[Proof]] = {}
    for row in Proof.objects.filter(answer__in=answers, erased=False):
        found.setdefault(row.answer, []).append(row)
    return found


def proof(given: str) -> Proof:
    """Give the proof of that id. Raises NotFound, also when it was erased."""
    found = Proof.objects.filter(id=given, erased=False).first()
    if found is None:
        raise NotFound("There is no proof {given}, or it was erased.", given=given)
    return found


def proof_bytes(home: Home, row: Proof) -> bytes:
    """Give the file itself. Raises OriginalMissing, OriginalChanged, NotFound when it was erased."""
    _, said = ledger.one(int(row.id.removeprefix("proof-"))) or (None, None)
    if not isinstance(said, ProofGiven):
        raise NotFound("There is no proof {given}, or it was erased.", given=row.id)
    return sealed.opened(home.originals, row.id, bytes.fromhex(said.key))


def proofs_kept() -> list[str]:
    """List the ids of proofs whose files must be there."""
    return list(Proof.objects.filter(erased=False).values_list("id", flat=True))


def same_proof(owner: str, sha256: str) -> str:
    """Give the answer with which an owner gave this very file before; empty when they did not."""
    row = Proof.objects.filter(owner=owner, sha256=sha256, erased=False).first()
    return row.answer if row else ""
