"""From a text and its claims to a `Reading`: raw offsets, and a mask over every copy of a masked word."""

from collections.abc import Callable

from vigie.reports import masking
from vigie.reports.cleaning import Clean
from vigie.reports.finding import Text
from vigie.reports.frames.view import Draft
from vigie.reports.intake import Received
from vigie.reports.lines import Line, Page
from vigie.reports.provenance import Provenance
from vigie.reports.reading import Claim, Figure, MaskedSpan, Passage, Reading, Span, TimeExpression, Words
from vigie.reports.sentences import Sentence


def assemble(
    received: Received,
    page: Page,
    report: Text,
    drafts: list[Draft],
    source: Provenance,
    *,
    language: str,
    sure: float,
) -> Reading:
    """Put the reading together. language: as detected, which may be none of those vigie reads."""
    clean = page.clean
    masked = masking.apply(report.text, [(m.start, m.end) for m in report.masks])
    spans = [clean.raw_span(m.start, m.end) for m in report.masks]
    title = next((line for line in page.lines if line.role == "title"), None)
    hidden = _cover(report.text, report.masks)
    raw = _visible(received.raw, clean) if received.markup else received.raw
    return Reading(
        name=received.name, sha256=received.sha256, form=received.form, encoding=received.encoding, language=language, language_sure=round(sure, 3),
        published=source.published.isoformat() if source.published else None, published_basis=source.published_basis,
        outlet=hidden(source.outlet), agency=source.agency,
        title=masked[title.start : title.end] if title else hidden(page.meta.get("og:title") or page.meta.get("title")),
        boilerplate=tuple(masked[line.start : line.end] for line in page.lines if line.role in {"boilerplate", "note", "byline"}),
        sentences=tuple(Span(*clean.raw_span(s.start, s.end)) for s in report.split),
        times=tuple(
            TimeExpression(masked[t.start : t.end], *clean.raw_span(t.start, t.end), t.value, t.rule) for here in report.times for t in here
        ),
        claims=tuple(_claim(draft, masked, clean, hidden) for draft in sorted(drafts, key=lambda d: (d.start, d.at))),
        masks=tuple(MaskedSpan(start, end, mask.reason) for (start, end), mask in zip(spans, report.masks, strict=True)),
        text=hidden(masking.apply(raw, spans)) or "",
        passages=tuple(_passage(line, report.split, masked, clean) for line in page.lines),
        figures=_figures(report),
    )  # fmt: skip


def _claim(draft: Draft, masked: str, clean: Clean, hidden: Callable[[str | None], str | None]) -> Claim:
    start, end = clean.raw_span(draft.start, draft.end)
    return Claim(
        kind=draft.kind, subject=hidden(draft.subject), place=draft.place, place_code=draft.place_code, date=draft.date,
        numbers=tuple(Figure(n["what"], n["value"], n["modifier"]) for n in draft.numbers), speaker=hidden(draft.speaker),
        certainty=hidden(draft.certainty), evidence=masked[draft.start : draft.end], start=start, end=end,
        direction=draft.more.get("direction"), system=draft.more.get("system"), level_from=draft.more.get("from"),
        level_to=draft.more.get("to"), status=draft.more.get("status"),
    )  # fmt: skip


def _figures(report: Text) -> tuple[int, ...]:
    """Every count above one, words included, that no time expression holds: what copies in other languages share."""
    return tuple(
        number.value
        for counts, times in zip(report.counts, report.times, strict=True)
        for number in counts
        if number.value is not None
        and number.value > 1
        and not any(t.start <= number.start < t.end for t in times)
    )


def _visible(raw: str, clean: Clean) -> str:
    """A page's source with blanks where it shows nothing: a name in a tag or in metadata is not kept, offsets are."""
    shown, at = [], 0
    for _, start, _, length in clean.pieces:
        shown += [" " * (start - at), raw[start : start + length]]
        at = start + length
    return "".join([*shown, " " * (len(raw) - at)])


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
