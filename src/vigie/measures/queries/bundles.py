"""What goes to one address together: messages of several owners, or of one owner under several postures, that one contact reads."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from vigie.measures.models import Message
from vigie.measures.queries.owners import OwnerHere, owners
from vigie.waves import DEPUTIES, SUPERIORS


@dataclass(frozen=True)
class Bundle:
    """Messages for one contact and wave, in the order they were queued.

    owners: those written to, by id, as the list knows them. mail, phones: of the contact, its deputy or its superior by
    `wave`; empty where none is on record.
    """

    wave: int
    messages: tuple[Message, ...]
    owners: dict[str, OwnerHere]
    mail: str = ""
    phones: tuple[str, ...] = ()

    def without(self, gone: Collection[str]) -> "Bundle | None":
        """Give the same without these messages, and without owners that have no other; None where nothing is left."""
        messages = tuple(message for message in self.messages if message.id not in gone)
        if not messages:
            return None
        left = {message.owner: self.owners[message.owner] for message in messages}
        return replace(self, messages=messages, owners=left)


def bundled(messages: Sequence[Message], wave: int) -> list[Bundle]:
    """Put together what one contact reads: whose mail address is the same, or where there is none whose telephone is."""
    known = owners({message.owner for message in messages})
    way = _ways(wave, known.values())
    found: dict[tuple[str, str], list[tuple[Message, str, str]]] = {}
    for message in messages:
        mail, phone = way(known.get(message.owner) or OwnerHere.unknown(message.owner))
        key = (mail.casefold(), "") if mail else ("", phone or message.owner)
        found.setdefault(key, []).append((message, mail, phone))
    return [
        Bundle(
            wave=wave,
            messages=tuple(message for message, _, _ in together),
            owners={
                message.owner: known.get(message.owner) or OwnerHere.unknown(message.owner)
                for message, _, _ in together
            },
            mail=together[0][1],
            phones=tuple(dict.fromkeys(phone for _, _, phone in together if phone)),
        )
        for together in found.values()
    ]


def _ways(wave: int, known: Iterable[OwnerHere]) -> Callable[[OwnerHere], tuple[str, str]]:
    if wave == DEPUTIES:
        return lambda owner: (owner.deputy_mail, owner.deputy_phone)
    if wave == SUPERIORS:
        # Who names no superior has the parent owner's office above it.
        parents = owners({owner.parent for owner in known if owner.parent})

        def above(owner: OwnerHere) -> tuple[str, str]:
            if owner.superior_mail or owner.superior_phone:
                return owner.superior_mail, owner.superior_phone
            parent = parents.get(owner.parent)
            return (parent.mail, parent.phone) if parent else ("", "")

        return above
    return lambda owner: (owner.mail, owner.phone)
