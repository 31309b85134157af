"""Write an Atom 1.0 feed (RFC 4287) of what was published, newest first.

Every text goes through the XML writer: nothing a title holds can become markup. The CAP file of an entry is
linked by its media type, so that a reader need not guess from addresses.
"""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from msgspec import Struct

from vigie import times
from vigie.warning.cap import refuse_unsayable

_NS = "http://www.w3.org/2005/Atom"
_TAG = "{" + _NS + "}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedLink(Struct, frozen=True):
    """A link of a feed or an entry: relation, address, media type and language (empty for none)."""

    rel: str
    href: str
    media_type: str = ""
    language: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing published. id: never changes and is never used again; published, updated: aware instants."""

    id: str
    title: str
    published: datetime
    updated: datetime
    summary: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    links: tuple[FeedLink, ...] = ()


class Feed(Struct, frozen=True, kw_only=True):
    """A feed. updated: the instant of its last change, given so that the same content gives the same bytes.

    conforms: numbers of the guarantees the publishing instance found kept; said as categories of the feed.
    """

    id: str
    title: str
    subtitle: str
    author: str
    language: str
    updated: datetime
    links: tuple[FeedLink, ...] = ()
    entries: Sequence[Entry] = ()
    conforms: tuple[int, ...] = ()


def feed_bytes(feed: Feed) -> bytes:
    """Give the bytes of the feed, UTF-8. Raises BadMessage for a character no text of ours may hold."""
    root = etree.Element(_TAG + "feed", nsmap={None: _NS})
    root.set(_LANG, feed.language)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", times.text(feed.updated))
    _text(etree.SubElement(root, _TAG + "author"), "name", feed.author)
    generator = etree.SubElement(root, _TAG + "generator")
    generator.text = "vigie"
    for number in feed.conforms:
        kept = etree.SubElement(root, _TAG + "category")
        kept.set("term", f"guarantee-{number}")
        kept.set("label", f"vigie guarantee {number}: kept when this was published")
    _links(root, feed.links)
    for entry in feed.entries:
        _entry(root, entry)
    etree.indent(root, space="  ")
    body: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, _TAG + "entry")
    if entry.language:
        element.set(_LANG, entry.language)
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", times.text(entry.published))
    _text(element, "updated", times.text(entry.updated))
    for category in entry.categories:
        etree.SubElement(element, _TAG + "category").set("term", category)
    _text(element, "summary", entry.summary)
    _links(element, entry.links)


def _text(parent: etree._Element, name: str, text: str) -> None:
    if text:
        refuse_unsayable(name, text)
        etree.SubElement(parent, _TAG + name).text = text


def _links(parent: etree._Element, links: Sequence[FeedLink]) -> None:
    for link in links:
        element = etree.SubElement(parent, _TAG + "link")
        element.set("rel", link.rel)
        element.set("href", link.href)
        if link.media_type:
            element.set("type", link.media_type)
        if link.language:
            element.set("hreflang", link.language)
