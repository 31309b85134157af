"""Which level a CAP message names, and for which zones: by the parameter made for it, else by its headline."""

from vigie.importers.naming import exactly, named
from vigie.importers.said import Doubtful
from vigie.listening import Feed
from vigie.schemes.scheme import Scheme, UnknownZone
from vigie.warning.cap import Info, Message

OURS, OUR_SCHEME = "vigie:level", "vigie:scheme"
"""The parameters by which a vigie names scheme and level in its own messages."""


def level_of(plan: Scheme, feed: Feed, message: Message) -> str:
    """Give the code of the level that every language of the message names. Raises Doubtful when they differ or none does."""
    codes = {_of(plan, feed, info) for info in message.infos}
    if len(codes) != 1 or "" in codes:
        raise Doubtful(
            "names-none" if codes <= {""} else "names-several",
            "it names no one level of {scheme} in all its languages",
            scheme=plan.id,
        )
    return codes.pop()


def zones_of(plan: Scheme, feed: Feed, message: Message) -> list[str]:
    """List the zones the message speaks of that the feed may. Raises Doubtful when there is none."""
    given = {pair.value.strip() for info in message.infos for area in info.areas for pair in area.geocodes}
    if not given and len(feed.zones) == 1:
        return list(feed.zones)
    zones = sorted(zone for zone in given if feed.may_speak_of(zone) and _is_zone(plan, zone))
    if not zones:
        raise Doubtful(
            "other-zone",
            "it speaks of {given}. This feed is heard for {zones} and their parts.",
            given=", ".join(sorted(given))[:200] or "no zone",
            zones=", ".join(feed.zones)[:200],
        )
    return zones


def _of(plan: Scheme, feed: Feed, info: Info) -> str:
    pairs = {pair.name: pair.value for pair in (*info.event_codes, *info.parameters)}
    if pairs.get(OUR_SCHEME, plan.id) != plan.id:
        raise Doubtful("other-scheme", "it speaks of the scheme {given}", given=pairs[OUR_SCHEME][:60])
    field = feed.parameter or OURS
    if field in pairs:
        return exactly(plan, feed.words, pairs[field].strip())
    if feed.parameter:
        raise Doubtful("names-none", "it has no parameter {name}", name=field)
    return named(plan, feed.words, info.headline or info.event)


def _is_zone(plan: Scheme, zone: str) -> bool:
    try:
        plan.check_zone(zone)
    except UnknownZone:
        return False
    return True
