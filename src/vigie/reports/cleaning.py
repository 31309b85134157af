"""A clean text whose every character knows where it stood in the raw text."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

# Signs that show nothing: soft hyphens, zero-width signs, direction marks. Dropped, so that they split no word.
INVISIBLE = frozenset(
    map(
        chr,
        [
            0xAD,
            0x200B,
            0x200C,
            0x200D,
            0x2060,
            0xFEFF,
            *range(0x200E, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
        ],
    )
)
HIDDEN_SIGNS = re.compile("[" + "".join(sorted(INVISIBLE)) + "]")


@dataclass
class Clean:
    """Clean text and its map back to the raw text.

    A piece (clean start, raw start, length, raw length) says that `length` clean characters came from `raw length`
    raw ones; they go one to one unless the lengths differ (an entity such as &eacute;).
    """

    pieces: list[tuple[int, int, int, int]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, raw_start: int, raw_length: int | None = None) -> None:
        """Append `text`, which stood at `raw_start` and took `raw_length` raw characters (default: as many)."""
        if not text:
            return
        raw_length = len(text) if raw_length is None else raw_length
        if self.pieces and raw_length == len(text):
            start, raw, length, raw_len = self.pieces[-1]
            if length == raw_len and raw + length == raw_start:
                self.pieces[-1] = (start, raw, length + len(text), raw_len + len(text))
                self._append(text)
                return
        self.pieces.append((self._length, raw_start, len(text), raw_length))
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """The clean text as one string."""
        return "".join(self._parts)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the raw [start, end) of the clean [start, end); an empty span stays empty."""
        first = self._raw(start)
        return (first[0], first[0]) if end <= start else (first[0], self._raw(end - 1)[1])

    def _raw(self, index: int) -> tuple[int, int]:
        if not self.pieces:
            return 0, 0
        at = max(0, bisect_right(self.pieces, index, key=lambda piece: piece[0]) - 1)
        start, raw, length, raw_length = self.pieces[at]
        if length == raw_length:
            return raw + index - start, raw + index - start + 1
        return raw, raw + raw_length


def clean_plain(raw: str) -> Clean:
    """Clean plain text: invisible signs go, everything else stays where it was."""
    clean = Clean()
    start = 0
    for found in HIDDEN_SIGNS.finditer(raw):
        clean.add(raw[start : found.start()], start)
        start = found.end()
    clean.add(raw[start:], start)
    return clean
