"""Entries of this room. A machine writes down what it heard; what is made of it is a person's entry."""

from vigie.ledger.kinds import Body, Kind


class Heard(Body):
    """A level as another says it, by one road: never ours. code: empty where it says that none stands any more.

    feed: name of the road in vigie.toml, empty where a person brought it; state: `heard`, and waits for a person, `corroborates` what
    was received already (`reception`), or `noted`; supersedes: earlier words of this road that waited.
    """

    feed: str
    road: str
    scheme: str
    edition: str
    code: str
    zone: str
    authority: str
    words: str
    source: str
    source_sha256: str
    identity: str
    sent: str
    effective: str
    until: str | None
    evidence: str
    state: str
    reception: str
    supersedes: list[str]


class Taken(Body):
    """A person received the level that these words say."""

    words: list[str]
    reception: str


class SetAside(Body):
    """A person read a word and made nothing of it."""

    word: str
    reason: str


class FellSilent(Body):
    """Nothing was heard by this road for longer than is expected of it. since: the last time it was heard."""

    feed: str
    since: str
    why: str


class HeardAgain(Body):
    """A road that was silent was heard again."""

    feed: str
    silence: str


class Doubted(Body):
    """What came by this road was not believed. rule: the name of what was broken."""

    feed: str
    rule: str
    why: str


HEARD = Kind("feeds.word.heard", 1, Heard)
TAKEN = Kind("feeds.word.taken", 1, Taken)
SET_ASIDE = Kind("feeds.word.set_aside", 1, SetAside)
FELL_SILENT = Kind("feeds.road.silent", 1, FellSilent)
HEARD_AGAIN = Kind("feeds.road.heard_again", 1, HeardAgain)
DOUBTED = Kind("feeds.road.doubted", 1, Doubted)
