"""The table of doors: every address the house answers at, with what it asks of who comes and what it leaves behind.

Each room lists its own (`ROUTES` in its urls.py, `Right(...)` in its api.py); all of it meets here, in one table that
one middleware enforces. What is not in the table answers nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vigie.accounts import rates
from vigie.errors import Conflict

PUBLIC = "public"
"""Anyone: the route answers strangers."""
SIGNED_LINK = "signed link"
"""Whoever holds an unguessable signed link; the view checks the signature."""
SIGNED_IN = "signed in"
"""Whoever is signed in, whatever the office."""

NO_OBJECT = ""
"""The address names nothing that could be another's."""
ANY = "any"
"""Whoever carries the right may open every one of this home: an instance is one house, and its zones are one picture."""
HERE = "decided here"
"""Only for a scheme and zone that this home decides (`[[decides]]` in vigie.toml)."""
ANOTHERS = "another's"
"""Only what someone else began: the second person is never the first."""
OWED = "owed"
"""Only what the office owes that one acts in, or what it called for itself."""
OWN = "own"
"""Only what belongs to the account that is signed in."""
LINKED = "the link's"
"""Only what the signed link was made for."""
PUBLISHED = "published"
"""Only what was published."""

NOTHING = ""
"""Shows nothing that is kept."""
CLEAR, GREEN, AMBER, STRICT, RED = "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"
RESTRICTED = frozenset({AMBER, STRICT, RED})
"""Markings whose reading is noted."""


class ListedTwice(Conflict):
    """Two doors with one name and method."""


@dataclass(frozen=True)
class Door:
    """One route and one method.

    name: view name (`alert:levels`), or the address of an operation of the API (`api/levels/proposals`);
    right: a right of the table, or PUBLIC, SIGNED_LINK, SIGNED_IN; objects: which things it opens;
    shows: highest TLP label of what it may show; apart: the right without which that highest part is left out, if there
    is one; step_up: a fresh second factor is asked for first; rate: a class of `rates.RATES`; records: kinds of entries
    the act may leave, none for reading.
    """

    name: str
    method: str
    right: str
    objects: str = NO_OBJECT
    shows: str = NOTHING
    apart: str = ""
    step_up: bool = False
    rate: str = rates.READ
    records: tuple[str, ...] = ()

    @property
    def restricted(self) -> bool:
        """True when it may show what is not for everybody in the house: such readings are noted."""
        return self.shows in RESTRICTED


ROUTES: dict[str, dict[str, Door]] = {}
"""Name to method to door: what the middleware reads."""


def enter(door: Door) -> None:
    """Put a door into the table. Raises ListedTwice when another stands there already."""
    methods = ROUTES.setdefault(door.name, {})
    if methods.setdefault(door.method, door) != door:
        raise ListedTwice("The route {method} {name} is listed twice.", method=door.method, name=door.name)


def doors_of(name: str) -> dict[str, Door]:
    """Give a route's doors by method; none for a route no room lists."""
    return ROUTES.get(name, {})


def right_of(name: str) -> str:
    """Give the right that a route's page takes; empty for a route no room lists."""
    methods = doors_of(name)
    door = methods.get("GET") or next(iter(methods.values()), None)
    return door.right if door else ""


def doors() -> Iterator[Door]:
    """Give every door, in the order of the rooms."""
    for methods in ROUTES.values():
        yield from methods.values()
