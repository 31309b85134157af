"""What a home listens to: the roads by which levels decided elsewhere come in, as its vigie.toml names them ([[feeds]]).

A feed is another vigie's signed public site, a CAP 1.2 feed or file, or a service's RSS or Atom feed. It is read over https, from this very
machine, or from a file; for one scheme, and the zones it may speak of. Whatever it brings is shown and recorded as its
own words; a person makes a level of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from vigie.errors import BadInput, NotFound

Kind = Literal["vigie", "cap", "rss"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_MOST_FEEDS = 64


class BadFeed(BadInput):
    """A table [[feeds]] that says something that cannot be."""


class UnknownFeed(NotFound):
    """No feed of that name stands in vigie.toml."""


@dataclass(frozen=True)
class Feed:
    """One road by which levels come in.

    name: of ours; kind: what is at the other end; title: whose word it is, as pages say it; address: https, http on this
    machine, or a file (absolute); scheme, zones: what it may speak of, a zone with its parts; vkey: the key of the public
    log of a vigie; parameter: the CAP parameter that names the level; words: further words, each with the code it stands
    for; every: between two looks; expect: after how long without an answer it counts as silent; most: bytes an answer may
    have; patience: seconds it may take.
    """

    name: str
    kind: Kind
    title: str
    address: str
    scheme: str
    zones: tuple[str, ...]
    vkey: str = ""
    parameter: str = ""
    words: dict[str, str] = field(default_factory=dict)
    every: timedelta = timedelta(seconds=30)
    expect: timedelta = timedelta(minutes=10)
    most: int = 1_048_576
    patience: float = 10.0

    def may_speak_of(self, zone: str) -> bool:
        """Say whether this feed may bring a level for that zone: one it is listed for, or a part of one."""
        return any(zone == own or zone.startswith(own + "-") for own in self.zones)


def named(feeds: Sequence[Feed], name: str) -> Feed:
    """Give the feed of that name. Raises UnknownFeed."""
    for one in feeds:
        if one.name == name:
            return one
    raise UnknownFeed(
        "There is no feed {given!r} in vigie.toml. Feeds: {known}.",
        given=name,
        known=", ".join(feed.name for feed in feeds) or "–",
    )


def as_file(feed: Feed, file: Path) -> Feed:
    """Give the same feed, read from a file. Raises BadFeed for another vigie, which only its own site can prove."""
    if feed.kind == "vigie":
        raise BadFeed(
            "{name} is another vigie: one file of it proves nothing without the others. Look at it with: vigie feeds fetch {name}",
            name=feed.name,
        )
    return replace(feed, address=str(file.resolve()))


class _Given(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    kind: Kind
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    scheme: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    zones: Annotated[list[str], msgspec.Meta(min_length=1, max_length=500)]
    vkey: str = ""
    parameter: str = ""
    words: dict[str, str] = {}
    every_seconds: Annotated[int, msgspec.Meta(ge=5, le=86_400)] = 30
    silent_after_minutes: Annotated[int, msgspec.Meta(ge=1, le=10_080)] = 10
    most_bytes: Annotated[int, msgspec.Meta(ge=1024, le=8_388_608)] = 1_048_576
    patience_seconds: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10


def read(given: Any, home: Path) -> tuple[Feed, ...]:
    """Read the tables [[feeds]]; home: the folder that files are named from. Raises BadFeed naming the one that cannot be."""
    try:
        tables = msgspec.convert(given, list[_Given])
    except msgspec.ValidationError as fault:
        raise BadFeed(
            "{fault}. Write [[feeds]] with name, kind (vigie, cap or rss), title, address, scheme and zones; docs/elsewhere says the rest.",
            fault=fault,
        ) from None
    if len(tables) > _MOST_FEEDS:
        raise BadFeed(
            "There are {count} feeds. Expected {most} or fewer.", count=len(tables), most=_MOST_FEEDS
        )
    feeds = tuple(_feed(table, home) for table in tables)
    names = [feed.name for feed in feeds]
    for name in names:
        if names.count(name) > 1:
            raise BadFeed("Two feeds are named {name}. Give each its own name.", name=name)
    return feeds


def _feed(given: _Given, home: Path) -> Feed:
    if not _NAME.fullmatch(given.name):
        raise BadFeed(
            "The feed {name!r}: expected a name of 1 to 32 small letters, digits or hyphens.", name=given.name
        )
    if (given.kind == "vigie") != bool(given.vkey):
        raise BadFeed(
            "The feed {name}: a feed of kind vigie has the vkey of its public log (its file log/vkey, compared by another road), and no other kind has one.",
            name=given.name,
        )
    if given.kind == "rss" and len(given.zones) != 1:
        raise BadFeed(
            "The feed {name}: a headline names no zone. Expected one zone, that which it speaks of.",
            name=given.name,
        )
    if given.silent_after_minutes * 60 <= given.every_seconds:
        raise BadFeed(
            "The feed {name} is looked at every {every} seconds and would count as silent after {expect} minutes. Expected longer than one look.",
            name=given.name,
            every=given.every_seconds,
            expect=given.silent_after_minutes,
        )
    return Feed(
        name=given.name,
        kind=given.kind,
        title=given.title,
        address=_address(given, home),
        scheme=given.scheme,
        zones=tuple(given.zones),
        vkey=given.vkey,
        parameter=given.parameter,
        words=given.words,
        every=timedelta(seconds=given.every_seconds),
        expect=timedelta(minutes=given.silent_after_minutes),
        most=given.most_bytes,
        patience=float(given.patience_seconds),
    )


def _address(given: _Given, home: Path) -> str:
    if "://" not in given.address:
        if given.kind == "vigie":
            raise BadFeed(
                "The feed {name}: the address {address!r} is a file's. Another vigie is read where it publishes: https://….",
                name=given.name,
                address=given.address,
            )
        return str((home / given.address).resolve())
    if not fits(given.address):
        raise BadFeed(
            "The feed {name}: the address is {address!r}. Expected https://…, http:// on this machine alone, or a file.",
            name=given.name,
            address=given.address,
        )
    return given.address if given.kind != "vigie" else given.address.rstrip("/") + "/"


def fits(address: str) -> bool:
    """Say whether an address may be asked: https without a password in it, or http on this very machine."""
    try:
        site = urlsplit(address)
        if not site.hostname or site.port == 0 or site.username is not None:
            return False
    except ValueError:  # a port beyond 65535, a bracket left open
        return False
    if not address.isascii() or any(c <= " " for c in address):
        return False
    return site.scheme == "https" or (site.scheme == "http" and _is_here(site.hostname))


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
