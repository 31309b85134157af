"""The reader: bytes of a report in, a `Reading` out. Every stage is a pure function of the one before."""

from datetime import date

from vigie.reports import (
    chrome,
    finding,
    gazetteer,
    hits,
    language as languages,
    masking,
    numbers,
    people as persons,
    provenance,
    sentences,
    settling,
)
from vigie.reports.assembling import assemble
from vigie.reports.dating import expressions
from vigie.reports.dating.expressions import Time
from vigie.reports.dating.values import interval
from vigie.reports.finding import Text
from vigie.reports.folding import fold
from vigie.reports.intake import MOST_WORDS, UnreadableReport, receive
from vigie.reports.lexicon import LANGUAGES
from vigie.reports.lines import Page, plain_page
from vigie.reports.pages import page_lines
from vigie.reports.reading import Reading
from vigie.reports.sentences import Sentence


def read(data: bytes, *, name: str, published: date | None = None) -> Reading:
    """Read one report: text, HTML or mail.

    name: file name, which only helps to tell the form. published: day a person or feed told; it rules over the
    report's own. Without either, relative dates stay open (None).
    Raises UnreadableReport for an empty, too big, binary or wrongly encoded report.
    """
    received = receive(data, name=name)
    page = page_lines(received.raw) if received.markup else plain_page(received.raw)
    if received.subject and not any(key in page.meta for key in ("og:title", "title")):
        page.meta["title"] = received.subject
    if len(page.clean) > MOST_WORDS:
        raise UnreadableReport(
            "{name} holds {size} characters of text; a report may have at most {most}. Send the report alone.",
            name=name, size=len(page.clean), most=MOST_WORDS,
        )  # fmt: skip
    chrome.classify(page)
    body = [line for line in page.lines if line.role in {"body", "subhead"}]
    code, sure = languages.detect(" ".join(line.text for line in body) or page.clean.text)
    tongue = code if code in LANGUAGES else "en"
    source = provenance.of(received, page, language=tongue, given=published)
    text = page.clean.text
    folded = fold(text)
    split = _sentences(page, text, tongue)
    readable = code in LANGUAGES
    mentions = gazetteer.find(text, folded, tongue)
    people = persons.find(text, folded, mentions, language=tongue)
    report = Text(
        text=text,
        folded=folded,
        language=tongue,
        published=source.published,
        split=split,
        times=_times(text, folded, split, tongue, source.published) if readable else [[] for _ in split],
        counts=[
            numbers.find(folded, s.start + provenance.dateline_length(text[s.start : s.end]), s.end, tongue)
            for s in split
        ],
        mentions=mentions,
        people=people,
        found=hits.find(folded, tongue),
        masks=masking.find(text, folded, mentions, people, language=tongue),
    )
    drafts = finding.find(report) if readable else []
    settling.settle(drafts, source.published)
    return assemble(received, page, report, drafts, source, language=code, sure=sure)


def _sentences(page: Page, text: str, language: str) -> list[Sentence]:
    """The body's sentences. A quotation ends with its paragraph: the next one opens its mark again."""
    return [
        sentence
        for line in page.lines
        if line.role == "body"
        for sentence in sentences.split(text, line.start, line.end, language)
    ]


def _times(
    text: str, folded: str, split: list[Sentence], language: str, published: date | None
) -> list[list[Time]]:
    lower = text.lower().replace("’", "'")
    lower = lower if len(lower) == len(folded) else folded
    found: list[list[Time]] = []
    anchor: str | None = None
    for sentence in split:
        here = expressions.find(
            lower, folded, sentence.start, sentence.end, language=language, published=published
        )
        settled = []
        for time in here:
            if time.rule == "since_then" and anchor is not None:
                end = published.isoformat() if published else ".."
                time = Time(time.start, time.end, interval(anchor, end), time.rule)  # noqa: PLW2901 - the settled form of the same expression
            elif time.value and time.rule in {"date", "month", "year", "day", "day_past", "numeric", "since"}:
                anchor = time.value.split("/")[0]
            settled.append(time)
        found.append(settled)
    return found
