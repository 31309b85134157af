"""The one message an owner gets at a change: plain text, in the very words of the owner's page.

Page, mail and paper are made of the same `sections`, so that nobody acts on two wordings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vigie.measures.catalogue import Text
from vigie.measures.changes import KINDS, ChangeKind
from vigie.measures.phrases import in_words, say
from vigie.ui import dates

MOST_SITES = 12
"""Sites named in one line; further ones are counted."""
MOST_SHORT = 600
"""Signs of measures in a text message, which a telephone puts together out of five; further measures are counted."""


@dataclass(frozen=True)
class Line:
    """One measure as an owner reads it. code: its id; before: the id it stands in place of; sites: their names; how: how it is carried out."""

    kind: ChangeKind
    code: str
    words: Text
    sites: tuple[str, ...] = ()
    before: str | None = None
    how: Text | None = None


@dataclass(frozen=True)
class Notice:
    """All that one owner is told at one change.

    exercise: the word that must stand first, empty when real. level: official words and code. authority: who
    decided it, empty where no level stands any more. received: it was decided elsewhere. since: when the level took effect; at: when the posture was set; by: the earliest instant
    an answer is asked by. time_zone: IANA name of the home.
    """

    home: str
    owner: str
    level: str
    zone: str
    authority: str
    received: bool
    since: datetime
    at: datetime
    by: datetime | None
    lines: tuple[Line, ...]
    exercise: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Section:
    """The lines of one kind under their heading."""

    kind: ChangeKind
    heading: str
    lines: tuple[Line, ...]


def sections(lines: Sequence[Line], language: str) -> tuple[Section, ...]:
    """Group lines under headings, in the order of KINDS; a kind without a line has no section."""
    return tuple(
        Section(kind, say(language, kind), found)
        for kind in KINDS
        if (found := tuple(line for line in lines if line.kind == kind))
    )


def subject(notice: Notice, language: str, *, more: int = 0, again: bool = False) -> str:
    """Give the message's subject: the exercise word first, then the level and what the message says.

    more: further offices it is for; again: no word came to what was said before.
    """
    only_ended = {line.kind for line in notice.lines} <= {"ended", "unchanged"}
    said = say(language, "subject_down" if only_ended else "subject_change", level=notice.level)
    said = say(language, "subject_more", said=said, count=more) if more else said
    said = say(language, "subject_again", said=said) if again else said
    return f"{notice.exercise} – {said}" if notice.exercise else said


def head(notice: Notice, language: str) -> tuple[str, ...]:
    """Give the sentences that stand above the measures: level, where, since when, decided by whom, answer by when."""
    since, later = _at(notice.since, notice, language), notice.since > notice.at
    said = [
        say(language, "level_from" if later else "level", level=notice.level, zone=notice.zone, since=since)
    ]
    if notice.authority:
        decided = "received" if notice.received else "decided_by"
        said.append(say(language, decided, authority=notice.authority, home=notice.home))
    if later:
        said.append(say(language, "hour", since=since))
    said.append(say(language, "posture", at=_at(notice.at, notice, language)))
    if notice.by is not None:
        said.append(say(language, "by", by=_at(notice.by, notice, language)))
    return tuple(said)


def text(notice: Notice, language: str, link: str, *, wave: int = 0, how: bool = False) -> str:
    """Write the message. link: the owner's page; it stands on a line of its own so that no mail program breaks it.

    how: also say how each measure is carried out, where that is told. wave: on which it leaves again; 0 when it leaves for the first time.
    """
    parts = [say(language, "exercise", word=notice.exercise), ""] if notice.exercise else []
    parts += [say(language, f"wave_{wave}", owner=notice.owner), ""] if wave else []
    parts += [say(language, "title"), notice.owner, "", *head(notice, language)]
    for section in sections(notice.lines, language):
        parts += ["", f"{section.heading.upper()} ({len(section.lines)})"]
        for line in section.lines:
            parts += _line(line, language, how=how)
    if not any(line.kind != "unchanged" for line in notice.lines):
        parts += ["", say(language, "nothing")]
    parts += ["", say(language, "answer", link=f"\n{link}")]
    parts += [say(language, "no_persons"), "", notice.home]
    if notice.exercise:
        parts += ["", say(language, "exercise", word=notice.exercise)]
    return "\n".join(parts) + "\n"


def short(notice: Notice, language: str, link: str, code: str) -> str:
    """Write the text message: the level, what is asked as far as it fits, the code to answer by."""
    asked = [line for line in notice.lines if line.kind != "unchanged"]
    said: list[str] = []
    for line in asked:
        words = f"{line.code}: {in_words(line.words, language)}"
        if sum(map(len, said)) + len(words) > MOST_SHORT:
            said.append(f"+ {len(asked) - len(said)}")
            break
        said.append(words)
    head = f"{notice.exercise}. " if notice.exercise else ""
    by = _at(notice.by, notice, language) if notice.by else "-"
    first = say(language, "short", home=notice.home, owner=notice.owner, level=notice.level, by=by)
    return "\n".join([f"{head}{first}", *said, say(language, "short_answer", code=code), link])


def joined(texts: Sequence[str], owners: Sequence[str], language: str) -> str:
    """Put what several owners are told into one message; owners: their names."""
    if len(texts) == 1:
        return texts[0]
    named = list(dict.fromkeys(owners))
    first = [say(language, "several", owners=", ".join(named)), ""] if len(named) > 1 else []
    return "\n".join([*first, f"\n{'-' * 40}\n\n".join(texts)])


def named_sites(sites: Sequence[str]) -> str:
    """Name the sites of a line, counting those past the first MOST_SITES."""
    shown = ", ".join(sites[:MOST_SITES])
    return f"{shown} + {len(sites) - MOST_SITES}" if len(sites) > MOST_SITES else shown


def _line(line: Line, language: str, *, how: bool) -> list[str]:
    instead = (
        f" ({say(language, 'instead', before=line.before)})"
        if line.before and line.before != line.code
        else ""
    )
    said = [f"- {line.code}{instead}: {in_words(line.words, language)}"]
    if line.sites:
        said.append(f"  {say(language, 'where', sites=named_sites(line.sites))}")
    if how and line.how and line.kind != "ended":
        said.append(f"  {say(language, 'how', how=in_words(line.how, language))}")
    return said


def _at(at: datetime, notice: Notice, language: str) -> str:
    return f"{dates.instant(at, notice.time_zone, language)} {dates.zone_name(at, notice.time_zone)}"
