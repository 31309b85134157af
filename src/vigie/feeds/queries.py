"""Questions pages and steps ask: what waits for a person, who differs, who is silent, where the next look begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from vigie import times
from vigie.alert import queries as levels
from vigie.alert.models import Reception
from vigie.desk.models import Hearing
from vigie.errors import NotFound
from vigie.exposure import areas
from vigie.feeds.models import Doubt, Silence, Word
from vigie.homes import Home
from vigie.listening import Feed

_SHOWN = 20
"""Silences and doubts that a page shows."""


@dataclass(frozen=True)
class Road:
    """One feed, and how it stands. heard: the last time it answered and was believed, None for never.

    since: from when it counts as silent, None while it does not; fault: why the last look brought nothing, empty where
    it did; last: its newest word by zone.
    """

    feed: Feed
    tried: datetime | None
    heard: datetime | None
    since: datetime | None
    fault: str
    rule: str
    aside: tuple[str, ...]
    last: tuple[Word, ...]


@dataclass(frozen=True)
class Call:
    """A level that others say and this home has not received yet. words: the roads that say so, the first heard first."""

    scheme: str
    zone: str
    code: str
    words: tuple[Word, ...]

    @property
    def first(self) -> Word:
        """The word that came first."""
        return self.words[0]


@dataclass(frozen=True)
class Difference:
    """Roads that do not say the same of one zone. here: what was received and stands, None where nothing does."""

    scheme: str
    zone: str
    words: tuple[Word, ...]
    here: Reception | None


def word(id: str) -> Word:  # noqa: A002 - the record calls it so
    """Give a word that was heard. Raises NotFound."""
    found = Word.objects.filter(id=id).first()
    if found is None:
        raise NotFound("Nothing was heard under {given}.", given=id)
    return found


def hearing(one: Feed) -> Hearing | None:
    """Give how far a feed was listened to; None before the first look."""
    return Hearing.objects.filter(feed=one.name).first()


def last_words(name: str, scheme: str) -> dict[str, Word]:
    """Give the newest word of a feed by zone."""
    found: dict[str, Word] = {}
    for row in Word.objects.filter(feed=name, scheme=scheme).order_by("heard_at", "sent", "id"):
        found[row.zone] = row
    return found


def received_here(scheme: str, zone: str, code: str = "") -> Reception | None:
    """Give the level received that stands in exactly this zone, or waits for its second person; of this code, if given."""
    rows = Reception.objects.filter(scheme=scheme, zone=zone, ended_at__isnull=True).exclude(
        state="withdrawn"
    )
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=times.now()))
    return (rows.filter(code=code) if code else rows).order_by("-received_at", "-id").first()


def waiting() -> list[Word]:
    """List the words that wait for a person, oldest first; those whose time ran out wait no more."""
    still = Q(until__isnull=True) | Q(until__gt=times.now())
    return list(Word.objects.filter(still, state="heard"))


def calls() -> list[Call]:
    """List the levels that others say and nobody here has received yet; two roads that say the same are one call."""
    found: dict[tuple[str, str, str], list[Word]] = {}
    for row in waiting():
        found.setdefault((row.scheme, row.zone, row.code), []).append(row)
    return [Call(*place, tuple(rows)) for place, rows in found.items()]


def corroborating(reception: str) -> list[Word]:
    """List the words that say what was received: each a road of its own, in the order they came."""
    return list(Word.objects.filter(reception=reception, state__in=["taken", "corroborates"]))


def differences() -> list[Difference]:
    """List the zones of which the newest words of two roads, or of a road and what stands here, are not the same."""
    home: Home = settings.VIGIE_HOME
    newest: dict[tuple[str, str], list[Word]] = {}
    for one in home.feeds:
        for zone, row in last_words(one.name, one.scheme).items():
            if row.until is None or row.until > times.now():
                newest.setdefault((one.scheme, zone), []).append(row)
    found = []
    for (scheme, zone), rows in sorted(newest.items()):
        here = received_here(scheme, zone)
        codes = {row.code for row in rows} | ({here.code} if here else set())
        # A word that waits is shown as such: it is news, no quarrel.
        settled = {row.code for row in rows if row.state != "heard"} | ({here.code} if here else set())
        if len({row.code for row in rows}) > 1 or (len(codes) > 1 and len(settled) > 1):
            found.append(Difference(scheme, zone, tuple(rows), here))
    return found


def roads() -> list[Road]:
    """List the feeds of vigie.toml, each with how it stands now."""
    home: Home = settings.VIGIE_HOME
    return [_road(one) for one in home.feeds]


def _road(one: Feed) -> Road:
    row = hearing(one)
    if row is not None and row.address != one.address:
        row = None  # vigie.toml names another place since
    return Road(
        feed=one,
        tried=row.tried_at if row else None,
        heard=row.heard_at if row else None,
        since=silent_since(one, row),
        fault=row.fault if row else "",
        rule=row.rule if row else "",
        aside=tuple(row.aside) if row else (),
        last=tuple(last_words(one.name, one.scheme).values()),
    )


def silent_since(one: Feed, row: Hearing | None) -> datetime | None:
    """Give since when a feed counts as silent, None while it does not: its last hearing, else the first time it was asked."""
    if row is None:
        return None
    since = row.heard_at or row.first_at
    return since if times.now() - since > one.expect else None


def silent() -> list[Road]:
    """List the feeds that are silent now."""
    return [road for road in roads() if road.since is not None]


def silent_to(scheme: str, zone: str) -> list[Road]:
    """List the feeds that would be heard for a place, and are silent now."""
    return [road for road in roads_to(scheme, zone) if road.since is not None]


def roads_to(scheme: str, zone: str) -> list[Road]:
    """List the feeds that would be heard for a place."""
    home: Home = settings.VIGIE_HOME
    return [
        _road(one)
        for one in home.feeds
        if one.scheme == scheme and any(touches(own, zone) for own in one.zones)
    ]


def calls_for(zone: str) -> list[Call]:
    """List the calls that concern a zone: for it, for one around it, or for a part of it; none in a home without feeds."""
    home: Home = settings.VIGIE_HOME
    return [call for call in calls() if touches(call.zone, zone)] if home.feeds else []


def lowerings_for(zone: str) -> list[Reception]:
    """List the lowerings received that concern a zone and wait for their second person."""
    return [row for row in levels.unlooked() if row.state == "waits for a second" and touches(row.zone, zone)]


def touches(one: str, other: str) -> bool:
    """Say whether a zone is another, or one of them lies in the other."""
    return areas.covers(one, other) or areas.covers(other, one)


def silences() -> list[Silence]:
    """List the newest silences on the record, the newest first."""
    return list(Silence.objects.order_by("-noted_at", "-id")[:_SHOWN])


def open_silence(name: str) -> Silence | None:
    """Give the silence of a feed that lasts, as the record has it."""
    return Silence.objects.filter(feed=name, ended_at__isnull=True).first()


def doubts() -> list[Doubt]:
    """List what was not believed of late, the newest first."""
    return list(Doubt.objects.order_by("-noted_at", "-id")[:_SHOWN])


def doubts_within(span: timedelta) -> list[Doubt]:
    """List what was not believed not longer ago than that, the newest first."""
    return list(Doubt.objects.filter(noted_at__gte=times.now() - span).order_by("-noted_at", "-id"))
