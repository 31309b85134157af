"""How other plans tie measures to a level, as data: to set beside the catalogue, not to switch on."""

from functools import cache
from importlib import resources

import msgspec

from vigie.measures.catalogue import Text


class Structure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One plan's way. scheme: of its levels; points: what was read of it, in English and French; sources: pages it was read in."""

    id: str
    scheme: str
    name: Text
    where: Text
    points: tuple[Text, ...]
    sources: tuple[str, ...]


@cache
def structures() -> tuple[Structure, ...]:
    """Give the structures that come with vigie, in the order of the file."""
    file = resources.files("vigie.measures").joinpath("data", "contrast.yaml")
    return msgspec.yaml.decode(file.read_bytes(), type=tuple[Structure, ...])
