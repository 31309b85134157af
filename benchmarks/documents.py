"""Speed of documents: owners' pages and a directive as PDF and Word file.

    python benchmarks/documents.py [PAGES]

Synthetic owners and words, named so; no home is needed. Prints ours, a floor (typst compiling an empty page as often, in the same
run), and the ratio.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import typst

from vigie.measures.documents.own_page import own_page
from vigie.measures.documents.paper import Facts, Paper, Table, paper
from vigie.measures.documents.pdf import _fonts, pdf
from vigie.measures.documents.word_file import word_file
from vigie.measures.notice import Line, Notice

PAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    before = time.perf_counter()
    result = function()
    return time.perf_counter() - before, result


def owners_page(number: int) -> Paper:
    lines = tuple(
        Line(
            "new",
            f"SYN-{(number + place) % 40:03d}",
            {"en": f"Synthetic measure {place}: look after the doors."},
            ("Hall",),
        )
        for place in range(6)
    )
    notice = Notice(
        home="Synthetic home", owner=f"Synthetic owner {number}", level="Level (L)", zone="Zone (Z)", authority="Office",
        received=False, since=AT, at=AT, by=AT + timedelta(days=1), lines=lines,
    )  # fmt: skip
    return own_page(
        notice, "en", link=f"https://vigie.example.org/measures/yours/owner-{number}~posture-40~signature-of-some-length/",
        code="7K2M-9QX4-TZ3HD", marking="TLP:GREEN", closed=False, version="Version 1 (posture-40)", page="Page {n} of {of}",
    )  # fmt: skip


def directive(measures: int) -> Paper:
    rows = tuple(
        (
            (f"SYN-{n:03d}",),
            (f"Synthetic measure {n}: look after the doors and all who come.", "a source"),
            ("owner",),
            ("since",),
        )
        for n in range(measures)
    )
    return paper(
        title="Posture", about="Zone", language="en", marking="TLP:GREEN", exercise="", home="Synthetic home", version="Version 1",
        page="Page {n} of {of}", made=int(AT.timestamp()),
        blocks=[Facts((("Level", "L"),)), Table("new", "New", ("Measure", "Asks", "Of", "Since"), (15, 46, 20, 19), rows)],
    )  # fmt: skip


def empty(number: int) -> bytes:
    # Another text each time: typst remembers what it has set.
    made: bytes = typst.compile(  # type: ignore[call-overload]
        f'#set page(paper: "a4")\n#metadata("{number}")'.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        timestamp=0,
    )
    return made


def main() -> None:
    for first in (empty(-1), pdf(owners_page(-1))):  # what is read once
        assert first
    floor, _ = timed(lambda: [empty(number) for number in range(PAGES)])
    written, papers = timed(lambda: [owners_page(number) for number in range(PAGES)])
    drawn, files = timed(lambda: [pdf(one) for one in papers])
    print(f"{PAGES} empty pages (the floor)          {floor:7.2f} s  {1000 * floor / PAGES:6.2f} ms each")
    print(
        f"{PAGES} owners' pages written, with square {written:5.2f} s  {1000 * written / PAGES:6.2f} ms each"
    )
    print(
        f"{PAGES} owners' pages as PDF              {drawn:6.2f} s  {1000 * drawn / PAGES:6.2f} ms each, {drawn / floor:.1f} × the floor"
    )
    print(f"  {sum(map(len, files)) / PAGES / 1024:.0f} KiB each")
    for measures in (40, 300):
        took, file = timed(lambda many=measures: pdf(directive(many)))
        word, told = timed(lambda many=measures: word_file(directive(many)))
        print(
            f"directive of {measures} measures: PDF {1000 * took:.0f} ms, {len(file) / 1024:.0f} KiB; Word {1000 * word:.0f} ms, {len(told) / 1024:.0f} KiB"
        )


main()
