"""What a look at a feed brings: words of another, each with where and when it was said, and nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from vigie.errors import BadInput, NotFound

LONGEST_WORDS = 500
"""Characters of a sentence that names a level. What is longer is an article: it is not taken in, nor whom it names."""

AHEAD = timedelta(minutes=10)
"""How far another's clock may be ahead of ours."""


class NoAnswer(NotFound):
    """Nothing usable came back: the feed was not heard."""


class Doubtful(BadInput):
    """Something came back that is not to be believed. rule: its name, for machines and for counting."""

    def __init__(self, rule: str, message: str, /, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.rule = rule

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.rule, self.message, self.fields))


def _again(rule: str, message: str, fields: dict[str, Any]) -> Doubtful:
    return Doubtful(rule, message, **fields)


@dataclass(frozen=True)
class Said:
    """One level as another says it. code: empty where it says that none stands any more.

    words: exact; identity: how the source tells this word from its others; sent: when it says that it said so; source:
    where it was read; sha256: of the bytes it was read in; evidence: what proves it, empty where nothing does.
    """

    zone: str
    code: str
    authority: str
    words: str
    effective: datetime
    until: datetime | None
    identity: str
    sent: datetime
    source: str
    sha256: str
    evidence: str = ""


@dataclass(frozen=True)
class Position:
    """How far another's public log was followed: its size, its root (hex), and the edge it grows from (hex)."""

    size: int = 0
    root: str = ""
    edge: str = ""


@dataclass(frozen=True)
class Known:
    """What a feed said until now.

    last: by zone, the identity of its last word; sent: by zone, when it said so; etag, modified: of its last answer;
    position: how far its log was followed; updated: when its last publication was made.
    """

    last: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, datetime] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    position: Position = Position()
    updated: datetime | None = None


@dataclass(frozen=True)
class Look:
    """What a look brought. said: words that are new; aside: what was read and not taken, each with why.

    etag, modified, position, updated: to be known at the next look.
    """

    said: tuple[Said, ...] = ()
    aside: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""
    position: Position = Position()
    updated: datetime | None = None


def unchanged(known: Known) -> Look:
    """Give the look at a feed that answered that nothing is new."""
    return Look(etag=known.etag, modified=known.modified, position=known.position, updated=known.updated)


def refuse_future(what: str, at: datetime, now: datetime) -> None:
    """Raise Doubtful when something was said later than now."""
    if at > now + AHEAD:
        raise Doubtful(
            "future",
            "{what} is dated {at}, which has not come yet. Compare the clocks of both machines.",
            what=what,
            at=at.isoformat(),
        )
