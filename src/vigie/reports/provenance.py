"""Who printed it, which agency it credits and when it was published, each with the ground for saying so."""

import re
from dataclasses import dataclass
from datetime import date

from vigie.reports import lexicon
from vigie.reports.dating import expressions
from vigie.reports.folding import fold
from vigie.reports.intake import Received
from vigie.reports.lines import Page

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_](?:[^\n.!?]|(?<=\d)\.|(?<=[A-Z][a-z][a-z])\.){1,60}?)\s*(?:[-–—:]+\s|\((?P<agency>[\w/ .-]{2,40})\)\s*[.:–—-]+)"
)
_PUBLISHED_KEYS = (
    "article:published_time",
    "ld:published",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "og:published_time",
    "time",
)
_OUTLET_KEYS = ("og:site_name", "ld:publisher", "application-name", "dc.publisher", "publisher")


@dataclass(frozen=True)
class Provenance:
    """Outlet and agency as credited (None when the report does not say), and the day of publication.

    published_basis: given, metadata, mail header, dateline, or why it is unknown.
    """

    outlet: str | None
    agency: str | None
    published: date | None
    published_basis: str


def of(received: Received, page: Page, *, language: str, given: date | None) -> Provenance:
    """Read the provenance of a classified page; `given` is the day a person or a feed told."""
    published, basis = _published(received, page, language, given)
    return Provenance(_outlet(received, page), _agency(page), published, basis)


def _published(received: Received, page: Page, language: str, given: date | None) -> tuple[date | None, str]:
    if given is not None:
        return given, "given"
    for key in _PUBLISHED_KEYS:
        if (found := _ISO_DAY.search(page.meta.get(key, ""))) is not None:
            try:
                return date(*map(int, found.groups())), "metadata"
            except ValueError:
                continue
    if received.dated is not None:
        return received.dated, "mail header"
    body = [line for line in page.lines if line.role in {"body", "meta", "byline", "boilerplate"}]
    for line in [line for line in body if line.role == "meta"] + body[:6]:
        head = (
            line.text
            if line.role == "meta" or (len(line.text) < 60 and line.text[-1:] not in ".!?")
            else _head(line.text)
        )
        day = _full_day(head, language)
        if day is not None:
            return day, "dateline"
    return None, "unknown: the report names no day with its year; relative dates stay open"


def _head(text: str) -> str:
    found = _DATELINE.match(text)
    return found.group() if found else ""


def _full_day(text: str, language: str) -> date | None:
    """A day with its year, in a short line (a dateline, «Published: …»)."""
    folded = fold(text)
    for time in expressions.find(text.lower(), folded, 0, len(text), language=language, published=None):
        if time.value and len(time.value) == 10 and "/" not in time.value:
            return date.fromisoformat(time.value)
    return None


def dateline_length(sentence: str) -> int:
    """Give how many characters of a sentence are its dateline («PARIS, 3 May (AFP) - »); 0 when it has none."""
    found = _DATELINE.match(sentence)
    if found is None or found.end() > 80:
        return 0
    capitals = sum(word.isupper() and len(word) > 2 for word in re.findall(r"\w+", found["place"]))
    return found.end() if found["agency"] or capitals else 0


def _outlet(received: Received, page: Page) -> str | None:
    for key in _OUTLET_KEYS:
        if page.meta.get(key):
            return page.meta[key][:80]
    words = "|".join(re.escape(word) for word in lexicon.load("page.toml")["source"])
    for line in page.lines:
        if line.role in {"meta", "boilerplate"} and (
            found := re.match(rf"[\W_]*(?:{words})\s*:\s*(\S.{{0,80}})", line.text, re.IGNORECASE)
        ):
            return _without_agencies(found.group(1).strip(" .")) or found.group(1).strip(" .")
    if received.sender:
        return received.sender
    title = page.meta.get("title", "")
    parts = re.split(r" [|–—] ", title)
    if len(parts) > 1 and len(parts[-1]) < 40:
        return parts[-1]
    for line in page.lines:
        if found := re.match(
            r"©\s*(?:\d{4}\s*)?([^\W\d_][\w .'’&-]{1,40}?)(?:\s*[.,–—-]|\s+\d{4}|$)", line.text
        ):
            return found.group(1).strip()
    return None


def _without_agencies(credit: str) -> str:
    parts = [part.strip() for part in re.split(r"\s*(?:/|,| with | avec | con | und | en | et )\s*", credit)]
    return next((part for part in parts if part and part not in _agencies()), "")


def _agencies() -> list[str]:
    return list(lexicon.load("actors.toml")["agencies"]["names"])


def _agency(page: Page) -> str | None:
    names = "|".join(re.escape(name) for name in sorted(_agencies(), key=len, reverse=True))
    credit = re.compile(rf"(?:^|[(/–—|,\s]|: )({names})(?=$|[)/–—|,.\s])")
    for line in page.lines:
        if line.role in {"meta", "byline"} or (line.role == "boilerplate" and len(line.text) < 60):
            if found := credit.search(line.text):
                return found.group(1)
        elif line.role == "body":
            head = _DATELINE.match(line.text)
            if head and (found := credit.search(head.group())):
                return found.group(1)
            if (
                head
                and head["agency"]
                and head["agency"][0].isupper()
                and not re.search(r"\d", head["agency"])
            ):
                return head["agency"].strip()
            if len(line.text) < 40 and (found := re.fullmatch(rf"\(?({names})\)?\.?", line.text)):
                return found.group(1)
            if found := re.search(rf"\(({names})(?:/[\w ]+)?\)\.?$", line.text):
                return found.group(1)
    return None
