"""Spans that do not overlap, asked quickly whether another one meets them."""

from bisect import bisect_left
from collections.abc import Iterable


class Spans:
    """Sorted [start, end) spans without overlaps; a question costs the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def meet(self, start: int, end: int) -> bool:
        """Say whether one of the spans shares a character with [start, end)."""
        after = bisect_left(self._spans, (end, end))
        return after > 0 and self._spans[after - 1][1] > start
