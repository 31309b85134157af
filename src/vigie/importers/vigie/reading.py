"""Reading another vigie's `level.json`, by the chain of hashes that leads from its pinned key to every word of it.

    key in vigie.toml -> signed checkpoint -> proof of files.json -> SHA-256 of level.json and of each statement

The listing must be the newest leaf of its log, and the log the one that was seen before, only longer: what is old cannot
be shown as new. Past its own date the site is stale: nothing new is believed of it until it is published again.
"""

import json
import re
import time
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from vigie import times
from vigie.importers.fetching import Asked
from vigie.importers.naming import exactly
from vigie.importers.said import Doubtful, Known, Look, NoAnswer, Said, refuse_future, unchanged
from vigie.importers.vigie.following import checked, follow
from vigie.ledger import canonical
from vigie.ledger.outer.leaves import read_leaf
from vigie.listening import Feed
from vigie.schemes.reader import load
from vigie.schemes.scheme import Scheme, UnknownZone
from vigie.warning.site import LEVELS, LISTED, proof_name

_AGAIN, _PAUSE = 3, 0.2
"""Looks at a site that is being published just now, and seconds between them."""
_MOST_LEVELS = 500
_STATEMENT = re.compile(r"decisions/(0|[1-9][0-9]{0,18})\.json")


class _Level(msgspec.Struct):
    scheme: str
    zone: str
    code: str | None
    word: str | None
    by: str | None
    good_until: str
    statement: str | None


class _Levels(msgspec.Struct):
    instance: str
    exercise: bool
    updated: str
    levels: list[_Level]


class _Listing(msgspec.Struct):
    instance: str
    updated: str
    files: dict[str, str]


class _Statement(msgspec.Struct):
    instance: str
    kind: str
    scheme: str
    code: str
    zone: str
    effective: str
    until: str | None
    authority: str = ""
    words: str = ""
    decided: str = ""
    received: str = ""


class _Torn(NoAnswer):
    """Two files of one site do not belong together: it is being published, or was altered."""


def read(feed: Feed, known: Known, asked: Asked, *, exercise: bool, now: datetime) -> Look:
    """Look at another vigie's site. Raises NoAnswer, and Doubtful with the rule that was broken."""
    came = asked.first(proof_name(LISTED))
    if came.unchanged:
        return unchanged(known)
    for left in reversed(range(_AGAIN)):
        try:
            return _whole(
                feed, known, asked, came.body, exercise=exercise, now=now, head=(came.etag, came.modified)
            )
        except _Torn as torn:
            if not left:
                raise Doubtful("altered", "{fault}", fault=torn) from None
            time.sleep(_PAUSE)
            came = asked.first(proof_name(LISTED), again=True)
    raise AssertionError("the last look returns or raises")


def _whole(
    feed: Feed,
    known: Known,
    asked: Asked,
    proof: bytes,
    *,
    exercise: bool,
    now: datetime,
    head: tuple[str, str],
) -> Look:
    found, signed = checked(_text(proof), feed.vkey)
    position = follow(asked, known.position, signed)
    leaf = read_leaf(found.entry.decode())
    if leaf.get("what") != LISTED or found.index != signed.size - 1:
        raise Doubtful(
            "not-newest",
            "What is shown is not the newest publication of its log: an old one is shown as new.",
        )
    listing = _read(_belonging(asked, LISTED, str(leaf.get("sha256"))), _Listing)
    data = _read(_belonging(asked, LEVELS, listing.files.get(LEVELS, "")), _Levels)
    _check_world(feed, data, exercise=exercise)
    updated = times.from_text(data.updated)
    refuse_future("The publication", updated, now)
    if known.updated is not None and updated < known.updated:
        raise Doubtful(
            "backwards",
            "The publication is dated {updated}, before the one seen last ({before}). Its clock went back.",
            updated=data.updated,
            before=times.text(known.updated),
        )
    plan = load(feed.scheme)
    ours = [one for one in data.levels if one.scheme == plan.id and feed.may_speak_of(one.zone)]
    if len(ours) > _MOST_LEVELS:
        raise Doubtful(
            "too-many",
            "It speaks of {count} zones. At most {most} are taken in.",
            count=len(ours),
            most=_MOST_LEVELS,
        )
    said = []
    for one in ours:
        new = _said(feed, plan, one, listing, known, asked, data.updated, signed=found.checkpoint)
        if new is not None:
            said.append(new)
    _refuse_stale(ours, said, now)
    return Look(tuple(said), (), *head, position, updated)


def _check_world(feed: Feed, data: _Levels, *, exercise: bool) -> None:
    if data.exercise != exercise:
        raise Doubtful(
            "other-world",
            "{feed} speaks of an exercise and this home is real, or the other way round. Nothing passes between the two.",
            feed=feed.name,
        )


def _said(
    feed: Feed,
    plan: Scheme,
    one: _Level,
    listing: _Listing,
    known: Known,
    asked: Asked,
    updated: str,
    *,
    signed: str,
) -> Said | None:
    """Give what a zone's level says, None where it is what was said last."""
    try:
        plan.check_zone(one.zone)
    except UnknownZone as fault:
        raise Doubtful("unknown-zone", "{fault}", fault=fault) from None
    if one.code is None:
        return None if known.last.get(one.zone) == "none" else _nothing(feed, one, updated, signed)
    code = exactly(plan, {}, one.code)
    name = one.statement or ""
    digest = listing.files.get(name, "")
    if not _STATEMENT.fullmatch(name) or not digest:
        raise Doubtful("no-statement", "The level of {zone} comes without its statement.", zone=one.zone)
    if known.last.get(one.zone) == digest:
        return None
    data = _belonging(asked, name, digest)
    told = _read_canonical(data)
    if (told.scheme, told.code) != (plan.id, code) or not plan.zones.covers(told.zone, one.zone):
        raise Doubtful(
            "statement-differs",
            "level.json and the statement of {zone} do not say the same.",
            zone=one.zone,
        )
    if told.zone != one.zone and one.zone not in known.last:
        return None  # the level of a zone around it, which has its own page; it took the place of none that came from here
    sent = times.from_text(told.decided or told.received or updated)
    return Said(
        zone=one.zone,
        code=code,
        authority=told.authority or one.by or feed.title,
        words=told.words or one.word or code,
        effective=times.from_text(told.effective),
        until=times.from_text(told.until) if told.until else None,
        identity=digest,
        sent=sent,
        source=feed.address + name,
        sha256=digest,
        evidence=data.decode() + "\n" + signed,
    )


def _nothing(feed: Feed, one: _Level, updated: str, signed: str) -> Said:
    return Said(
        zone=one.zone,
        code="",
        authority=feed.title,
        words="",
        effective=times.from_text(updated),
        until=None,
        identity="none",
        sent=times.from_text(updated),
        source=feed.address + LEVELS,
        sha256="",
        evidence=signed,
    )


def _refuse_stale(ours: list[_Level], said: list[Said], now: datetime) -> None:
    """Raise Doubtful when the site says itself that it is no longer to be relied on, and yet says something new to us."""
    good = {one.zone: times.from_text(one.good_until) for one in ours}
    old = [one for one in said if good[one.zone] < now]
    if old:
        raise Doubtful(
            "stale",
            "It says {levels}, and says itself that this was good until {until} only. Nothing new is taken from it until it is published again; ask by another road.",
            levels=", ".join(f"{one.code or '–'} ({one.zone})" for one in old),
            until=times.text(min(good[one.zone] for one in old)),
        )


def _belonging(asked: Asked, name: str, digest: str) -> bytes:
    """Fetch a file of the site. Raises _Torn unless it is the one that was listed."""
    data = asked.more(name)
    if sha256(data).hexdigest() != digest:
        raise _Torn("{name} is not the file that the signed listing names.", name=name)
    return data


def _text(proof: bytes) -> str:
    try:
        return proof.decode()
    except UnicodeDecodeError:
        raise Doubtful("unreadable", "The proof is not text.") from None


def _read(data: bytes, form: type[Any]) -> Any:
    try:
        return msgspec.convert(json.loads(data), form)
    except (ValueError, RecursionError, msgspec.ValidationError) as fault:
        raise Doubtful("unreadable", "A file of the site cannot be read: {fault}.", fault=fault) from None


def _read_canonical(data: bytes) -> _Statement:
    try:
        return msgspec.convert(canonical.loads(data), _Statement)
    except (ValueError, msgspec.ValidationError, canonical.NotCanonical) as fault:
        raise Doubtful("unreadable", "A statement cannot be read: {fault}.", fault=fault) from None
