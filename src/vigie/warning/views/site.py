"""What the public site shows, gathered from the rooms: one page per scheme, zone and language, and the messages."""

from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db.models import Q

from vigie import times
from vigie.accounts.queries import title
from vigie.alert import kinds, queries as levels
from vigie.alert.models import Decision, Reception
from vigie.alert.scope import Holding, Standing, covered_by, holding
from vigie.editions.queries import edition
from vigie.feeds import queries as heard
from vigie.guarantees import CHECKED
from vigie.guarantees.queries import conformant
from vigie.homes import Home
from vigie.ledger.models import Entry
from vigie.ledger.queries import leaf_about
from vigie.schemes.reader import Level, Scheme, load
from vigie.ui import dates
from vigie.warning import queries
from vigie.warning.advice import advice
from vigie.warning.compose import Text
from vigie.warning.models import Fact, Message
from vigie.warning.public import Author, Budget, Coming, Fact as PublicFact, LevelPage, days_at, days_so_far
from vigie.warning.site import HEARD, Issued, Site, page_name
from vigie.warning.statement import statement
from vigie.warning.words import words

GOOD_FOR = timedelta(hours=24)
"""How long a public page may be relied on without looking again, unless the level ends sooner."""


def site(at: datetime | None = None) -> Site:
    """Give all that the public site shows at `at`."""
    home: Home = settings.VIGIE_HOME
    at = at or times.now()
    known = queries.effects(at)
    rows = queries.issued()
    return Site(
        instance=home.instance,
        title=home.title,
        address=queries.address(),
        languages=home.languages,
        exercise=home.frame,
        updated=times.text(at),
        conforms=CHECKED if conformant() else (),
        pages=tuple(
            _page(scheme, zone, language, at)
            for scheme, zone in queries.places()
            for language in home.languages
        ),
        messages=tuple(
            Issued(
                id=row.id,
                identifier=row.identifier,
                kind=row.kind,
                state=queries.state_of(row, known),
                sent=times.text(row.sent),
                approved=times.text(row.approved_at or row.drafted_at),
                scheme=row.scheme,
                zone=row.zone,
                headlines={text.language: _headline(row, text) for text in queries.texts_of(row)},
                cap=row.cap.encode(),
                sha256=row.cap_sha256,
            )
            for row in rows
        ),
    )


def _headline(row: Message, text: Text) -> str:
    return f"{words(text.language)['correction']}: {text.headline}" if row.kind == "Cancel" else text.headline


def foreseen(given: Standing, author: Author) -> tuple[LevelPage, ...]:
    """Give the pages, one for each language of the home, that the site would show of a zone if `given` stood in it now.

    They are drawn by what draws the site. author: whose decision the page would say it is, where `given` is what holds.
    """
    home: Home = settings.VIGIE_HOME
    at, scheme = times.now(), load(given.scheme)
    standing = levels.standing(at)
    gone = {s.id for s in covered_by(scheme, standing, given.zone)}
    held = holding(
        scheme, [*(s for s in standing if s.id not in gone), given], given.zone, max(at, given.since)
    )
    return tuple(
        _drawn(given.scheme, given.zone, language, at, held, given=given, author=author)
        for language in home.languages
    )


def author_of(row: Reception) -> Author:
    """Give whose decision a page says a reception is, once a second person has looked at it."""
    return msgspec.structs.replace(_author(row), second=True)


def _page(scheme_id: str, zone: str, language: str, at: datetime) -> LevelPage:
    return _drawn(scheme_id, zone, language, at, levels.holds(scheme_id, zone, at))


def _drawn(
    scheme_id: str,
    zone: str,
    language: str,
    at: datetime,
    held: Holding | None,
    *,
    given: Standing | None = None,
    author: Author | None = None,
) -> LevelPage:
    """Draw a page. given: a level that does not stand yet and is drawn as if it did, under its author."""
    home: Home = settings.VIGIE_HOME
    scheme = load(scheme_id)
    row = levels.level(held.winner.id) if held and held.winner is not given else None
    if row:
        scheme = edition(scheme_id, row.edition).scheme
    level = scheme.level(held.winner.code) if held else None
    own = language if level and language in level.name else next(iter(level.name), "") if level else ""
    said = _said(row, language) if row else None
    roads = heard.roads_to(scheme_id, zone)
    until = held.winner.until if held and held.winner.until else at + GOOD_FOR
    return LevelPage(
        language=language,
        zone=zone,
        zone_name=queries.zone_name(zone, language),
        time_zone=home.zone,
        scheme=scheme_id,
        scheme_name=scheme.name,
        updated=at,
        good_until=min(until, at + GOOD_FOR),
        address=queries.address() + page_name(language, scheme_id, zone),
        budget=_budget(scheme, zone, at, given),
        code=level.code if level else "",
        printed=level.printed if level else "",
        shape=level.shape if level else "",
        word=level.word(own) if level else "",
        word_language=own,
        gloss=level.gloss_en if level and language == "en" and own != "en" else "",
        since=held.winner.since if held else None,
        until=held.winner.until if held else None,
        coming=_coming(scheme, zone, language),
        author=_author(row) if row else author if held else None,
        means=_means(level, scheme, language, said),
        acts=_acts(level, scheme, language, said),
        correction=_correction(row, language) if row else "",
        facts=tuple(_fact(f, language) for f in queries.facts(zone)),
        exercise=home.frame,
        heard=tuple(_heard(road, language, home.zone) for road in roads),
        heard_now=f"{queries.address()}{HEARD}" if roads else "",
        statement=_statement(row, home) if row else b"",
    )


def _coming(scheme: Scheme, zone: str, language: str) -> tuple[Coming, ...]:
    """List what is signed or received for later and will bear on the zone, each in the words of its own edition."""
    return tuple(
        Coming(
            s.code, edition(s.scheme, levels.level(s.id).edition).scheme.level(s.code).word(language), s.since
        )
        for s in levels.coming()
        if s.scheme == scheme.id and scheme.zones.covers(s.zone, zone)
    )


def _heard(road: heard.Road, language: str, zone: str) -> str:
    """Say when a feed was last heard, and whether it is silent."""
    said = words(language)
    at = road.heard or road.since
    if at is None:
        return said["never_heard"].format(by=road.feed.title)
    when = f"{dates.instant(at, zone, language)} {dates.zone_name(at, zone)}"
    sentence = said["silent"] if road.since else said["heard"]
    return sentence.format(by=road.feed.title, at=when)


def heard_now(language: str, zone: str) -> list[str]:
    """Say of each feed when it was last heard, as it is at this moment."""
    return [_heard(road, language, zone) for road in heard.roads()]


def _statement(row: Decision | Reception, home: Home) -> bytes:
    if isinstance(row, Decision):
        decided = row.decided_at or row.proposed_at
        entry = leaf_about(kinds.GLASS_BROKEN if row.broken_by else kinds.APPROVED, decided, row.id)
        office = row.broken_office or row.approved_office
        told = {"kind": "decision", "decided": times.text(decided), "office": office}
    else:
        entry = leaf_about(kinds.RECEIVED, row.received_at, row.id)
        told = {
            "kind": "reception",
            "received": times.text(row.received_at),
            "office": row.received_office,
            "authority": row.authority,
            "words": row.words,
            "source": row.source,
            "source_sha256": row.source_sha256,
        }
    level = {
        "scheme": row.scheme,
        "edition": row.edition,
        "code": row.code,
        "zone": row.zone,
        "effective": times.text(row.effective),
        "until": times.text(row.until) if row.until else None,
    }
    return statement(instance=home.instance, frame=home.frame, entry=entry.hex(), level=level, told=told)


def _said(row: Decision | Reception, language: str) -> Text | None:
    """Give the words of the newest message issued for this very level, if it was not taken back."""
    known = queries.effects()
    told = (
        Message.objects.filter(state="issued", level_id=row.id)
        .exclude(kind="Cancel")
        .order_by("-sent", "-id")
    )
    for message_row in told:
        if queries.state_of(message_row, known) != "cancelled":
            return next((text for text in queries.texts_of(message_row) if text.language == language), None)
    return None


def _correction(row: Decision | Reception, language: str) -> str:
    """Give the correction issued for this level, unless a newer message tells of it again."""
    newest = Message.objects.filter(state="issued", level_id=row.id).order_by("sent", "id").last()
    if newest is None or newest.kind != "Cancel":
        return ""
    return next((text.correction for text in queries.texts_of(newest) if text.language == language), "")


def _author(row: Decision | Reception) -> Author:
    if isinstance(row, Decision):
        at = row.decided_at or row.proposed_at
        return Author("decided", title(row.decided_office), at, second=row.unended != "alone")
    return Author(
        "relayed",
        row.authority,
        row.received_at,
        words=row.words,
        href=row.source,
        second=row.unended != "one person",
    )


def _means(level: Level | None, scheme: Scheme, language: str, said: Text | None) -> tuple[str, ...]:
    if level is None:
        return ()
    if said:
        return tuple(said.description.split("\n"))
    meaning = level.meaning.get(language)
    return (meaning or words(language)["no_meaning"].format(word=level.word(language), scheme=scheme.name),)


def _acts(level: Level | None, scheme: Scheme, language: str, said: Text | None) -> tuple[str, ...]:
    if level is None:
        return ()
    if said:
        return tuple(line for line in said.instruction.split("\n") if line)
    return advice(level.position, level.of, scheme.country or "", language)


def _fact(row: Fact, language: str) -> PublicFact:
    given = {
        "at": row.stated_at,
        "text": row.texts[language],
        "state": row.state,
        "source": row.source,
        "href": row.href,
        "before": row.replaces.state if row.replaces else "",
    }
    return msgspec.convert(given, PublicFact)


def _budget(scheme: Scheme, zone: str, at: datetime, given: Standing | None) -> Budget:
    home: Home = settings.VIGIE_HOME
    year = at.astimezone(times.time_zone(home.zone)).year
    opened = times.from_text(Entry.objects.order_by("seq").values_list("at", flat=True)[0])
    top = scheme.levels[-1].code if scheme.levels else ""
    covering = Q(scheme=scheme.id, effective__lte=at)
    held: list[Decision | Reception] = [
        *Decision.objects.filter(covering, decided_at__isnull=False),
        *Reception.objects.filter(covering).exclude(state__in=["withdrawn", "waits for a second"]),
    ]
    here = [row for row in held if scheme.zones.covers(row.zone, zone)]
    spans = [
        (row.effective, min(filter(None, (row.ended_at, row.until)), default=None))
        for row in here
        if row.code == top
    ]
    if given and given.code == top:
        spans.append((given.since, given.until))
    told = Message.objects.filter(state="issued", scheme=scheme.id).exclude(kind="Cancel")
    sent = [m.approved_at for m in told if scheme.zones.covers(m.zone, zone)]
    relayed = [row.received_at for row in here if isinstance(row, Reception)]
    if given and given.received:
        relayed.append(levels.reception(given.id).received_at)
    clock = times.time_zone(home.zone)
    return Budget(
        year=year,
        days=days_at(spans, year, at, home.zone, opened),
        so_far=days_so_far(year, at, home.zone, opened),
        warnings=sum(1 for when in (*sent, *relayed) if when and when.astimezone(clock).year == year),
    )
