"""What a machine writes down of what it heard, and what a person does with it.

The clock's entries set nothing: a word that was heard is no level, tasks nobody and is not published. A person makes a
level of it by receiving it (`steps.receive`), as of any letter; or sets it aside.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.alert import queries as levels
from vigie.alert.actions import ReceivedAlready
from vigie.alert.actions.asking import check_reason, check_sourced, over
from vigie.editions.actions import keep as keep_edition
from vigie.errors import Conflict
from vigie.feeds import kinds, queries
from vigie.feeds.models import Doubt, Word
from vigie.ledger.actions import append, next_seq, recorded
from vigie.ledger.kinds import By
from vigie.listening import Feed

AGAIN = timedelta(days=1)
"""How long the same doubt about the same road is not written down anew: who sends forgeries must not fill the record."""

_CLOCK = By(person="", office="", via="clock")


class NotWaiting(Conflict):
    """The word was taken, set aside or overtaken already."""


@recorded
def hear(
    feed: Feed,
    *,
    zone: str,
    code: str,
    authority: str,
    words: str,
    effective: datetime,
    until: datetime | None,
    identity: str,
    sent: datetime,
    source: str,
    sha256: str,
    evidence: str,
) -> str:
    """Write down what a feed says of a zone. Gives the word's id; empty where it is what the feed said last.

    No right is asked: it sets nothing, and says whose words they are.
    """
    earlier = queries.last_words(feed.name, feed.scheme)
    last = earlier.get(zone)
    if last is not None and last.identity == identity:
        return ""
    overtaken = [row.id for row in queries.waiting() if row.feed == feed.name and row.zone == zone]
    here = queries.received_here(feed.scheme, zone, code)
    if over(until):
        state = "noted"
    elif code and here:
        state = "corroborates"
    elif not code and not here:
        state = "noted"
    else:
        state = "heard"
    body = kinds.Heard(
        feed=feed.name,
        road=feed.kind,
        scheme=feed.scheme,
        edition=keep_edition(feed.scheme),
        code=code,
        zone=zone,
        authority=authority[:200],
        words=words,
        source=source,
        source_sha256=sha256,
        identity=identity,
        sent=times.text(sent),
        effective=times.text(effective),
        until=times.text(until) if until else None,
        evidence=evidence,
        state=state,
        reception=here.id if here and state == "corroborates" else "",
        supersedes=overtaken,
    )
    return _heard(_CLOCK, body)


@verb("alert.level.receive")
def second_road(
    actor: Actor,
    reception: str,
    *,
    authority: str,
    words: str,
    source: str,
    source_bytes: bytes | None = None,
) -> str:
    """Keep a second road by which a person learnt what was received already: it counts as corroboration, not as a level.

    Gives the word's id. Raises NoReason when authority, words or source are missing, ReceivedAlready when it is the same
    road once more: the same authority, words and source.
    """
    check_sourced(authority, words, source)
    row = levels.reception(reception)
    roads = [(row.authority, row.words, row.source)]
    roads += [(w.authority, w.words, w.source) for w in queries.corroborating(reception)]
    if (authority, words, source) in roads:
        raise ReceivedAlready(
            "{code} for {zone} was received already on {at} ({id}). Two roads count once.",
            code=row.code, zone=row.zone, at=times.text(row.received_at), id=row.id,
        )  # fmt: skip
    digest = sha256(source_bytes if source_bytes is not None else words.encode()).hexdigest()
    now = times.stamp()
    body = kinds.Heard(
        feed="",
        road="person",
        scheme=row.scheme,
        edition=keep_edition(row.scheme),
        code=row.code,
        zone=row.zone,
        authority=authority,
        words=words,
        source=source,
        source_sha256=digest,
        identity=digest,
        sent=now,
        effective=times.text(row.effective),
        until=times.text(row.until) if row.until else None,
        evidence="",
        state="corroborates",
        reception=reception,
        supersedes=[],
    )
    return _heard(actor.by(), body)


@verb("alert.level.receive")
def settle(actor: Actor, reception: str) -> list[str]:
    """Note that the level received is what some words said that waited, by whatever road. Gives their ids."""
    row = levels.reception(reception)
    said = [w.id for w in queries.waiting() if (w.scheme, w.zone, w.code) == (row.scheme, row.zone, row.code)]
    if said:
        body = kinds.Taken(words=said, reception=reception)
        append(actor.by(), kinds.TAKEN, body, subjects=[*said, reception], marking="TLP:CLEAR")
    return said


@verb("alert.level.receive")
def settle_end(actor: Actor, scheme: str, zone: str, stand_down: str) -> list[str]:
    """Note that what some words said that waited, that no level stands any more, was received. Gives their ids."""
    said = [w.id for w in queries.waiting() if (w.scheme, w.zone, w.code) == (scheme, zone, "")]
    if said:
        body = kinds.Taken(words=said, reception=stand_down)
        append(actor.by(), kinds.TAKEN, body, subjects=[*said, stand_down], marking="TLP:CLEAR")
    return said


@verb("alert.level.receive")
def set_aside(actor: Actor, word: str, *, reason: str) -> None:
    """Make nothing of a word, with a reason. Raises NotWaiting, NoReason."""
    require_waiting(queries.word(word))
    check_reason(reason)
    append(actor.by(), kinds.SET_ASIDE, kinds.SetAside(word=word, reason=reason), subjects=[word])


def require_waiting(row: Word) -> None:
    """Raise NotWaiting unless the word waits for a person."""
    if row.state != "heard":
        raise NotWaiting(
            "{word} does not wait for anybody: it is {state}. Open the page of what was heard, which shows what does.",
            word=row.id,
            state=row.state,
        )


@recorded
def doubt(name: str, rule: str, why: str) -> bool:
    """Write down that what came by a road was not believed. Gives False where that stands already, for a day."""
    if Doubt.objects.filter(feed=name, rule=rule, noted_at__gt=times.now() - AGAIN).exists():
        return False
    append(_CLOCK, kinds.DOUBTED, kinds.Doubted(feed=name, rule=rule, why=why[:1000]), marking="TLP:GREEN")
    return True


@recorded
def note_silences(feeds: Sequence[Feed]) -> int:
    """Write down which roads fell silent, and which are heard again. Gives how many changed."""
    changed = 0
    for one in feeds:
        row = queries.hearing(one)
        since, open_ = queries.silent_since(one, row), queries.open_silence(one.name)
        if since is not None and row is not None and open_ is None:
            body = kinds.FellSilent(feed=one.name, since=times.text(since), why=row.fault[:1000])
            append(_CLOCK, kinds.FELL_SILENT, body, marking="TLP:GREEN")
            changed += 1
        elif since is None and row is not None and open_ is not None:
            again = kinds.HeardAgain(feed=one.name, silence=open_.id)
            append(_CLOCK, kinds.HEARD_AGAIN, again, subjects=[open_.id], marking="TLP:GREEN")
            changed += 1
    return changed


def _heard(by: By, body: kinds.Heard) -> str:
    made = f"word-{next_seq()}"
    about = [made, body.zone, *([body.reception] if body.reception else []), *body.supersedes]
    append(by, kinds.HEARD, body, subjects=about, marking="TLP:CLEAR")
    return made
