"""Reading headlines: newest first, up to the first that names a level, or that must be read by a person."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from vigie import times
from vigie.importers.documents import Item, items_of, root_of
from vigie.importers.fetching import Asked
from vigie.importers.naming import named
from vigie.importers.said import LONGEST_WORDS, Doubtful, Known, Look, Said, refuse_future, unchanged
from vigie.listening import Feed
from vigie.schemes.reader import load
from vigie.schemes.scheme import Scheme


def read(feed: Feed, known: Known, asked: Asked, *, exercise: bool, now: datetime) -> Look:
    """Look at a feed of headlines. Raises NoAnswer, and Doubtful with the rule that was broken."""
    if exercise and "://" in feed.address:
        raise Doubtful(
            "other-world",
            "{feed} is a real feed and this home an exercise. Nothing passes between the two; give an exercise its headlines in a file.",
            feed=feed.name,
        )
    came = asked.first()
    if came.unchanged:
        return unchanged(known)
    items = items_of(root_of(came.body))
    nothing = Look(etag=came.etag, modified=came.modified)
    found = _newest(load(feed.scheme), feed, items)
    if found is None:
        return nothing
    item, code, words = found
    [zone] = feed.zones
    at = item.at or now
    refuse_future(f"The item «{item.title[:80]}»", at, now)
    identity = sha256(
        "\n".join((item.id, words, times.text(item.at) if item.at else "")).encode()
    ).hexdigest()
    if known.last.get(zone) == identity:
        return nothing
    before = known.sent.get(zone)
    if before is not None and at < before:
        raise Doubtful(
            "backwards",
            "Its newest item is dated {at}, before what it said already ({before}): an old copy is being shown, or an item was taken back.",
            at=times.text(at),
            before=times.text(before),
        )
    said = Said(
        zone=zone,
        code=code,
        authority=feed.title,
        words=words,
        effective=at,
        until=None,
        identity=identity,
        sent=at,
        source=next((link.href for link in item.links if link.href.startswith("https://")), feed.address),
        sha256=sha256(came.body).hexdigest(),
    )
    return replace(nothing, said=(said,))


def _newest(plan: Scheme, feed: Feed, items: list[Item]) -> tuple[Item, str, str] | None:
    """Give the newest item that names a level, its code, and the sentence that does; None where none does."""
    dated = [item for item in items if item.at is not None]
    if not dated and len(items) > 1:
        raise Doubtful("undated", "None of its items has a date: which is the newest cannot be told.")
    for item in sorted(dated, key=lambda i: (i.at, i.id), reverse=True) or items:
        for sentence in (item.title, item.summary):
            code = named(plan, feed.words, sentence) if len(sentence) <= LONGEST_WORDS else ""
            if code:
                return item, code, sentence
    return None
