"""Rates of the reports room beside its peers, on texts of tests/data/reports: run with `python benchmarks/reports.py`.

Peers are measured only where they are installed. Rates count processor time, so that a loaded machine changes them
less; scores on the labelled report are printed when ../shared lies beside the checkout.
"""

import json
import random
import string
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from vigie.reports import copies
from vigie.reports.chrome import classify
from vigie.reports.dating import expressions
from vigie.reports.folding import fold
from vigie.reports.pages import page_lines
from vigie.reports.reader import read

ROOT = Path(__file__).resolve().parent.parent
DATA = sorted((ROOT / "tests" / "data" / "reports").glob("*.txt"))
DAY = date(2024, 3, 25)


def rate(act: Callable[[str], object], texts: Sequence[str], seconds: float = 1.5) -> float:
    """Texts a second of processor time, after one warm round."""
    for text in texts:
        act(text)
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds:
        for text in texts:
            act(text)
        count += len(texts)
    return count / (time.process_time() - start)


def as_page(text: str, *, semantic: bool) -> str:
    head, *body = [line for line in text.splitlines() if line.strip()]
    tag = "p" if semantic else "div"
    inner = "".join(f"<{tag}>{line}</{tag}>" for line in body)
    inside = f"<h1>{head}</h1>{inner}"
    shell = (
        f"<main><article>{inside}</article></main>"
        if semantic
        else f"<div><div>{head}</div>{inside}</div><div>You may also like</div>"
    )
    return f"<html><head><title>{head}</title></head><body><nav><a href=/>Home</a></nav>{shell}</body></html>"


def row(name: str, ours: float, peer: float | None, floor: float, peer_name: str) -> None:
    peer_text = f"{peer:10.0f}" if peer else "         -"
    ratio = f"{ours / peer:6.1f}" if peer else "     -"
    print(
        f"{name:34} {ours:10.0f} {peer_text} {floor:8.0f} {ratio}  {'' if ours >= floor else 'BELOW FLOOR '}{peer_name}"
    )


def main() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DATA]
    languages = [path.name[:2] if path.name[2] == "-" else "en" for path in DATA]
    print(f"{'stage (per second, one core)':34} {'ours':>10} {'peer':>10} {'floor':>8} {'ratio':>6}  peer")
    for semantic in (True, False):
        pages = [as_page(text, semantic=semantic) for text in texts]
        peer = None
        if find_spec("trafilatura"):
            import trafilatura

            peer = rate(trafilatura.extract, pages)
        ours = rate(lambda page: classify(page_lines(page)), pages)
        row(f"page to lines, {'semantic' if semantic else 'flat'}", ours, peer, 1000, "trafilatura")
    both = dict(zip(texts, languages, strict=True))
    peer = None
    if find_spec("dateparser"):
        from dateparser.search import search_dates

        peer = rate(lambda text: search_dates(text, languages=[both[text]]), texts, 3)
    dates = rate(
        lambda text: expressions.find(
            text.lower(), fold(text), 0, len(text), language=both[text], published=DAY
        ),
        texts,
    )
    row("times in running text", dates, peer, 300, "dateparser search_dates")
    row(
        "whole report, text to claims",
        rate(lambda text: read(text.encode(), name="a.txt", published=DAY), texts),
        None,
        100,
        "none gives claims",
    )
    _copies()
    _scores()


def _copies() -> None:
    """Synthetic: 1,500 reports of 200 words, 500 copies of them cut to 60 % with a tenth of the words replaced."""
    draw = random.Random(1)
    words = ["".join(draw.choices(string.ascii_lowercase, k=draw.randint(3, 9))) for _ in range(4000)]
    base = read(DATA[0].read_bytes(), name="a", published=DAY)

    def reading(name: str, tokens: list[str]) -> object:
        import msgspec

        from vigie.reports.reading import Passage, Words

        return msgspec.structs.replace(
            base,
            name=name,
            times=(),
            figures=(),
            passages=(Passage("body", (Words(0, 1, " ".join(tokens)),)),),
        )

    originals = [[draw.choice(words) for _ in range(200)] for _ in range(1500)]
    derived = []
    for at in range(500):
        cut = originals[at][:120]
        derived.append([draw.choice(words) if draw.random() < 0.1 else word for word in cut])
    given = [reading(f"r{at}", tokens) for at, tokens in enumerate([*originals, *derived])]
    start = time.process_time()
    found = {(link.first, link.second) for link in copies.links(given)}  # type: ignore[arg-type]
    spent = time.process_time() - start
    true = {(at, 1500 + at) for at in range(500)}
    print(
        f"{'copies among 2,000 reports':34} {len(given) / spent:10.0f} {'-':>10} {1000:8} {'-':>6}  precision {len(found & true) / max(1, len(found)):.3f}, recall {len(found & true) / len(true):.3f}"
    )


def _scores() -> None:
    folder = ROOT.parent / "shared" / "examples" / "moscow-2024"
    if not folder.is_dir():
        print("labelled report: not beside this checkout", file=sys.stderr)
        return
    label = json.loads((folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()[0])
    reading = read(
        (folder / "seed.txt").read_bytes(), name="seed.txt", published=date.fromisoformat(label["published"])
    )
    left, hits = list(reading.claims), 0
    for wanted in label["claims"]:
        match = next(
            (
                c
                for c in left
                if c.kind == wanted["kind"] and c.start < wanted["end"] and wanted["start"] < c.end
            ),
            None,
        )
        if match is not None:
            left.remove(match)
            hits += 1
    values = {(t.start, t.end): t.value for t in reading.times}
    right = sum(values.get((t["start"], t["end"])) == t["value"] for t in label["time_expressions"])
    print(
        f"labelled report: {hits} of {len(label['claims'])} claims, {len(left)} besides; {right} of {len(label['time_expressions'])} times exact"
    )


if __name__ == "__main__":
    main()
