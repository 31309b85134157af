"""What was heard: what waits for a person, what corroborates, who differs."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from vigie import times
from vigie.alert import queries as levels
from vigie.alert.models import Reception
from vigie.errors import NotFound
from vigie.exposure import areas
from vigie.feeds.models import Word
from vigie.homes import Home


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
