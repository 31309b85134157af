"""The reader: bytes of a report in, a `Reading` out. Every stage is a pure function of the one before."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from vigie.reports import (
    chrome,
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
from vigie.reports.cleaning import Clean
from vigie.reports.dating import expressions
from vigie.reports.dating.expressions import Time
from vigie.reports.dating.values import interval
from vigie.reports.folding import fold
from vigie.reports.frames import (
    attack,
    deployment,
    events,
    figures,
    level,
    meeting,
    plots,
    responsibility,
    statements,
)
from vigie.reports.frames.view import Draft, View
from vigie.reports.gazetteer import Mention
from vigie.reports.hits import Hit
from vigie.reports.intake import Received, receive
from vigie.reports.lexicon import LANGUAGES
from vigie.reports.lines import Line, Page, plain_page
from vigie.reports.pages import page_lines
from vigie.reports.people import People
from vigie.reports.reading import Claim, Figure, MaskedSpan, Passage, Reading, Span, TimeExpression, Words
from vigie.reports.sentences import Sentence
from vigie.reports.speakers import Speakers

_FRAMES = (
    figures.find,
    level.find,
    responsibility.claims,
    responsibility.attributions,
    plots.find,
    attack.find,
    deployment.find,
    meeting.find,
    events.find,
    statements.find,
)


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
    chrome.classify(page)
    body = [line for line in page.lines if line.role in {"body", "subhead"}]
    code, sure = languages.detect(" ".join(line.text for line in body) or page.clean.text)
    tongue = code if code in LANGUAGES else "en"
    source = provenance.of(received, page, language=tongue, given=published)
    text = page.clean.text
    folded = fold(text)
    mentions = gazetteer.find(text, folded, tongue)
    people = persons.find(text, folded, mentions, language=tongue)
    found = hits.find(folded, tongue)
    split = _sentences(page, text, tongue)
    readable = code in LANGUAGES
    times = _times(text, folded, split, tongue, source.published) if readable else [[] for _ in split]
    about = readable and _about_terror(found, split)
    masks = masking.find(text, folded, mentions, people, language=tongue)
    drafts = (
        _drafts(text, folded, split, times, mentions, people, masks, found, tongue, source.published)
        if about
        else []
    )
    settling.settle(drafts, source.published)
    counted = _figures(folded, split, times, tongue)
    return _reading(received, page, code, sure, source, split, times, drafts, masks, counted)


def _sentences(page: Page, text: str, language: str) -> list[Sentence]:
    split: list[Sentence] = []
    quoted = False
    for line in page.lines:
        if line.role != "body":
            continue
        parts = sentences.split(text, line.start, line.end, language, quoted=quoted)
        split += parts
        # A quotation crosses paragraphs only where the next one opens with the mark again.
        quoted = False
    return split


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


def _figures(folded: str, split: list[Sentence], times: list[list[Time]], language: str) -> tuple[int, ...]:
    """Every count above one, words included, that no time expression holds: what copies in other languages share."""
    return tuple(
        number.value
        for sentence, here in zip(split, times, strict=True)
        for number in numbers.find(folded, sentence.start, sentence.end, language)
        if number.value is not None
        and number.value > 1
        and not any(t.start <= number.start < t.end for t in here)
    )


def _about_terror(found: list[Hit], split: list[Sentence]) -> bool:
    """Whether the report speaks of terrorism at all; weather, sport and fiction that outweigh it rule it out."""
    spans = Counter[str]()
    starts = [(s.start, s.end) for s in split]
    for hit in found:
        if hit.idea in {"terror", "weather", "sport", "fiction"} and any(
            a <= hit.start < b for a, b in starts
        ):
            spans[hit.idea] += 1
    terror = spans["terror"]
    return terror > 0 and terror >= max(spans["weather"], spans["sport"]) and terror * 2 > spans["fiction"]


def _focus(mentions: list[Mention], found: list[Hit], split: list[Sentence]) -> str | None:
    """The country the report is mostly about: levels, schemes, services and offices weigh more than bare mentions."""
    weights: Counter[str] = Counter()
    levels = [hit.start for hit in found if hit.idea == "level"]
    for mention in mentions:
        kind, code = mention.named.kind, mention.named.code.split("-")[0]
        if not code or code in {"EU", "UN"} or code.isdigit():
            continue
        inside = any(s.start <= mention.start < s.end for s in split)
        weight = {
            "scheme": 4,
            "service": 3,
            "country": 2,
            "part": 1,
            "holder": 2,
            "adjective": 2,
            "city": 1,
        }.get(kind, 0)
        near = any(abs(at - mention.start) < 90 for at in levels)
        weights[code] += weight * (2 if near else 1) * (2 if inside else 1)
    return max(weights, key=lambda code: weights[code]) if weights else None


def _drafts(
    text: str, folded: str, split: list[Sentence], times: list[list[Time]], mentions: list[Mention], people: People, masks: list[masking.Mask], found: list[Hit],
    language: str, published: date | None,
) -> list[Draft]:  # fmt: skip
    focus = _focus(mentions, found, split)
    speakers = Speakers(
        text, mentions, people, private=[(m.start, m.end) for m in masks], published=published, focus=focus
    )
    pronouns = frozenset(hit.word for hit in found if hit.idea == "pronoun")
    drafts: list[Draft] = []
    before: View | None = None
    level_told = False
    for sentence, here in zip(split, times, strict=True):
        start, end = sentence.start, sentence.end
        told_from = start + provenance.dateline_length(
            text[start:end]
        )  # where it was filed is not where it happened
        here = [t for t in here if t.start >= told_from]  # noqa: PLW2901 - the sentence's times without its dateline's
        inside = [m for m in mentions if m.start >= told_from and m.end <= end]
        ideas = hits.by_idea(_unshadowed(found, inside, start, end), start, end)
        quotes = sentences.quotations(text, start, end)
        speeches = speakers.speeches(
            ideas,
            start,
            end,
            quotes,
            opens_quoted=sentence.opens_quoted or _ends_quoted(text[start:end]),
            pronouns=pronouns,
        )
        figures_here = numbers.find(folded, start, end, language)
        view = View(
            text,
            folded,
            start,
            end,
            language,
            published,
            focus,
            ideas,
            here,
            inside,
            figures_here,
            quotes,
            speeches,
            before,
            level_told,
        )
        level_told = level_told or view.has("level") or any(m.named.kind == "scheme" for m in inside)
        before = view
        if _set_aside(view, text[start:end]):
            continue
        for frame in _FRAMES:
            drafts += frame(view)
    return drafts


def _ends_quoted(sentence: str) -> bool:
    """Whether it closes a quotation that it did not open: the words before it were quoted too."""
    return sentence.endswith(("”", "»", "“")) and not any(mark in sentence[:-1] for mark in "“”„«»")


def _unshadowed(found: list[Hit], mentions: list[Mention], start: int, end: int) -> list[Hit]:
    """Drop hits inside a longer level name, group, service or scheme: the «attack» of «attack emergency» is none."""
    inside = [h for h in found if h.start >= start and h.end <= end]
    covers = [(m.start, m.end) for m in mentions if m.named.kind in {"group", "service", "scheme"}]
    covers += [(h.start, h.end) for h in inside if h.idea in {"level_name", "level"} and " " in h.word]
    return [
        h
        for h in inside
        if h.idea in {"level_name", "level", "terror", "group"}
        or not any(a <= h.start and h.end <= b and (b - a) > (h.end - h.start) for a, b in covers)
    ]


def _set_aside(view: View, sentence: str) -> bool:
    """Sport, weather, fiction, drills and questions inside a report about terrorism."""
    if view.has("fiction") and not view.groups():
        return True
    if view.has("weather", "sport") and not view.has("terror"):
        return True
    return sentence.rstrip("\"”»' ").endswith("?") and not view.speeches


def _reading(
    received: Received, page: Page, code: str, sure: float, source: provenance.Provenance, split: list[Sentence],
    times: list[list[Time]], drafts: list[Draft], masks: list[masking.Mask], counted: tuple[int, ...],
) -> Reading:  # fmt: skip
    clean = page.clean
    text = clean.text
    clean_masks = [(m.start, m.end) for m in masks]
    masked = masking.apply(text, clean_masks)
    spans = [clean.raw_span(m.start, m.end) for m in masks]
    title = next((line for line in page.lines if line.role == "title"), None)
    hidden = _cover(text, masks)

    def span(start: int, end: int) -> Span:
        return Span(*clean.raw_span(start, end))

    claims = []
    for draft in sorted(drafts, key=lambda d: (d.start, d.at)):
        place = span(draft.start, draft.end)
        claims.append(
            Claim(
                kind=draft.kind, subject=hidden(draft.subject), place=draft.place, place_code=draft.place_code, date=draft.date,
                numbers=tuple(Figure(n["what"], n["value"], n["modifier"]) for n in draft.numbers), speaker=hidden(draft.speaker),
                certainty=hidden(draft.certainty), evidence=masked[draft.start : draft.end], start=place.start, end=place.end,
                direction=draft.more.get("direction"), system=draft.more.get("system"), level_from=draft.more.get("from"),
                level_to=draft.more.get("to"), status=draft.more.get("status"),
            )
        )  # fmt: skip
    return Reading(
        name=received.name, sha256=received.sha256, form=received.form, encoding=received.encoding, language=code, language_sure=round(sure, 3),
        published=source.published.isoformat() if source.published else None, published_basis=source.published_basis,
        outlet=hidden(source.outlet), agency=source.agency,
        title=masked[title.start : title.end] if title else hidden(page.meta.get("og:title") or page.meta.get("title")),
        boilerplate=tuple(masked[line.start : line.end] for line in page.lines if line.role in {"boilerplate", "note", "byline"}),
        sentences=tuple(span(s.start, s.end) for s in split),
        times=tuple(
            TimeExpression(masked[t.start : t.end], *clean.raw_span(t.start, t.end), t.value, t.rule) for here in times for t in here
        ),
        claims=tuple(claims),
        masks=tuple(MaskedSpan(start, end, mask.reason) for (start, end), mask in zip(spans, masks, strict=True)),
        text=hidden(masking.apply(received.raw, spans)) or "",
        passages=tuple(_passage(line, split, masked, clean) for line in page.lines),
        figures=counted,
    )  # fmt: skip


def _passage(line: Line, split: list[Sentence], masked: str, clean: Clean) -> Passage:
    inside = [(s.start, s.end) for s in split if line.start <= s.start and s.end <= line.end] or [
        (line.start, line.end)
    ]
    return Passage(
        line.role, tuple(Words(*clean.raw_span(start, end), masked[start:end]) for start, end in inside)
    )


def _cover(text: str, masks: list[masking.Mask]) -> Callable[[str | None], str | None]:
    """Give a function that covers masked words wherever they were copied: into a slot, a tag, a title."""
    words = sorted({text[m.start : m.end] for m in masks}, key=len, reverse=True)

    def hidden(given: str | None) -> str | None:
        for word in words if given is not None else ():
            given = (given or "").replace(word, masking.BLOCK * len(word))
        return given

    return hidden
