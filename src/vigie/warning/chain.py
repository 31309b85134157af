"""What each message of a set amounts to now: a pure function of the set, whatever order it came in.

A message is named by sender and identifier, and referred to by its triplet. A reference counts when its triplet is
exactly that of a message in the set, from the same sender, with the same status, and sent before: an exercise cannot
end a real alert, nor one sender another's. What does not count is kept and shown as a problem, never dropped.

    active         stands: nothing newer speaks of it, and it has not run out
    superseded     an Update refers to it
    cancelled      a Cancel refers to it (also when an Update does: what is withdrawn stays withdrawn)
    expired        every one of its infos has run out
    contradictory  two files bear its name and differ, or another message that still stands replaces the same one
    closing        a Cancel: it ends others and claims nothing itself
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from vigie.warning.cap import Message, Reference
from vigie.warning.cap_xml import to_bytes

State = Literal["active", "superseded", "cancelled", "expired", "contradictory", "closing"]


class Link(Struct, frozen=True):
    """What the chain asks of a message. `expires` is the latest end of its infos; None when one has no end."""

    reference: Reference
    kind: str
    status: str
    sent: datetime
    references: frozenset[Reference]
    expires: datetime | None
    digest: str


class Effect(Struct, frozen=True):
    """What a message amounts to. by: identifiers of the messages that made it so, sorted."""

    state: State
    by: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """True while the message is to be acted on."""
        return self.state == "active"


class Problem(Struct, frozen=True, order=True):
    """A reference that does not count, or a name or a chain that splits.

    kind: `dangling` (no such message here), `sent-differs`, `foreign` (another sender), `crosses-worlds` (another
    status), `backwards` (not sent before), `same-name` (two files, one name), `fork` (two replace one).
    """

    kind: str
    identifier: str
    about: str


class Chain(Struct, frozen=True):
    """Effects by identifier and sender, and the problems, sorted."""

    effects: dict[tuple[str, str], Effect]
    problems: tuple[Problem, ...]

    def effect(self, message: Message) -> Effect:
        """Give the effect of `message`, which must be of the set."""
        return self.effects[message.sender, message.identifier]


def link(message: Message, digest: str) -> Link:
    """Reduce a message to what its chain asks; digest: of its bytes, so that two files of one name are told apart."""
    ends = [info.expires for info in message.infos]
    known = [end for end in ends if end is not None]
    return Link(
        reference=message.reference,
        kind=message.kind,
        status=message.status,
        sent=message.sent,
        references=frozenset(message.references),
        # One language that runs out does not end the other (section 3.2.2: expires is per info).
        expires=max(known) if known and len(known) == len(ends) else None,
        digest=digest,
    )


def chain(links: Iterable[Link], at: datetime) -> Chain:
    """Give the effect at `at` of each message of the set, and the problems of the set.

    The result depends on the set alone: order and repetition of `links` change nothing.
    """
    kept = {(_key(item), item.digest): item for item in links}
    versions: dict[tuple[str, str], list[Link]] = {}
    for (key, _), item in sorted(kept.items()):
        versions.setdefault(key, []).append(item)
    problems = {Problem("same-name", key[1], key[0]) for key, found in versions.items() if len(found) > 1}
    sound = {key: found[0] for key, found in versions.items() if len(found) == 1}
    followers, faults = _followers(sound, versions)
    problems |= faults
    effects: dict[tuple[str, str], Effect] = {}
    for key in versions:
        one = sound.get(key)
        effects[key] = _alone(one, followers.get(key, []), at) if one else Effect("contradictory", (key[1],))
    for earlier, later in sorted(followers.items()):
        _fork(earlier, later, followers, effects, problems)
    return Chain(effects, tuple(sorted(problems)))


def chain_of(messages: Iterable[Message], at: datetime) -> Chain:
    """Give the chain of messages of ours, each taken with the bytes we write for it."""
    return chain((link(message, hashlib.sha256(to_bytes(message)).hexdigest()) for message in messages), at)


def _key(item: Link) -> tuple[str, str]:
    return item.reference.sender, item.reference.identifier


def _followers(
    sound: dict[tuple[str, str], Link], versions: dict[tuple[str, str], list[Link]]
) -> tuple[dict[tuple[str, str], list[Link]], set[Problem]]:
    followers: dict[tuple[str, str], list[Link]] = {}
    problems: set[Problem] = set()
    for key, item in sound.items():
        if item.kind not in {"Update", "Cancel"}:
            continue
        for reference in item.references:
            earlier = (reference.sender, reference.identifier)
            kind = _fault(item, reference, sound.get(earlier), known=earlier in versions)
            if kind:
                problems.add(Problem(kind, key[1], reference.identifier))
            else:
                followers.setdefault(earlier, []).append(item)
    return followers, problems


def _fault(item: Link, reference: Reference, earlier: Link | None, *, known: bool) -> str:
    if earlier is None:
        return "same-name" if known else "dangling"
    if reference.sent != earlier.reference.sent:
        return "sent-differs"
    if reference.sender != item.reference.sender:
        return "foreign"
    if item.status != earlier.status:
        return "crosses-worlds"
    return "" if earlier.sent < item.sent else "backwards"


def _alone(item: Link, later: list[Link], at: datetime) -> Effect:
    cancels = sorted(other.reference.identifier for other in later if other.kind == "Cancel")
    updates = sorted(other.reference.identifier for other in later if other.kind == "Update")
    if cancels:
        return Effect("cancelled", tuple(cancels))
    if updates:
        return Effect("superseded", tuple(updates))
    if item.kind == "Cancel":
        return Effect("closing")
    return Effect("expired") if item.expires is not None and item.expires <= at else Effect("active")


def _fork(
    earlier: tuple[str, str],
    later: list[Link],
    followers: dict[tuple[str, str], list[Link]],
    effects: dict[tuple[str, str], Effect],
    problems: set[Problem],
) -> None:
    """Mark as contradictory the messages that replace one and the same and still stand, none knowing of the other."""
    for one in later:
        for other in later:
            if one is other or _reaches(other, one, followers) or _reaches(one, other, followers):
                continue
            problems.add(Problem("fork", one.reference.identifier, earlier[1]))
            mine, rival = effects[_key(one)], effects[_key(other)]
            if mine.state in {"active", "contradictory"} and rival.state in {
                "active",
                "contradictory",
                "closing",
            }:
                by = tuple(sorted({*mine.by, other.reference.identifier}))
                effects[_key(one)] = Effect("contradictory", by)


def _reaches(later: Link, earlier: Link, followers: dict[tuple[str, str], list[Link]]) -> bool:
    """Say whether `later` refers to `earlier`, directly or through others. Time only runs forward, so this ends."""
    waiting, seen = [_key(earlier)], set()
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        for other in followers.get(key, []):
            if other is later:
                return True
            waiting.append(_key(other))
    return False
