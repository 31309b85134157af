"""From a page's source to lines: a bounded scanner that keeps offsets and never builds a tree.

Tags, comments and entities are found by plain searches, so that hostile markup (unclosed comments, a million open
elements) costs time in proportion to its length.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from vigie.reports.cleaning import HIDDEN_SIGNS, INVISIBLE, Clean
from vigie.reports.lines import Line, Page

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "canvas",
        "select",
        "textarea",
        "math",
    }
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "base", "track"}
)
_CHROME = frozenset({"nav", "aside", "footer", "form", "menu", "button", "dialog", "figcaption"})
_BODY = frozenset({"article", "main"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][-a-zA-Z0-9_:.]{0,60})\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|sidebar|related|promo|share|social|newsletter|cookie|breadcrumbs?|advert\w*|comments?|masthead)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_PUBLISHER_LD = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*"([^"]{1,80})"')
_MOST_OPEN = 400


@dataclass
class _Reader:
    clean: Clean = field(default_factory=Clean)
    lines: list[Line] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    open: list[tuple[str, str]] = field(default_factory=list)  # (element, what it makes of its inside)
    inside: Counter[str] = field(default_factory=Counter)  # open elements by that mark
    line_start: int = 0
    linked: int = 0
    block: str = ""

    def close_line(self, raw_at: int) -> None:
        end = len(self.clean)
        if end > self.line_start:
            self.clean.add("\n", raw_at, 0)
            self.lines.append(Line(self.line_start, end, "", self.block, self.region(), self.linked))
        self.line_start = len(self.clean)
        self.linked = 0

    def region(self) -> str:
        return "chrome" if self.inside["chrome"] else "body" if self.inside["body"] else ""


def page_lines(raw: str) -> Page:
    """Read a page's source into lines; scripts, styles and hidden elements are left out, the title goes to `meta`."""
    reader = _Reader()
    at = 0
    while at < len(raw):
        opening = raw.find("<", at)
        if opening < 0:
            _words(reader, raw, at, len(raw))
            break
        _words(reader, raw, at, opening)
        at = _markup(reader, raw, opening)
    reader.close_line(len(raw))
    text = reader.clean.text
    lines = []
    for line in reader.lines:
        start, end = line.start, line.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            lines.append(Line(start, end, text[start:end], line.tag, line.region, line.linked))
    return Page(reader.clean, lines, reader.meta)


def _markup(reader: _Reader, raw: str, at: int) -> int:
    """Read the tag, comment or stray sign at `at`; give the offset after it."""
    if raw.startswith("<!--", at):
        end = raw.find("-->", at + 4)
        return len(raw) if end < 0 else end + 3
    if raw.startswith(("<!", "<?"), at):
        end = raw.find(">", at)
        return len(raw) if end < 0 else end + 1
    tag = _TAG.match(raw, at)
    if tag is None:
        _words(reader, raw, at, at + 1)
        return at + 1
    name = tag.group(2).lower()
    if tag.group(1):
        _close(reader, name, at)
        return tag.end()
    attributes = _attributes(tag.group(3))
    if name == "meta":
        _metadata(reader, attributes)
    if name in _SILENT or name == "title":
        return _skip(reader, raw, name, tag.end(), attributes)
    _open(reader, name, attributes, at)
    return tag.end()


def _attributes(given: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(given[:2000])
    }


def _metadata(reader: _Reader, attributes: dict[str, str]) -> None:
    key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
    if key and attributes.get("content"):
        reader.meta.setdefault(key, attributes["content"].strip()[:500])


def _skip(reader: _Reader, raw: str, name: str, at: int, attributes: dict[str, str]) -> int:
    closing = re.compile(f"</{name}", re.IGNORECASE).search(raw, at)
    end = closing.start() if closing else -1
    inside = raw[at : len(raw) if end < 0 else end]
    if name == "title":
        reader.meta.setdefault("title", " ".join(html.unescape(inside[:500]).split()))
    elif attributes.get("type", "").lower() == "application/ld+json":
        for key, pattern in (("ld:published", _DATE_LD), ("ld:publisher", _PUBLISHER_LD)):
            if found := pattern.search(inside[:50_000]):
                reader.meta.setdefault(key, found.group(1))
    if end < 0:
        return len(raw)
    close = raw.find(">", end)
    return len(raw) if close < 0 else close + 1


def _open(reader: _Reader, name: str, attributes: dict[str, str], at: int) -> None:
    if name in _BLOCKS:
        reader.close_line(at)
        if name != "br":
            reader.block = name
    if name == "time" and attributes.get("datetime"):
        reader.meta.setdefault("time", attributes["datetime"])
    if name in _VOID or len(reader.open) >= _MOST_OPEN:
        return
    style = attributes.get("style", "").replace(" ", "").lower()
    if "hidden" in attributes or "display:none" in style or attributes.get("aria-hidden") == "true":
        mark = "hidden"
    elif name in _CHROME or (
        name in {"div", "section", "ul", "p"}
        and _CHROME_NAME.search(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    ):
        mark = "chrome"
    elif name in _BODY:
        mark = "body"
    else:
        mark = "link" if name == "a" else ""
    reader.open.append((name, mark))
    reader.inside[mark] += 1


def _close(reader: _Reader, name: str, at: int) -> None:
    if name in _BLOCKS:
        reader.close_line(at)
        reader.block = ""
    for depth in range(len(reader.open) - 1, max(-1, len(reader.open) - 40), -1):
        if reader.open[depth][0] == name:
            reader.inside.subtract(mark for _, mark in reader.open[depth:])
            del reader.open[depth:]
            return


def _words(reader: _Reader, raw: str, start: int, end: int) -> None:
    if start >= end or reader.inside["hidden"]:
        return
    before = len(reader.clean)
    at = start
    for entity in _ENTITY.finditer(raw, start, end):
        _plain(reader, raw, at, entity.start())
        sign = html.unescape(entity.group())
        if sign not in INVISIBLE:
            reader.clean.add(sign, entity.start(), entity.end() - entity.start())
        at = entity.end()
    _plain(reader, raw, at, end)
    if reader.inside["link"]:
        reader.linked += len(reader.clean) - before


def _plain(reader: _Reader, raw: str, start: int, end: int) -> None:
    piece = raw[start:end]
    if not piece.strip() and len(reader.clean) == reader.line_start:
        return
    # A line break inside a block is a space on the page; lengths stay, so offsets do too.
    piece = piece.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    at = 0
    for found in HIDDEN_SIGNS.finditer(piece):
        reader.clean.add(piece[at : found.start()], start + at)
        at = found.end()
    reader.clean.add(piece[at:], start + at)
