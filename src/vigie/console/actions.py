"""What people do with the record itself: hand it out whole, to whoever inspects it."""

from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.ledger.exports.actions import note_export


@verb("ledger.read")
def hand_out(actor: Actor) -> int:
    """Put on the record that this office takes an inspector's bundle. Gives the number of entries in it."""
    return note_export(actor.by(), "bundle")
