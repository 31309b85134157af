"""A home's own schemes, put on the record; and the file of each edition a level is set under, kept."""

from hashlib import sha256

from django.conf import settings

from vigie import files
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.editions import kinds, queries
from vigie.errors import BadInput, Conflict
from vigie.homes import Home
from vigie.ledger.actions import append
from vigie.schemes import reader
from vigie.schemes.check import Fault, check_text
from vigie.schemes.text import decode, parse


class NameTaken(Conflict):
    """A scheme goes by that name already."""


class FaultyScheme(BadInput):
    """The file cannot be used. faults: every one of them, by line."""

    def __init__(self, message: str, *, faults: list[Fault], **fields: object) -> None:
        super().__init__(message, **fields)
        self.faults = faults


@verb("editions.scheme.add")
def add(actor: Actor, data: bytes, *, file: str = "the file") -> str:
    """Put a scheme of this home's own on the record, its file to the last byte. Gives its name.

    From then on it is used wherever a shipped one is. It never changes: another edition is another file with a name of
    its own that names this one as its predecessor. Raises BadScheme when it cannot be read, FaultyScheme with every
    fault, NameTaken when a scheme goes by its name, UnknownScheme when its predecessor is none.
    """
    text = decode(data, file)
    faults = check_text(text, file)
    if faults:
        raise FaultyScheme(
            "{file} cannot be used: {count} faults, the first in {first} See all of them with their repair: vigie schemes check FILE",
            file=file, count=len(faults), first=str(faults[0]), faults=faults,
        )  # fmt: skip
    scheme = reader.build(parse(text, file), file)
    digest = sha256(data).hexdigest()
    if scheme.id in reader.shipped_ids():
        raise NameTaken(
            "{scheme} is the name of a scheme that vigie ships. Give yours another id, and name that one as its predecessor if yours follows it.",
            scheme=scheme.id,
        )
    if scheme.id in reader.all_ids():
        if reader.digest(scheme.id) == digest:
            raise NameTaken(
                "{scheme} is on the record already, byte for byte. There is nothing to add.", scheme=scheme.id
            )
        raise NameTaken(
            "{scheme} is on the record already with another text, and levels may stand under it. Give the new edition an id of its own, with predecessor: {scheme}.",
            scheme=scheme.id,
        )
    if scheme.predecessor:
        reader.load(scheme.predecessor)
    body = kinds.Added(scheme=scheme.id, sha256=digest, text=data.decode())
    append(actor.by(), kinds.ADDED, body, subjects=[scheme.id], marking="TLP:CLEAR")
    return scheme.id


def keep(scheme: str) -> str:
    """Keep the file that a level is being set under, and give its SHA-256 for the entry. Raises UnknownScheme, OSError.

    A shipped file goes with the next upgrade of vigie; the level must still be drawn in the words it was decided in. A
    home's own schemes stand on the record already.
    """
    home: Home = settings.VIGIE_HOME
    digest = reader.digest(scheme)
    if scheme in reader.shipped_ids() and queries.kept_file(digest) is None:
        home.editions.mkdir(mode=0o700, parents=True, exist_ok=True)
        # On the disc before the entry that names its digest.
        files.put(home.editions / f"{digest}.yaml", reader.raw(scheme))
    return digest
