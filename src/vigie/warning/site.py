"""The public site as data: which pages, under which names, and its machine-readable files.

Names are relative to the site's root, so that the same bytes serve from any static host. HTML is drawn elsewhere.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from msgspec import Struct

from vigie import times
from vigie.ledger.tlog_proof import SUFFIX
from vigie.warning.atom import Entry, Feed, FeedLink, feed_bytes
from vigie.warning.cap import MEDIA_TYPE
from vigie.warning.public import LevelPage
from vigie.warning.words import words

LOG = "log"
"""Folder of the public log: static files (C2SP tlog-tiles) that tell by themselves whether one was changed."""
HEARD = "heard.txt"
"""What says at this moment which feeds are heard. No file: it is said afresh each time, and sets nothing."""
LEVELS = "level.json"
"""What the pages say, for machines."""
LISTED = "files.json"
"""Every page of a publication with its SHA-256: one leaf of the public log for all of them."""


class Issued(Struct, frozen=True, kw_only=True):
    """A message that was approved: its bytes never change; `state` is its effect in the chain now."""

    id: str
    identifier: str
    kind: str
    state: str
    sent: str
    approved: str
    scheme: str
    zone: str
    headlines: dict[str, str]
    cap: bytes
    sha256: str


class Site(Struct, frozen=True, kw_only=True):
    """All the site shows. pages: one per scheme, zone and language; messages: newest first.

    address: where the site is found, with a slash at its end. updated: instant text of this publication.
    vkey: the key that signs the public log; places: where in that log each released thing stands, by its SHA-256.
    conforms: numbers of the guarantees that the instance found kept when it asked itself; none when one was not.
    """

    instance: str
    title: str
    address: str
    languages: tuple[str, ...]
    exercise: str
    updated: str
    pages: tuple[LevelPage, ...] = ()
    messages: tuple[Issued, ...] = ()
    vkey: str = ""
    places: Mapping[str, int] = {}
    conforms: tuple[int, ...] = ()

    def statement_name(self, page: LevelPage) -> str:
        """Give the name of a level's statement, by its place in the public log; empty when there is no level."""
        if not page.statement:
            return ""
        return statement_name(self.places[sha256(page.statement).hexdigest()])

    def in_language(self, language: str) -> tuple[LevelPage, ...]:
        """Give the pages of one language, in the order of the site."""
        return tuple(page for page in self.pages if page.language == language)


def page_name(language: str, scheme: str, zone: str, ending: str = "html") -> str:
    """Give the name of a level's page: `en/fr-vigipirate-2016.FR-IDF.html`."""
    return f"{language}/{scheme}.{zone}.{ending}"


def check_name(language: str) -> str:
    """Give the name of the page that says how to check what is published."""
    return f"{language}/check.html"


def cap_name(message_id: str) -> str:
    """Give the name of a message's file."""
    return f"cap/{message_id}.xml"


def statement_name(place: int) -> str:
    """Give the name of a level's statement, by its place in the public log: that tells nothing of the record's size."""
    return f"decisions/{place}.json"


def proof_name(name: str) -> str:
    """Give the name of the proof that a file stands in the public log."""
    return name.rpartition(".")[0] + SUFFIX


def data_bytes(site: Site) -> bytes:
    """Give level.json: what the pages say, for machines."""
    data: dict[str, Any] = {
        "instance": site.instance,
        "title": site.title,
        "exercise": bool(site.exercise),
        "exercise_word": site.exercise,
        "updated": site.updated,
        "conforms": list(site.conforms),
        "log": {"checkpoint": f"{LOG}/checkpoint", "vkey": site.vkey},
        "levels": [_level(site, page) for page in site.in_language(site.languages[0])],
        "messages": [
            {
                "identifier": message.identifier,
                "type": message.kind,
                "status": "Exercise" if site.exercise else "Actual",
                "state": message.state,
                "sent": message.sent,
                "approved": message.approved,
                "scheme": message.scheme,
                "zone": message.zone,
                "file": cap_name(message.id),
                "sha256": message.sha256,
                "proof": proof_name(cap_name(message.id)),
            }
            for message in site.messages
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def listing_bytes(site: Site, sums: Mapping[str, str]) -> bytes:
    """Give files.json: the SHA-256 of every page of this publication, by name."""
    data = {
        "instance": site.instance,
        "exercise": site.exercise,
        "updated": site.updated,
        "files": dict(sorted(sums.items())),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _level(site: Site, page: LevelPage) -> dict[str, Any]:
    author = page.author
    return {
        "scheme": page.scheme,
        "zone": page.zone,
        "code": page.code or None,
        "printed": page.printed or None,
        "word": page.word or None,
        "since": times.text(page.since) if page.since else None,
        "until": times.text(page.until) if page.until else None,
        "coming": [{"code": c.code, "word": c.word, "since": times.text(c.since)} for c in page.coming],
        "mode": author.mode if author else None,
        "by": author.by if author else None,
        "read_or_decided": times.text(author.at) if author else None,
        "source": (author.href or None) if author else None,
        "second_person": author.second if author else None,
        "good_until": times.text(page.good_until),
        "days_at_top": page.budget.days,
        "days_counted": page.budget.so_far,
        "warnings": page.budget.warnings,
        "year": page.budget.year,
        "statement": site.statement_name(page) or None,
        "proof": proof_name(site.statement_name(page)) if page.statement else None,
        "pages": {language: page_name(language, page.scheme, page.zone) for language in site.languages},
    }


def feed(site: Site, language: str) -> bytes:
    """Give the Atom feed in one language: messages, then the levels passed on from others, newest first."""
    said = words(language)
    mark = f"{site.exercise} – " if site.exercise else ""
    name = f"{language}/feed.atom"
    entries = [
        Entry(
            id=f"{site.address}{cap_name(message.id)}",
            title=mark + message.headlines[language],
            published=times.from_text(message.approved),
            updated=times.from_text(message.approved),
            summary=f"{message.kind}, {said['state_' + message.state]}",
            language=language,
            categories=tuple(filter(None, (message.kind, message.zone, site.exercise and "Exercise"))),
            links=(
                FeedLink("alternate", f"{site.address}{cap_name(message.id)}", MEDIA_TYPE),
                FeedLink("describedby", f"{site.address}{proof_name(cap_name(message.id))}", "text/plain"),
                FeedLink(
                    "related",
                    site.address + page_name(language, message.scheme, message.zone),
                    "text/html",
                    language,
                ),
            ),
        )
        for message in site.messages
    ]
    entries += [
        _relay(site, page)
        for page in site.in_language(language)
        if page.author and page.author.mode == "relayed"
    ]
    return feed_bytes(
        Feed(
            id=site.address + name,
            title=mark + site.title,
            subtitle=mark + said["zones"],
            author=site.title,
            language=language,
            updated=times.from_text(site.updated),
            conforms=site.conforms,
            links=(
                FeedLink("self", site.address + name, "application/atom+xml"),
                FeedLink("alternate", f"{site.address}{language}/index.html", "text/html", language),
                FeedLink("describedby", f"{site.address}{check_name(language)}", "text/html", language),
            ),
            entries=sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True),
        )
    )


def _relay(site: Site, page: LevelPage) -> Entry:
    read = page.author.at if page.author else page.updated
    address = site.address + page_name(page.language, page.scheme, page.zone)
    return Entry(
        # The instant of reading is part of the name: the same zone at another level is another entry.
        id=f"{address}#{times.text(read)}",
        title=page.title,
        published=read,
        updated=read,
        summary=page.origin,
        language=page.language,
        categories=tuple(filter(None, (page.zone, site.exercise and "Exercise"))),
        links=(
            FeedLink("alternate", address, "text/html", page.language),
            FeedLink("describedby", site.address + proof_name(site.statement_name(page)), "text/plain"),
        ),
    )
