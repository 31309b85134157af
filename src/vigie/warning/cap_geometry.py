"""Polygons and circles of a CAP message: read, and judged by the text of the standard (sections 3.2.4, 3.3.1).

CAP writes latitude first; GeoJSON longitude first. A ring is closed, has four points at least and winds either way.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from lxml import etree

from vigie.warning.cap import NAMESPACE
from vigie.warning.cap_rules import Finding, found

_TAG = "{" + NAMESPACE + "}"
_NUMBER = r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})"
_POINT = re.compile(f"({_NUMBER}),({_NUMBER})")
_RADIUS = re.compile(r"[0-9]{1,20}(\.[0-9]{0,40})?|\.[0-9]{1,40}")

MOST_POINTS = 2_000
"""Longest ring searched for crossings: the search compares edges pair by pair (2 million pairs, about a second)."""

Ring = Sequence[tuple[Decimal, Decimal]]


def geometry(root: etree._Element) -> Iterator[Finding]:
    """Give what is wrong with the polygons and circles of the message."""
    searched = 0
    for number, info in enumerate(root.iterfind(_TAG + "info"), 1):
        for place, area in enumerate(info.iterfind(_TAG + "area"), 1):
            path = f"alert/info[{number}]/area[{place}]"
            for polygon in area.iterfind(_TAG + "polygon"):
                words = (polygon.text or "").split()
                searched += len(words)
                # One budget for the whole message: many long rings are no cheaper than one.
                yield from _polygon(polygon, f"{path}/polygon", words, search=searched <= MOST_POINTS)
            for circle in area.iterfind(_TAG + "circle"):
                yield from _circle(circle, f"{path}/circle")


def _polygon(element: etree._Element, path: str, words: list[str], *, search: bool) -> Iterator[Finding]:
    line = element.sourceline
    if not words:
        yield found("polygon-empty", line, path)
        return
    ring: list[tuple[Decimal, Decimal]] = []
    for word in words:
        fault = _point_fault(word)
        if fault:
            yield found(fault, line, path, given=word)
            return
        lat, _, lon = word.partition(",")
        ring.append((Decimal(lat), Decimal(lon)))
    if ring[0] != ring[-1]:
        yield found("polygon-open", line, path, given=words[-1], expected=words[0])
        return
    if len(ring) < 4:
        yield found("polygon-short", line, path, given=len(ring))
        return
    yield from _outline(line, path, ring, search=search)


def _outline(line: int | None, path: str, ring: Ring, *, search: bool) -> Iterator[Finding]:
    far = next(((a, b) for a, b in itertools.pairwise(ring) if abs(a[1] - b[1]) > 180), None)
    if far:
        yield found("antimeridian", line, path, given=_said(far[0]), expected=_said(far[1]))
    whole = _whole(ring)
    first = whole[0]
    other = next((p for p in whole if p != first), None)
    if other is None or all(_turn(first, other, p) == 0 for p in whole):
        yield found("polygon-flat", line, path)
    elif not search:
        yield found("polygon-huge", line, path, given=len(ring))
    else:
        crossing = crossing_of(ring)
        if crossing:
            yield found("polygon-crosses", line, path, given=_said(crossing[0]), expected=_said(crossing[1]))


def _circle(element: etree._Element, path: str) -> Iterator[Finding]:
    words = (element.text or "").split()
    if len(words) != 2 or not _RADIUS.fullmatch(words[1]):
        yield found("circle", element.sourceline, path, given=element.text or "")
        return
    fault = _point_fault(words[0])
    if fault:
        yield found(fault, element.sourceline, path, given=words[0])


def _point_fault(word: str) -> str:
    match = _POINT.fullmatch(word)
    if not match:
        return "point"
    return "" if abs(Decimal(match[1])) <= 90 and abs(Decimal(match[2])) <= 180 else "point-range"


def crossing_of(ring: Ring) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]] | None:
    """Give the first points of two edges of a closed ring that cross inside each other, or None.

    Exact: coordinates become whole numbers of their finest decimal. Edges that only touch, or lie on one another, do
    not cross. Edges are swept by their nearer end, in the spirit of Shamos and Hoey (FOCS 1976), and compared while
    they overlap, along the axis on which fewer begin at one place.
    """
    whole = _whole(ring)
    axis = max((0, 1), key=lambda side: len({point[side] for point in whole}))
    edges = sorted(
        (min(a[axis], b[axis]), max(a[axis], b[axis]), place, a, b)
        for place, (a, b) in enumerate(itertools.pairwise(whole))
        if a != b
    )
    across = 1 - axis
    live: list[tuple[int, int, int, tuple[int, int], tuple[int, int]]] = []
    for edge in edges:
        near, _, place, a, b = edge
        low, high = min(a[across], b[across]), max(a[across], b[across])
        live = [other for other in live if other[1] >= near]
        for _, _, other_place, c, d in live:
            if (
                (c[across] <= high or d[across] <= high)
                and (c[across] >= low or d[across] >= low)
                and _cross(a, b, c, d)
            ):
                return ring[place], ring[other_place]
        live.append(edge)
    return None


def _whole(ring: Ring) -> list[tuple[int, int]]:
    """Give the ring in units of its finest decimal, so that sides of a line are told exactly."""
    scale = 10 ** max(-_exponent(number) for point in ring for number in point)
    with localcontext(prec=120):  # 20 digits before the point, 40 after it, times 10 to the 40th
        return [(int(lat * scale), int(lon * scale)) for lat, lon in ring]


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) and exponent < 0 else 0


def _cross(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _said(point: tuple[Decimal, Decimal]) -> str:
    return f"{point[0]},{point[1]}"
