"""Listening: each feed is looked at when it is due, and what it says is written down as its own words.

Nothing here sets a level. What was heard waits for a person, who is paged; it stands at once on the pages of the house and
on those of owners as heard and not confirmed.
"""

from dataclasses import asdict
from datetime import datetime

from vigie import importers, times
from vigie.accounts.actors import Actor
from vigie.alert import queries as levels
from vigie.desk import actions as desk
from vigie.feeds import actions as feeds, queries
from vigie.feeds.models import Word
from vigie.homes import Home
from vigie.importers.said import Doubtful, Known, NoAnswer, Position
from vigie.ledger import holds
from vigie.ledger.actions import recorded
from vigie.listening import Feed
from vigie.steps import receive, receive_stand_down


def listen(home: Home) -> dict[str, int]:
    """Look at every feed that is due. Gives how many words were new, how many looks failed.

    Nothing for a home without feeds. Never inside a transaction: a feed may be slow. A home that is held writes nothing, and hence asks nobody.
    """
    if not home.feeds:
        return {}
    told = {"words heard": 0, "feeds not heard": 0}
    if holds.standing(home.path, "writing") is not None:
        return told
    for one in home.feeds:
        if is_due(one, times.now()):
            new = look(home, one)
            told["words heard"] += new or 0
            told["feeds not heard"] += new is None
    return told


def is_due(feed: Feed, now: datetime) -> bool:
    """Say whether a feed is to be looked at now: as often as vigie.toml says."""
    row = queries.hearing(feed)
    return row is None or row.address != feed.address or now - row.tried_at >= feed.every


def look(home: Home, feed: Feed) -> int | None:
    """Look at one feed now. Gives how many words were new; None when it was not heard, or not believed."""
    tried = times.now()
    try:
        found = importers.look(feed, _known(feed), exercise=home.exercise, now=tried)
    except NoAnswer as fault:
        desk.note_unheard(feed, tried, str(fault))
        return None
    except Doubtful as fault:
        feeds.doubt(feed.name, fault.rule, str(fault))
        desk.note_unheard(feed, tried, str(fault), fault.rule)
        return None
    new = [feeds.hear(feed, **asdict(said)) for said in found.said]
    desk.note_heard(
        feed,
        tried,
        etag=found.etag,
        modified=found.modified,
        updated=found.updated,
        **asdict(found.position),
        aside=list(found.aside),
    )
    return sum(map(bool, new))


@recorded
def take(actor: Actor, word: str) -> str:
    """Receive what a word says, in its own words: a level, or that none stands any more. Gives the reception's id, or the stand-down's.

    One person suffices to raise, and tasks follow; a lowering, and an end, wait for their second person. Where the scheme lets nothing
    end by itself, an end that was said with the level is kept as its review. Raises NotWaiting, and what `steps.receive` and
    `steps.receive_stand_down` do.
    """
    row = queries.word(word)
    feeds.require_waiting(row)
    if not row.code:
        return _take_end(actor, row)
    return receive(
        actor,
        scheme=row.scheme,
        code=row.code,
        zone=row.zone,
        authority=row.authority,
        words=row.words,
        source=row.source,
        source_bytes=row.evidence.encode() or None,
        effective=row.effective,
        until=row.until,
    )


def _take_end(actor: Actor, row: Word) -> str:
    # What stands goes before what is to come; a lowering that waits is neither.
    there = (*levels.standing(), *levels.coming())
    here = next((s for s in there if s.received and (s.scheme, s.zone) == (row.scheme, row.zone)), None)
    if here is None:
        raise feeds.NotWaiting(
            "{word} says that no level stands any more in {zone}, and none that was received stands there. Set it aside.",
            word=row.id,
            zone=row.zone,
        )
    return receive_stand_down(
        actor,
        here.id,
        authority=row.authority,
        words=row.words or f"{row.authority}: no level",
        source=row.source,
        effective=max(row.effective, here.since),
        source_bytes=row.evidence.encode() or None,
    )


def _known(feed: Feed) -> Known:
    last = queries.last_words(feed.name, feed.scheme)
    said = {zone: row.identity for zone, row in last.items()}
    sent = {zone: row.sent for zone, row in last.items()}
    row = queries.hearing(feed)
    if row is None or (row.address, row.vkey) != (feed.address, feed.vkey):
        return Known(said, sent)
    # An answer that brought nothing must come whole again.
    etag, modified = ("", "") if row.fault else (row.etag, row.modified)
    return Known(said, sent, etag, modified, Position(row.size, row.root, row.edge), row.updated)
