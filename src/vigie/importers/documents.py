"""RSS 2.0, RSS 1.0 and Atom as one list of items: what each is called, when it was said, and what it links to."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree
from msgspec import Struct

from vigie import times
from vigie.errors import BadInput
from vigie.importers.said import Doubtful
from vigie.warning.cap import unsayable
from vigie.warning.cap_parse import Unreadable, tree_of

MOST_ITEMS = 500
"""Items looked at: a feed of news has some dozens."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


class Link(Struct, frozen=True):
    """An address and the media type it is said to have, empty when none is said."""

    href: str
    type: str


class Item(Struct, frozen=True):
    """One item. id: as the feed names it, else its first link; at: when it was said, None where no date can be read."""

    id: str
    title: str
    summary: str
    at: datetime | None
    links: tuple[Link, ...]


def root_of(data: bytes) -> etree._Element:
    """Parse what was fetched. Raises Doubtful for what is no XML, too long, nested too deep, or declares a document type."""
    try:
        return tree_of(data)
    except Unreadable as fault:
        raise Doubtful("unreadable", "The answer cannot be read: {fault}", fault=fault) from None


def items_of(root: etree._Element) -> list[Item]:
    """List the items of a feed. Raises Doubtful for what is no feed, or gives one id to two items that differ."""
    if root.tag == f"{_ATOM}feed":
        found = [_atom(entry) for entry in root.iterfind(f"{_ATOM}entry")]
    elif root.tag == "rss":
        found = [_rss(item, "") for item in root.iterfind("channel/item")]
    elif root.tag == "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF":
        found = [_rss(item, _RSS1) for item in root.iterfind(f"{_RSS1}item")]
    else:
        raise Doubtful(
            "no-feed",
            "The answer begins with <{tag}>. Expected an RSS or an Atom feed.",
            tag=str(root.tag)[:80],
        )
    by_id: dict[str, Item] = {}
    for item in found[:MOST_ITEMS]:
        if item.id and by_id.setdefault(item.id, item) != item:
            raise Doubtful(
                "same-id",
                "Two items are named {id} and differ: which one is meant cannot be told.",
                id=item.id[:200],
            )
    return list(dict.fromkeys(found[:MOST_ITEMS]))


def _atom(entry: etree._Element) -> Item:
    links = tuple(
        Link(link.get("href", "").strip(), link.get("type", "").strip().lower())
        for link in entry.iterfind(f"{_ATOM}link")
        if link.get("href")
    )
    said = _text(entry, f"{_ATOM}updated") or _text(entry, f"{_ATOM}published")
    return Item(
        _text(entry, f"{_ATOM}id") or next((link.href for link in links), ""),
        _text(entry, f"{_ATOM}title"),
        _text(entry, f"{_ATOM}summary"),
        _instant(said),
        links,
    )


def _rss(item: etree._Element, space: str) -> Item:
    link = _text(item, f"{space}link")
    links = [Link(link, "")] if link else []
    links += [
        Link(found.get("url", "").strip(), found.get("type", "").strip().lower())
        for found in item.iterfind("enclosure")
        if found.get("url")
    ]
    return Item(
        _text(item, "guid") or link,
        _text(item, f"{space}title"),
        _text(item, f"{space}description"),
        _instant(_text(item, "pubDate") or _text(item, f"{_DUBLIN}date")),
        tuple(links),
    )


def _text(element: etree._Element, name: str) -> str:
    found = element.find(name)
    said = " ".join("".join(found.itertext()).split()) if found is not None else ""
    for _place, hidden in unsayable(said):
        raise Doubtful(
            "hidden-letters", "An item holds {name}: it can hide or turn what is read.", name=hidden
        )
    return said


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return times.parse(text)
    except BadInput:
        pass
    try:
        at = parsedate_to_datetime(text)
        return times.from_text(times.text(at)) if at.tzinfo else None
    except (ValueError, TypeError, OverflowError, BadInput):
        return None
