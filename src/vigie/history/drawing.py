"""A scheme's timeline as SVG, drawn on the server: it prints on one A4, shows on a phone, needs no script.

A level is told by how high its bar stands and by its code, never by tone alone: the tones are the house ladder,
whose lightness falls step by step, so that greyscale keeps them apart. What is not known is hatched and empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from vigie.history.chronicle import Chronicle, Lane
from vigie.history.timeline import Span
from vigie.schemes.reader import Scheme
from vigie.schemes.scheme import Level

WIDE, NARROW = 720, 330
_LEFT, _TOP, _STEP, _GAP = 8, 30, 13, 26
_LETTER = 5.8  # about how wide a letter of ten pixels is
_TONES = ("#EDF3F7", "#9CC4E8", "#C98F2E", "#A8410F", "#3D0014")
_INKS = ("#111111", "#111111", "#111111", "#FFFFFF", "#FFFFFF")


@dataclass(frozen=True)
class _Axis:
    """Time from left to right."""

    first: datetime
    last: datetime
    width: int

    def x(self, at: datetime) -> float:
        return _LEFT + (self.width - 2 * _LEFT) * ((at - self.first) / (self.last - self.first))


def draw(told: Chronicle, *, title: str, width: int = WIDE) -> str:
    """Draw every lane of a history under one axis of years; «no history» as a sentence when there is none.

    title: what the drawing says it is, in the reader's language. width: WIDE, or NARROW for a phone: letters keep
    their size. The right edge lies a little after the last date on record, so that what is not known since shows.
    """
    if not told.lanes:
        return _frame(title, f'<text x="{_LEFT}" y="{_TOP}">{escape(title)}: 0</text>', _TOP + 20, width)
    first = min(lane.spans[0].start for lane in told.lanes)
    last = max(_edge(span) for lane in told.lanes for span in lane.spans)
    last = max(last + (last - first) / 40, first + timedelta(days=30))
    axis = _Axis(first, last, width)
    height = max(1, len(told.scheme.levels)) * _STEP
    parts, y = [], _TOP
    for lane in told.lanes:
        parts.append(f'<text class="place" x="{_LEFT}" y="{y}">{escape(str(lane.where))}</text>')
        parts.extend(_bars(told.scheme, lane, axis, y + 6, height))
        y += height + 6 + _GAP
    parts.extend(_years(axis, _TOP + 6, y - _GAP))
    key, bottom = _key(told, y - 4, width)
    return _frame(title, "".join([*parts, *key]), bottom, width)


def tone(scheme: Scheme, position: int) -> tuple[str, str]:
    """Give (fill, ink) of a level by its place from low to high (from 1), spread over the five of the house ladder."""
    count = len(scheme.levels)
    step = 0 if count < 2 else round((position - 1) * (len(_TONES) - 1) / (count - 1))
    return _TONES[step], _INKS[step]


def _edge(span: Span) -> datetime:
    return span.end or span.start


def _bars(scheme: Scheme, lane: Lane, axis: _Axis, y: int, height: int) -> Sequence[str]:
    parts = [
        f'<line x1="{_LEFT}" x2="{axis.width - _LEFT}" y1="{y + height}" y2="{y + height}" class="ground"/>'
    ]
    for span in lane.spans:
        left, right = axis.x(span.start), axis.x(min(span.end or axis.last, axis.last))
        wide = max(right - left, 1.5)
        words = _words(scheme, span)
        if not span.known or span.code is None:
            box = f'<rect x="{left:.1f}" y="{y}" width="{wide:.1f}" height="{height}" class="lost" fill="url(#lost)"/>'
            parts.append(f"<g><title>{words}</title>{box}</g>" if not span.known else "")
            continue
        level = scheme.level(span.code)
        fill, ink = tone(scheme, level.position)
        tall = level.position * _STEP
        box = f'<rect x="{left:.1f}" y="{y + height - tall}" width="{wide:.1f}" height="{tall}" fill="{fill}" class="bar"/>'
        label = ""
        if wide > 7 * len(span.code) + 4:
            label = f'<text x="{left + wide / 2:.1f}" y="{y + height - tall + 11}" fill="{ink}" class="code">{escape(span.code)}</text>'
        parts.append(f"<g><title>{words}</title>{box}{label}</g>")
    return parts


def _key(told: Chronicle, y: int, width: int) -> tuple[Sequence[str], int]:
    """Draw what each tone means, for the levels that occur, from low to high; give it and where it ends.

    A bar too narrow for its code has no other name on paper, where nothing can be pointed at.
    """
    spans = [span for lane in told.lanes for span in lane.spans]
    codes = {span.code for span in spans if span.known and span.code}
    marks = [
        (tone(told.scheme, level.position)[0], _named(level))
        for level in told.scheme.levels
        if level.code in codes
    ]
    if any(not span.known for span in spans):
        marks.append(("url(#lost)", "?"))
    parts, x = [], _LEFT
    for fill, name in marks:
        long = 16 + round(_LETTER * len(name)) + 10
        if x > _LEFT and x + long > width - _LEFT:
            x, y = _LEFT, y + 16
        parts.append(
            f'<rect x="{x}" y="{y}" width="11" height="11" fill="{fill}" class="bar"/>'
            f'<text x="{x + 16}" y="{y + 10}" class="key">{escape(name)}</text>'
        )
        x += long
    return parts, y + 20


def _named(level: Level) -> str:
    word = level.word("")
    return word if word.casefold() == level.code.casefold() else f"{level.code} {word}"


def _words(scheme: Scheme, span: Span) -> str:
    if span.code is None:
        return escape(f"{span.since}")
    level = scheme.level(span.code)
    until = str(span.until) if span.until and span.known else f"({span.confirmed})"
    return escape(
        f"{level.printed} {span.code} {level.word('')}: {span.since} – {until}" + ("" if span.known else " ?")
    )


def _years(axis: _Axis, top: int, bottom: int) -> Sequence[str]:
    most = axis.width / 50  # years apart enough for their four digits
    span = axis.last.year - axis.first.year + 1
    every = next((step for step in (1, 2, 5, 10) if span / step <= most), 20)
    parts = []
    for year in range(axis.first.year + 1, axis.last.year + 1):
        x = axis.x(datetime(year, 1, 1, tzinfo=UTC))
        if year % every or not 2 * _LEFT <= x <= axis.width - 2 * _LEFT:
            continue
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" class="year"/>')
        parts.append(f'<text x="{x:.1f}" y="{_TOP - 16}" class="tick">{year}</text>')
    return parts


def _frame(title: str, inside: str, height: int, width: int) -> str:
    # Attributes, not a style element: pages forbid inline styles, and a printed file needs none from outside.
    body = (
        inside.replace('class="bar"', 'stroke="#333333" stroke-width="0.8"')
        .replace('class="lost"', 'stroke="#777777" stroke-width="0.6" stroke-dasharray="3 2"')
        .replace('class="ground"', 'stroke="#333333" stroke-width="1"')
        .replace('class="year"', 'stroke="#777777" stroke-width="0.5" stroke-dasharray="1 3"')
        .replace('class="code"', 'font-size="10" text-anchor="middle"')
        .replace('class="tick"', 'font-size="10" text-anchor="middle" fill="#333333"')
        .replace('class="key"', 'font-size="10" fill="#111111"')
        .replace('class="place"', 'font-size="11" font-weight="bold" fill="#111111"')
    )
    hatch = (
        '<defs><pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path d="M0 6L6 0" stroke="#777777" stroke-width="1"/></pattern></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">'
        f'<title>{escape(title)}</title><rect width="{width}" height="{height}" fill="#FFFFFF"/>{hatch}{body}</svg>\n'
    )
