"""Write the owners' stylesheet: of the one for every page, the rules that can touch theirs, without blanks and notes.

    python tools/owner_style.py

A phone on a bad network then loads a third of it. `vigie.css` stays the source; tests/ui/test_owner_style.py compares.
"""

import re
from collections.abc import Iterator
from pathlib import Path

UI = Path(__file__).parents[1] / "src" / "vigie" / "ui" / "static" / "ui"
CLASSES = frozenset(
    [
        "plain",
        "exercise",
        "exercise-word",
        "exercise-frame",
        "exercise-again",
        "skip",
        "plain-head",
        "foot",
        "languages",
        "link",
        "heard",
        "lead",
        "soft",
        "glyph",
        "stroke",
        "filled",
        "state",
        "state-good",
        "state-attention",
        "state-bad",
        "card",
        "card-title",
        "card-attention",
        "count",
        "note",
        "note-good",
        "note-attention",
        "note-bad",
        "entries",
        "plain-list",
        "row",
        "actions",
        "field",
        "help",
        "button-quiet",
        "not-printed",
    ]
)
"""Classes that pages of owners use."""
ELEMENTS = frozenset(
    [
        "html",
        "body",
        "h1",
        "h2",
        "p",
        "ul",
        "li",
        "a",
        "button",
        "input",
        "select",
        "form",
        "section",
        "main",
        "div",
        "span",
        "strong",
        "label",
        "svg",
        "path",
        "time",
    ]
)
_NOT_THERE = re.compile(r'^input\[type="(checkbox|radio|submit)"\]|\[rows=|\[id\]|div > div')
"""Fields and frames of forms that pages of owners do not hold."""
_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
_NAMED = re.compile(r"var\((--[\w-]+)\)")
_TOKEN = re.compile(r"(--[\w-]+):[^;}]*;?")
_KEPT = re.compile(r"\s*([{}:;,>])\s*")


def lean(style: str) -> str:
    """Give the rules of a stylesheet that can touch an owner's page."""
    kept = "".join(_rules(_NOTE.sub("", style))).replace(";}", "}")
    named = set(_NAMED.findall(kept))
    return _TOKEN.sub(lambda token: token[0] if token[1] in named else "", kept).replace(";}", "}")


def _rules(style: str) -> Iterator[str]:
    place = 0
    while (opened := style.find("{", place)) >= 0:
        ended = _end(style, opened)
        before, semicolon, head = style[place:opened].rpartition(";")
        if semicolon:  # a statement without a block: the order of the layers
            yield _tight(before) + ";"
        head, inside = head.strip(), style[opened + 1 : ended]
        place = ended + 1
        if head.startswith("@page"):
            yield f"{_tight(head)}{{{_tight(inside)}}}"
        elif head.startswith("@"):
            kept = "".join(_rules(inside))
            if kept:
                yield f"{_selector(head)}{{{kept}}}"
        elif touching := [one for one in _split(head) if _touches(one)]:
            yield f"{','.join(map(_selector, touching))}{{{_tight(inside)}}}"


def _end(style: str, opened: int) -> int:
    depth = 0
    for place in range(opened, len(style)):
        depth += {"{": 1, "}": -1}.get(style[place], 0)
        if not depth:
            return place
    raise ValueError("A brace of the stylesheet is not closed.")


def _split(head: str) -> list[str]:
    """Take a list of selectors apart at its own commas, and not at those within brackets."""
    parts, depth = [""], 0
    for sign in head:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _touches(selector: str) -> bool:
    if _NOT_THERE.search(selector):
        return False
    bare = re.sub(r":not\([^)]*\)|\[[^]]*\]|::?[a-z-]+(\([^)]*\))?", " ", selector)
    classes = re.findall(r"\.([\w-]+)", bare)
    elements = re.findall(r"(?<![\w.-])[a-z][a-z0-9]*", re.sub(r"\.[\w-]+", " ", bare))
    return CLASSES.issuperset(classes) and ELEMENTS.issuperset(elements)


def _selector(text: str) -> str:
    return re.sub(r"\s*([>,])\s*", r"\1", re.sub(r"\s+", " ", text))


def _tight(text: str) -> str:
    return re.sub(r"(?<![\d.])0\.", ".", _KEPT.sub(r"\1", re.sub(r"\s+", " ", text)).strip())


if __name__ == "__main__":
    (UI / "owner.css").write_text(lean((UI / "vigie.css").read_text(encoding="utf-8")), encoding="utf-8")
