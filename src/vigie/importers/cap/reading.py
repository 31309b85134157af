"""Reading CAP messages: fetched, judged, put in their chain, and each asked which level it names, and where.

Only what stands is taken: a message that an Update replaced, a Cancel took back, or whose time ran out says nothing any
more. Where a Cancel takes back the very word that came from here last, that is told. Test, System and Draft are for
machines; an Exercise is heard by an exercise alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from vigie.importers.cap.level import level_of, zones_of
from vigie.importers.documents import Link, items_of, root_of
from vigie.importers.fetching import Asked
from vigie.importers.said import (
    LONGEST_WORDS,
    Doubtful,
    Known,
    Look,
    Said,
    refuse_future,
    unchanged,
)
from vigie.listening import Feed
from vigie.schemes.reader import load
from vigie.schemes.scheme import Scheme
from vigie.warning.cap import MEDIA_TYPE, NAMESPACE, Message
from vigie.warning.cap_check import check
from vigie.warning.cap_xml import from_bytes
from vigie.warning.chain import Chain, chain, link

MOST_MESSAGES = 50
"""Messages fetched of one feed, the newest first."""


@dataclass(frozen=True)
class _Kept:
    """A message that may speak here, the bytes it came in, and where they were read."""

    message: Message
    data: bytes
    source: str


def read(feed: Feed, known: Known, asked: Asked, *, exercise: bool, now: datetime) -> Look:
    """Look at a CAP file or feed. Raises NoAnswer, and Doubtful with the rule that was broken."""
    came = asked.first()
    if came.unchanged:
        return unchanged(known)
    kept: list[_Kept] = []
    aside: list[str] = []
    for source, data in _documents(feed, asked, came.body):
        try:
            kept.append(_kept(source, data, exercise=exercise, now=now))
        except Doubtful as fault:
            aside.append(f"{source}: {fault}")
    said = _said(feed, load(feed.scheme), kept, known, now, aside)
    return Look(tuple(said), tuple(aside), came.etag, came.modified)


def _documents(feed: Feed, asked: Asked, body: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the messages, each with where it was read: the answer itself, or those it links to."""
    root = root_of(body)
    if root.tag == f"{{{NAMESPACE}}}alert":
        yield feed.address, body
        return
    items = items_of(root)
    if items and "://" not in feed.address:
        raise Doubtful("no-message", "The file is a feed. Put the CAP message itself there.")
    newest = sorted(items, key=lambda i: i.at.timestamp() if i.at else 0.0, reverse=True)
    found = dict.fromkeys(address for item in newest for address in _linked(item.links))
    for address in list(found)[:MOST_MESSAGES]:
        yield address, asked.more(address)


def _linked(links: tuple[Link, ...]) -> list[str]:
    """Give the links said to be CAP; where none says what it is, all of them."""
    cap = [one.href for one in links if one.type.split(";")[0] == MEDIA_TYPE]
    return cap or [one.href for one in links if not one.type]


def _kept(source: str, data: bytes, *, exercise: bool, now: datetime) -> _Kept:
    verdict = check(data)
    for fault in verdict.faults:
        raise Doubtful(
            "bad-message",
            "not CAP 1.2, line {line}, {element}: {says}",
            line=fault.line,
            element=fault.element,
            says=fault.says(),
        )
    message = from_bytes(data)
    wanted = "Exercise" if exercise else "Actual"
    if message.status != wanted:
        raise Doubtful(
            "other-world",
            "its status is {status}. Here only {wanted} is heard.",
            status=message.status,
            wanted=wanted,
        )
    if message.kind not in {"Alert", "Update", "Cancel"}:
        raise Doubtful("no-alert", "a message of type {kind} says no level.", kind=message.kind)
    if message.scope != "Public":
        raise Doubtful(
            "not-public", "its scope is {scope}: it is not for everybody to pass on.", scope=message.scope
        )
    refuse_future(f"the message {message.identifier}", message.sent, now)
    return _Kept(message, data, source)


def _said(
    feed: Feed, plan: Scheme, kept: list[_Kept], known: Known, now: datetime, aside: list[str]
) -> list[Said]:
    links = chain((link(one.message, sha256(one.data).hexdigest()) for one in kept), now)
    aside += [f"{problem.identifier}: {problem.kind} ({problem.about})" for problem in links.problems]
    newest: dict[str, Said] = {}
    for one in sorted(kept, key=lambda k: (k.message.sent, k.message.identifier)):
        try:
            for said in _words(feed, plan, one, links, known):
                newest[said.zone] = said
        except Doubtful as fault:
            aside.append(f"{one.message.identifier}: {fault}")
    found = []
    for zone, said in sorted(newest.items()):
        before = known.sent.get(zone)
        if known.last.get(zone) == said.identity:
            continue
        if before is not None and said.sent < before:
            aside.append(
                f"{said.identity}: sent before what was said already for {zone}; an old message is shown again"
            )
            continue
        found.append(said)
    return found


def _words(feed: Feed, plan: Scheme, one: _Kept, links: Chain, known: Known) -> Iterator[Said]:
    """Give what a message says, zone by zone; nothing where it does not stand any more."""
    message = one.message
    effect = links.effect(message)
    if effect.state == "closing":
        # The word taken back may be one this feed no longer lists: its name is what was kept of it.
        taken = {str(reference) for reference in message.references}
        for zone, identity in known.last.items():
            if identity in taken:
                yield _one(feed, one, zone, "")
        return
    if effect.state == "contradictory":
        raise Doubtful(
            "contradictory",
            "two messages take its place or bear its name; which stands is for a person to read",
        )
    if effect.state != "active":
        return
    code = level_of(plan, feed, message)
    for zone in zones_of(plan, feed, message):
        yield _one(feed, one, zone, code)


def _one(feed: Feed, one: _Kept, zone: str, code: str) -> Said:
    message = one.message
    info = message.infos[0] if message.infos else None
    words = (info.headline or info.event) if info else ""
    ends = [i.expires for i in message.infos if i.expires is not None]
    return Said(
        zone=zone,
        code=code,
        authority=(info.sender_name if info else "") or feed.title,
        words=words[:LONGEST_WORDS],
        effective=(info.onset or info.effective if info else None) or message.sent,
        until=max(ends) if code and ends and len(ends) == len(message.infos) else None,
        identity=str(message.reference),
        sent=message.sent,
        source=one.source,
        sha256=sha256(one.data).hexdigest(),
    )
