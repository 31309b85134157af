"""How each feed stands: when it was heard, since when it is silent, what of it was not believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from vigie import times
from vigie.desk.models import Hearing
from vigie.feeds.models import Doubt, Silence, Word
from vigie.feeds.queries.words import last_words, touches
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


def hearing(one: Feed) -> Hearing | None:
    """Give how far a feed was listened to; None before the first look."""
    return Hearing.objects.filter(feed=one.name).first()


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
