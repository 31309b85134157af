"""What a public page says of the level in one zone, as data, and the same as plain text.

A page says only what it is given: since when, by whom, read when, what is known and not known. No level is not a
low level; a level of another authority is passed on as theirs; an exercise says so first and last.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from vigie import times
from vigie.ui import dates
from vigie.warning.words import words

FactState = Literal["known", "unknown", "false"]
FACT_STATES: tuple[FactState, ...] = ("known", "unknown", "false")


class Fact(Struct, frozen=True, order=True):
    """One item of the panel. at: when it was stated; source: who says so; href: where, or empty.

    before: what it was said to be until then, empty when this is the first word on it.
    """

    at: datetime
    text: str
    state: FactState
    source: str
    href: str = ""
    before: FactState | Literal[""] = ""


class Author(Struct, frozen=True):
    """Whose decision it is. mode: `decided` here, or `relayed` from another authority.

    at: when it was decided here, or when it was read elsewhere. words: the authority's exact words (relays), in
    `language`. second: whether a second person has looked, or, where one person set it alone, two others signed too.
    """

    mode: Literal["decided", "relayed"]
    by: str
    at: datetime
    words: str = ""
    language: str = ""
    href: str = ""
    second: bool = True


class Budget(Struct, frozen=True):
    """The year's count of fear: days at the highest level, of the days so far, and warnings published."""

    year: int
    days: int
    so_far: int
    warnings: int


class Coming(Struct, frozen=True):
    """A level that is signed or received for an hour that has not come. word: the official one."""

    code: str
    word: str
    since: datetime


class LevelPage(Struct, frozen=True, kw_only=True):
    """All a public page says of one zone in one language. Without a level, `code` is empty and `author` None.

    until: None for until further notice. coming: what is signed for later, by its hour.
    printed: rank and number of levels as badges print them; word: the official word, in word_language; gloss: the
    same in the page's language, where that is another and there is one.
    means: paragraphs; acts: one thing to do per line; address: where this page is found again; statement: the level as
    bytes that can be proven. heard: of each feed it hangs on, when that was last heard; heard_now: where to ask that afresh.
    """

    language: str
    zone: str
    zone_name: str
    time_zone: str
    scheme: str
    scheme_name: str
    updated: datetime
    good_until: datetime
    address: str
    budget: Budget
    code: str = ""
    printed: str = ""
    shape: str = ""
    word: str = ""
    word_language: str = ""
    gloss: str = ""
    since: datetime | None = None
    until: datetime | None = None
    coming: tuple[Coming, ...] = ()
    author: Author | None = None
    means: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    correction: str = ""
    facts: tuple[Fact, ...] = ()
    exercise: str = ""
    statement: bytes = b""
    heard: tuple[str, ...] = ()
    heard_now: str = ""

    def panel(self) -> dict[FactState, tuple[Fact, ...]]:
        """Give the facts by state, known first, the newest first in each."""
        newest = sorted(self.facts, reverse=True)
        return {state: tuple(f for f in newest if f.state == state) for state in FACT_STATES}

    def instant(self, at: datetime) -> str:
        """Say an instant the way the page does: in its language, on its zone's clock, the month as a word."""
        return f"{dates.instant(at, self.time_zone, self.language)} {dates.zone_name(at, self.time_zone)}"

    @property
    def title(self) -> str:
        """The page's title: the level's word first, since titles are cut at the end."""
        said = words(self.language)
        title = said["titled"].format(word=self.word or said["no_level"], zone=self.zone_name)
        return f"{self.exercise} – {title}" if self.exercise else title

    @property
    def terms(self) -> tuple[str, ...]:
        """Since when it holds and for how long by now, until when if that is signed, and what is decided for later."""
        said, found = words(self.language), []
        if self.since is not None and self.since > self.updated:
            found.append(said["from"].format(at=self.instant(self.since)))
        elif self.since is not None:
            length = dates.lasting(self.updated - self.since, self.language)
            found.append(said["since"].format(at=self.instant(self.since), length=length))
            found += [said["until"].format(at=self.instant(self.until))] if self.until else []
        return (
            *found,
            *(said["coming"].format(word=c.word, at=self.instant(c.since)) for c in self.coming),
        )

    @property
    def origin(self) -> str:
        """Who decided and when; for a relay, when it was read."""
        if self.author is None:
            return ""
        return words(self.language)[self.author.mode].format(
            by=self.author.by, at=self.instant(self.author.at)
        )

    @property
    def term(self) -> str:
        """Until when the page may be relied on, and where to look then."""
        return words(self.language)["good_until"].format(
            at=self.instant(self.good_until), address=self.address
        )


def days_at(
    spans: Iterable[tuple[datetime, datetime | None]],
    year: int,
    at: datetime,
    zone: str,
    since: datetime | None = None,
) -> int:
    """Count the days of `year` up to `at`, on the zone's calendar, on which a span held for at least a moment.

    spans: (from, to) with `to` excluded, None while it still holds. A day touched by several counts once.
    since: when the record began, if it did so within the year: earlier days are not counted.
    """
    clock = times.time_zone(zone)
    first, last = _first(year, since, zone), min(date(year, 12, 31), at.astimezone(clock).date())
    touched: set[date] = set()
    for start, end in spans:
        until = min(end, at) if end is not None else at
        if until < start or (end is not None and end == start):
            continue
        # The last moment inside the span, so that one ending at midnight does not touch the next day.
        inside = until - timedelta(seconds=1) if end is not None and until == end else until
        day = max(first, start.astimezone(clock).date())
        stop = min(last, inside.astimezone(clock).date())
        while day <= stop:
            touched.add(day)
            day += timedelta(days=1)
    return len(touched)


def days_so_far(year: int, at: datetime, zone: str, since: datetime | None = None) -> int:
    """Count the days of `year` begun at `at` on the zone's calendar, from `since` on: 0 before it, at most 366."""
    today = at.astimezone(times.time_zone(zone)).date()
    return max(0, (min(today, date(year, 12, 31)) - _first(year, since, zone)).days + 1)


def _first(year: int, since: datetime | None, zone: str) -> date:
    begun = since.astimezone(times.time_zone(zone)).date() if since else date(year, 1, 1)
    return max(begun, date(year, 1, 1))


def as_text(page: LevelPage) -> str:
    """Give the page as plain text: same content, same order, lines of any length, exercise word first and last."""
    said = words(page.language)
    lines = [f"*** {page.exercise} *** {said['exercise']}", ""] if page.exercise else []
    lines += [page.title, ""]
    lines += _level_lines(page, said)
    lines += _listed(said["means"], page.means)
    lines += _listed(said["do"], [f"- {act}" for act in page.acts])
    if page.correction:
        lines += _listed(said["correction"], [page.correction])
    lines += _panel_lines(page, said)
    budget = page.budget
    lines += _listed(
        said["budget"],
        [
            said["budget_days"].format(days=budget.days, so_far=budget.so_far, year=budget.year),
            said["budget_warnings"].format(count=budget.warnings, year=budget.year),
        ],
    )
    lines += [
        page.term,
        said["updated"].format(at=page.instant(page.updated)),
        said["times_in"].format(zone=page.time_zone),
    ]
    if page.author is not None:
        lines.append(said["not_an_authority"].format(by=page.author.by))
    if page.exercise:
        lines += ["", f"*** {page.exercise} *** {said['exercise']}"]
    return "\n".join(lines) + "\n"


def _level_lines(page: LevelPage, said: Mapping[str, str]) -> list[str]:
    if page.author is None or page.since is None:
        return [said["no_level_says"], *page.terms, *_heard_lines(page, said), ""]
    lines = [
        f"{page.scheme_name} – {said['level']} {page.printed} {page.word}"
        + (f" ({page.gloss})" if page.gloss else ""),
        *page.terms,
        page.origin,
    ]
    if page.author.words:
        lines += [said["relay_says"], f"« {page.author.words} »"]
    if page.author.href:
        lines.append(f"{said['source']} {page.author.href}")
    if not page.author.second:
        lines.append(said["alone" if page.author.mode == "decided" else "one_person"])
    return [*lines, *_heard_lines(page, said), ""]


def _heard_lines(page: LevelPage, said: Mapping[str, str]) -> list[str]:
    return [*page.heard, *([f"{said['heard_now']} {page.heard_now}"] if page.heard_now else [])]


def _panel_lines(page: LevelPage, said: Mapping[str, str]) -> list[str]:
    lines = [said["facts"].upper()]
    for state, facts in page.panel().items():
        for fact in facts:
            origin = f"{fact.source}, {said['seen'].format(at=page.instant(fact.at))}"
            if fact.before:
                origin += f"; {said['before'].format(state=said[fact.before])}"
            lines.append(f"[{said[state]}] {fact.text} ({origin})" + (f" {fact.href}" if fact.href else ""))
    if not page.facts:
        lines.append(said["no_facts"])
    return [*lines, ""]


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    kept = list(lines)
    return [title.upper(), *kept, ""] if kept else []
