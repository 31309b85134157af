"""A file goes on the record with an answer: sealed beside it under a key of its own, so that it can be erased alone."""

from hashlib import sha256

from django.conf import settings

from vigie.homes import Home
from vigie.ledger import seals
from vigie.ledger.actions import append, next_seq
from vigie.ledger.kinds import By
from vigie.measures import kinds, proofs
from vigie.reports import sealed


def keep(by: By, answer: str, owner: str, data: bytes) -> str:
    """Keep the file that came with an answer. Gives its id. Must run inside `recording()`. Raises BadProof.

    answer: id of the answer, on the record already. No name of a file is kept: it may be a person's.
    """
    home: Home = settings.VIGIE_HOME
    made, key = f"proof-{next_seq()}", seals.fresh()
    body = kinds.ProofGiven(
        answer=answer,
        owner=owner,
        media=proofs.media(data),
        size=len(data),
        sha256=sha256(data).hexdigest(),
        key=key.hex(),
    )
    file = sealed.keep(home.originals, made, data, key)
    try:
        append(by, kinds.PROOF_GIVEN, body, subjects=[answer, owner])
    except Exception:
        file.unlink(missing_ok=True)
        raise
    return made
