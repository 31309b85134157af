"""Lines of a report with what their page said of them; plain text cut into such lines."""

import re
from dataclasses import dataclass

from vigie.reports.cleaning import Clean, clean_plain

_LINE = re.compile(r"[^\n\r]+")


@dataclass
class Line:
    """One line (a block of a page, or a paragraph) of the clean text.

    start, end: clean offsets. tag: the block's element ("" in plain text). region: "body" inside an article or main
    element, "chrome" inside navigation, asides, footers and forms, "" where the page does not say.
    linked: characters that lie in links.
    """

    start: int
    end: int
    text: str
    tag: str = ""
    region: str = ""
    linked: int = 0
    role: str = "body"


@dataclass
class Page:
    """A report as clean lines, with what its metadata says."""

    clean: Clean
    lines: list[Line]
    meta: dict[str, str]


def plain_page(raw: str) -> Page:
    """Cut plain text into lines. Lines that were broken by width (mail, old wires) are read as one paragraph."""
    clean = clean_plain(raw)
    text = clean.text
    wrapped = _is_wrapped(text)
    lines: list[Line] = []
    for found in _LINE.finditer(text):
        start, end = _trimmed(text, found.start(), found.end())
        if start >= end:
            continue
        if (
            wrapped
            and lines
            and "\n\n" not in text[lines[-1].end : start].replace("\r", "")
            and _runs_on(lines[-1].text, text[start:end])
        ):
            lines[-1] = Line(lines[-1].start, end, text[lines[-1].start : end])
        else:
            lines.append(Line(start, end, text[start:end]))
    return Page(clean, lines, {})


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_wrapped(text: str) -> bool:
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    return (
        len(lengths) > 4 and max(lengths) <= 100 and sum(length > 45 for length in lengths) * 2 > len(lengths)
    )


def _runs_on(before: str, after: str) -> bool:
    return len(before.rsplit("\n", 1)[-1]) > 45 and not after.startswith(("-", "*", "•", ">"))
