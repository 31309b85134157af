"""Signing the newest checkpoint a second time."""

from django.conf import settings

from vigie import times
from vigie.homes import Home
from vigie.ledger import keys, note
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import COSIGNER, By, CosignerNamed
from vigie.ledger.models import Checkpoint, Cosignature
from vigie.ledger.second import queries
from vigie.ledger.second.signing import key_of, line


@recorded
def sign_again() -> int:
    """Put the log's second signature under the newest checkpoint. Gives 1, or 0 when it stands there already.

    A key the record does not name yet is named on it first; its first signature is over the checkpoint after that.
    """
    home: Home = settings.VIGIE_HOME
    own = queries.own()
    if own not in queries.named():
        append(
            By(person="", office="", via="clock"),
            COSIGNER,
            CosignerNamed(verifier=own.vkey()),
            marking="TLP:CLEAR",
        )
        return 0
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or Cosignature.objects.filter(size=newest.size, name=own.name).exists():
        return 0
    promised = note.parse(newest.note).checkpoint
    signed = line(promised, key_of(keys.signing(home.keys)), int(times.now().timestamp()))
    Cosignature.objects.create(id=f"{newest.size}/{own.name}", size=newest.size, name=own.name, line=signed)
    return 1
