"""The assessment as Markdown, to be filled in, reviewed and kept."""

import re
from collections.abc import Iterator

from vigie.console.impact.document import Document, Section

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(document: Document) -> str:
    """Write the document; what the home says stands as text, never as markup."""
    lines = [f"# {_plain(document.title)}", ""]
    for section in document.sections:
        lines += _lines(section, document.blank)
    return "\n".join(lines)


def _lines(section: Section, blank: str) -> Iterator[str]:
    yield from (f"## {_plain(section.title)}", "")
    for sentence in section.said:
        yield from (_plain(sentence), "")
    if section.table:
        yield _row(section.table.heads)
        yield _row(("---",) * len(section.table.heads))
        yield from (_row(tuple(map(_plain, row))) for row in section.table.rows)
        yield ""
    for asked in section.blanks:
        yield from (f"> **{_plain(blank)}** {_plain(asked)}", "", "…", "")


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
