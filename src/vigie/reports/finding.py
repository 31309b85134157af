"""From a read text to its claims: what each sentence holds, and which frames look at it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date

from vigie.reports import hits, lexicon, provenance, sentences
from vigie.reports.dating.expressions import Time
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
from vigie.reports.masking import Mask
from vigie.reports.numbers import Number
from vigie.reports.people import People
from vigie.reports.sentences import Sentence
from vigie.reports.speakers import Speakers

# In this order: statements come last, because they take what no other frame took.
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


_THAT = re.compile(r"(?:das|dies|dat|dit|that|this|cela|ceci|c'est ce qu|asi lo|lo ha|lo ann?unci)")


# No sentence runs so long; a list without stops does, and would cost its length squared.
_LONGEST = 4000


@dataclass(frozen=True)
class Text:
    """A report's clean text with everything found in it; `times` and `counts` are per sentence of `split`."""

    text: str
    folded: str
    language: str
    published: date | None
    split: list[Sentence]
    times: list[list[Time]]
    counts: list[list[Number]]
    mentions: list[Mention]
    people: People
    found: list[Hit]
    masks: list[Mask]


def find(report: Text) -> list[Draft]:
    """Find the claims of a text: none when it does not speak of terrorism, or more of weather, sport or fiction."""
    if not _about_terror(report):
        return []
    focus = _focus(report)
    speakers = Speakers(
        report.text,
        report.mentions,
        report.people,
        private=[(m.start, m.end) for m in report.masks],
        published=report.published,
        focus=focus,
    )
    # Unfolded: Spanish «él» is a speaker, «el» an article.
    pronouns = frozenset(lexicon.of("claims", report.language)["pronoun"])
    drafts: list[Draft] = []
    before: View | None = None
    level_told = False
    for at, sentence in enumerate(report.split):
        if sentence.end - sentence.start > _LONGEST:
            continue
        view = _view(report, at, focus, speakers, pronouns, before, level_told=level_told)
        level_told = level_told or view.has("level") or any(m.named.kind == "scheme" for m in view.mentions)
        _told_next(view)
        before = view
        if _set_aside(view, report.text[sentence.start : sentence.end]):
            continue
        for frame in _FRAMES:
            drafts += frame(view)
    return drafts


def _told_next(view: View) -> None:
    """«Das teilte X am Dienstag mit»: the sentence behind a level change may tell its day and its speaker."""
    level = view.before.level if view.before is not None else None
    if level is None or not view.speeches or not _THAT.match(view.folded, view.start):
        return
    level.speaker = level.speaker or view.speeches[0].speaker
    day = next((t.value for t in view.times if t.value and len(t.value) == 10), None)
    if level.date is None and level.more.get("said_on") is None:
        level.more["said_on"] = day


def _view(
    report: Text, at: int, focus: str | None, speakers: Speakers, pronouns: frozenset[str], before: View | None, *, level_told: bool
) -> View:  # fmt: skip
    sentence = report.split[at]
    start, end = sentence.start, sentence.end
    words = report.text[start:end]
    # Where it was filed is not where it happened, nor when.
    told_from = start + provenance.dateline_length(words)
    first = bisect_left(report.mentions, told_from, key=lambda m: m.start)
    last = bisect_left(report.mentions, end, key=lambda m: m.start)
    inside = [m for m in report.mentions[first:last] if m.end <= end]
    ideas = hits.by_idea(_unshadowed(report.found, inside, start, end), start, end)
    quotes = sentences.quotations(report.text, start, end)
    speeches = speakers.speeches(
        ideas,
        start,
        end,
        quotes,
        opens_quoted=sentence.opens_quoted or _ends_quoted(words),
        pronouns=pronouns,
    )
    return View(
        text=report.text,
        folded=report.folded,
        start=start,
        end=end,
        language=report.language,
        published=report.published,
        focus=focus,
        hits=ideas,
        times=[t for t in report.times[at] if t.start >= told_from],
        mentions=inside,
        numbers=report.counts[at],
        quotes=quotes,
        speeches=speeches,
        before=before,
        level_told=level_told,
    )


def _in_body(report: Text, at: int) -> bool:
    place = bisect_right(report.split, at, key=lambda s: s.start) - 1
    return place >= 0 and at < report.split[place].end


def _about_terror(report: Text) -> bool:
    """Whether the report speaks of terrorism at all; weather, sport and fiction that outweigh it rule it out."""
    spans = Counter(
        hit.idea
        for hit in report.found
        if hit.idea in {"terror", "weather", "sport", "fiction"} and _in_body(report, hit.start)
    )
    terror = spans["terror"]
    return terror > 0 and terror >= max(spans["weather"], spans["sport"]) and terror * 2 > spans["fiction"]


def _focus(report: Text) -> str | None:
    """The country the report is mostly about: levels, schemes, services and offices weigh more than bare mentions."""
    weights: Counter[str] = Counter()
    levels = [hit.start for hit in report.found if hit.idea == "level"]
    for mention in report.mentions:
        kind, code = mention.named.kind, mention.named.code.split("-")[0]
        if not code or code in {"EU", "UN"} or code.isdigit():
            continue
        inside = _in_body(report, mention.start)
        weight = {
            "scheme": 4,
            "service": 3,
            "country": 2,
            "part": 1,
            "holder": 2,
            "adjective": 2,
            "city": 1,
        }.get(kind, 0)
        at = bisect_left(levels, mention.start - 90)
        near = at < len(levels) and levels[at] < mention.start + 90
        weights[code] += weight * (2 if near else 1) * (2 if inside else 1)
    return max(weights, key=lambda code: weights[code]) if weights else None


def _ends_quoted(sentence: str) -> bool:
    """Whether it closes a quotation that it did not open: the words before it were quoted too."""
    return sentence.endswith(("”", "»", "“")) and not any(mark in sentence[:-1] for mark in "“”„«»")


def _unshadowed(found: list[Hit], mentions: list[Mention], start: int, end: int) -> list[Hit]:
    """Drop hits inside a longer level name, group, service or scheme: the «attack» of «attack emergency» is none."""
    inside = hits.within(found, start, end)
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
