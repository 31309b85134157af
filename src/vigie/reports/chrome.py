"""Which lines are the report and which are page: headline and its repeats, chrome, credits, teasers, notes."""

import functools
import re

from vigie.reports import lexicon
from vigie.reports.folding import fold
from vigie.reports.lines import Line, Page

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]\s]*$")
# «Paris, le 14 octobre 2023», «March 25, 2024».
_DATE_LINE = re.compile(
    r"(?:[^\W\d_]+,? ){0,4}(?:\d{1,2}(?:er|st|nd|rd|th|\.)? (?:de )?)?(?:[a-z]{3,10}\.? (?:\d{1,2}, )?)(?:de(?:l)? )?(?:19|20)\d\d\s*"
)


@functools.cache
def _matchers() -> dict[str, re.Pattern[str]]:
    words = lexicon.load("page.toml")

    def any_of(name: str) -> str:
        return "|".join(re.escape(fold(word)) for word in sorted(words[name], key=len, reverse=True))

    return {
        "whole": re.compile(rf"(?:{any_of('whole')})[\s:!.]*"),
        "starts": re.compile(rf"[\W_]*(?:{any_of('starts')})(?!\w)"),
        "tail": re.compile(rf"[\W_]*(?:{any_of('tail')})(?!\w)[^.]{{0,60}}$"),
        "teaser": re.compile(rf"[\W_]*(?:{any_of('teaser')})(?: ?[:>|–-]| \|)"),
        "source": re.compile(rf"[\W_]*(?:{any_of('source')})\s*:\s*(?P<who>\S.{{0,80}})"),
        "byline": re.compile(rf"(?:{any_of('byline')})\s*:?\s+(?P<who>\S.{{2,60}})"),
        "dated": re.compile(rf"[\W_]*(?:{any_of('dated')})(?!\w)[\s:]"),
        "note": re.compile(rf"\s*(?:{any_of('note')})"),
    }


def classify(page: Page) -> None:
    """Give every line its role: title, body, meta (credit, byline, date), note, or boilerplate."""
    lines = page.lines
    title = _title(page)
    inside_body = [line for line in lines if line.region == "body"]
    semantic = sum(len(line.text) for line in inside_body if _SENTENCE_END.search(line.text)) > 150
    seen_title = False
    in_tail = False
    first_body, last_body = _first_body(lines), _last_body(lines)
    last_paragraph = max((at for at, line in enumerate(lines) if _is_paragraph(line)), default=-1)
    for at, line in enumerate(lines):
        same = title is not None and _same_headline(line.text, title)
        if same and not seen_title:
            line.role, seen_title = "title", True
        elif same:
            line.role = "boilerplate"
        elif line.region == "chrome" or (semantic and line.region != "body"):
            line.role = _meta(line.text) or "boilerplate"
            in_tail = in_tail and not seen_title
        else:
            line.role = _role(line, in_tail=in_tail, before_body=at < first_body, after_body=at > last_body)
            if line.role == "boilerplate" and seen_title and _matchers()["tail"].match(fold(line.text)):
                # A teaser box may stand in the middle: the report goes on while a paragraph still follows.
                in_tail = at + 1 >= last_paragraph


def _first_body(lines: list[Line]) -> int:
    return next(
        (at for at, line in enumerate(lines) if len(line.text) > 80 and _SENTENCE_END.search(line.text)), 0
    )


def _last_body(lines: list[Line]) -> int:
    long_lines = [
        at
        for at, line in enumerate(lines)
        if len(line.text) > 60 and _SENTENCE_END.search(line.text) and line.linked * 2 < len(line.text)
    ]
    return long_lines[-1] if long_lines else len(lines)


def _is_paragraph(line: Line) -> bool:
    return (
        len(line.text) > 140
        and line.linked * 3 < len(line.text)
        and line.text.count(". ") + line.text.count('." ') >= 1
    )


def _title(page: Page) -> str | None:
    for key in ("og:title", "twitter:title"):
        if page.meta.get(key):
            return page.meta[key]
    headings = [line for line in page.lines if line.tag == "h1" and len(line.text) > 10]
    if headings:
        return headings[0].text
    plain = [line for line in page.lines if line.region != "chrome"]
    if "title" in page.meta:
        best = next(
            (
                line.text
                for line in plain
                if _same_headline(line.text, page.meta["title"])
                or (len(line.text) > 20 and line.text in page.meta["title"])
            ),
            None,
        )
        return best or re.split(r" [|–—-] ", page.meta["title"])[0]
    for line in plain[:14]:
        words = line.text.split()
        if (
            _matchers()["note"].match(fold(line.text))
            or _meta(line.text)
            or _matchers()["starts"].match(fold(line.text))
        ):
            continue
        if 3 <= len(words) <= 32 and line.text[-1:] not in ".;,":
            return line.text
        if len(words) > 32 or (len(words) > 8 and line.text.endswith(".")):
            return None
    return None


def _same_headline(text: str, title: str) -> bool:
    a, b = re.sub(r"\W+", " ", fold(text)).strip(), re.sub(r"\W+", " ", fold(title)).strip()
    return a == b or (
        len(a) > 25 and len(b) > 25 and (b.startswith(a) or (a.startswith(b) and len(a) < len(b) + 30))
    )


def _meta(text: str) -> str | None:
    folded, found = fold(text), _matchers()
    if len(text) > 160:
        return None
    if _DATE_LINE.fullmatch(folded):
        return "meta"
    if found["source"].fullmatch(folded) or (
        found["dated"].match(folded) and re.search(r"\d{4}|\d{1,2}[:.h]\d\d", folded)
    ):
        return "meta"
    if found["byline"].fullmatch(folded) and not _SENTENCE_END.search(text) and len(text.split()) <= 8:
        return "byline"
    return None


def _role(line: Line, *, in_tail: bool, before_body: bool, after_body: bool) -> str:  # noqa: PLR0911 - the signs in order, strongest first
    text, folded, found = line.text, fold(line.text), _matchers()
    if found["note"].match(folded):
        return "note"
    if meta := _meta(text):
        return meta
    if (
        found["whole"].fullmatch(folded)
        or (found["starts"].match(folded) and len(text) < 260)
        or found["tail"].match(folded)
        or found["teaser"].match(folded)
    ):
        return "boilerplate"
    ends = bool(_SENTENCE_END.search(text))
    words = text.split()
    if in_tail and (len(words) < 30 or line.linked * 2 > len(text)):
        return "boilerplate"
    if line.linked * 3 > len(text) * 2 and len(words) < 25:
        return "boilerplate"
    if (before_body or after_body) and not ends and len(words) <= (6 if after_body else 7):
        return "boilerplate"
    if re.search(r"\w\s*[|•·›]\s*\w", text) and not ends and len(words) < 20:
        return "boilerplate"
    if len(words) <= 3 and not ends and not line.tag.startswith("h"):
        return "boilerplate"
    return "subhead" if line.tag in {"h2", "h3", "h4"} and not ends else "body"
